"""Whom a case waits for is told, and nobody else: by what comes next, the nearest to the case who can do it."""

import re

import pytest
from django.test import Client

from shequtong.access.models import Appointment
from shequtong.access.testing import make_appointment
from shequtong.accounts.testing import make_account
from shequtong.cases import usecases
from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.usecases.urge_case import CannotUrge
from shequtong.cases.workflow import Stage
from shequtong.core import held
from shequtong.messaging.models import Message
from shequtong.testing.statements import count_statements
from shequtong.testing.town import MORNING, Town


def told(town: Town, case: Case, event: str) -> set[str]:
    """Who of the cast has a message of this event in the app."""
    rows = Message.objects.filter(subdistrict=case.subdistrict_id, channel="in_app", template=f"case.{event}")
    accounts = set(rows.filter(link__contains=case.number).values_list("account_id", flat=True))
    return {name for name, account in town.accounts.items() if account.pk in accounts}


def test_a_report_waits_for_the_acceptors(town: Town) -> None:
    assert told(town, make_case(town), "CaseReported") == {"shen"}


def test_what_was_registered_waits_for_dispatch(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    assert told(town, case, "CaseRegistered") == {"chen", "lin"}


def test_what_was_handled_waits_for_the_grid_worker_else_the_community_else_the_inspectors(town: Town) -> None:
    assert told(town, make_case(town, stage=Stage.VERIFICATION), "CaseHandled") == {"he"}
    end(town, "he")
    assert told(town, make_case(town, stage=Stage.VERIFICATION), "CaseHandled") == {"hu"}
    end(town, "hu")
    assert told(town, make_case(town, stage=Stage.VERIFICATION), "CaseHandled") == {"sun"}
    end(town, "sun")
    assert told(town, make_case(town, stage=Stage.VERIFICATION), "CaseHandled") == {"chen"}


def end(town: Town, name: str) -> None:
    Appointment.objects.filter(account_id=town.accounts[name].pk).update(ended_at=MORNING)
    held.drop_all()


def test_the_worker_of_another_grid_is_not_told(town: Town) -> None:
    town.accounts["other"] = make_account("别人", staff=True)
    make_appointment(town.accounts["other"], "grid_worker", town.other_grid)
    held.drop_all()
    assert told(town, make_case(town, stage=Stage.VERIFICATION), "CaseHandled") == {"he"}


def test_what_was_found_fixed_waits_for_the_acceptors(town: Town) -> None:
    assert told(town, make_case(town, stage=Stage.CLOSING), "CaseVerified") == {"shen"}
    case = make_case(town, stage=Stage.VERIFICATION)
    end(town, "shen")
    usecases.verify_case(number=case.number, by=town.sun, now=case.stage_since)
    assert told(town, case, "CaseVerified") == {"chen"}


def test_what_was_admitted_waits_for_whoever_looks_at_it_and_for_nobody_else(town: Town) -> None:
    to_see, to_register = (make_case(town, stage=Stage.HELD, cls=cls, held=("insult",)) for cls in ("0101", "L01"))
    for case in (to_see, to_register):
        usecases.admit_case(number=case.number, by=town.shen, now=MORNING)
    assert told(town, to_see, "CaseAdmitted") == {"he"}
    assert told(town, to_register, "CaseAdmitted") == set()


def test_what_was_sent_back_waits_for_dispatch(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    usecases.send_back_case(number=case.number, reason="不属于本单位职责", by=town.wang, now=MORNING)
    assert told(town, case, "CaseSentBack") == {"chen", "lin"}


def test_all_are_told_by_one_statement(town: Town) -> None:
    make_case(town)
    with count_statements() as seen:
        make_case(town)
    assert sum('INTO "messaging_message"' in each.sql for each in seen.statements) == 1, seen.listing


def test_what_is_only_played_back_is_told_to_nobody(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    before = Message.objects.filter(subdistrict=case.subdistrict_id).count()
    with usecases.unheard():
        usecases.dispatch_case(number=case.number, to=town.police.pk, by=town.lin, now=case.stage_since)
    assert Message.objects.filter(subdistrict=case.subdistrict_id).count() == before
    usecases.accept_case(number=case.number, by=town.wang, now=case.stage_since)
    assert Message.objects.filter(subdistrict=case.subdistrict_id).count() > before


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (Stage.INTAKE, {"shen"}),
        (Stage.REGISTERED, {"lin"}),
        (Stage.VERIFICATION, {"he", "hu", "sun"}),
        (Stage.CLOSING, {"shen", "lin"}),
    ],
)
def test_an_urging_reaches_whose_post_makes_the_next_move_and_the_page_names_them(
    town: Town, client: Client, stage: Stage, expected: set[str]
) -> None:
    case = make_case(town, stage=stage)
    client.force_login(town.accounts["chen"])
    url = f"/desk/cases/{case.number}/"
    asked = client.get(f"{url}urge/").content.decode()
    names = [str(town.accounts[name]) for name in expected]
    assert all(name in asked for name in names)
    key = re.findall(r'name="submit_key" value="([^"]+)"', asked)
    answer = client.post(f"{url}urge/", {"note": "请尽快办理", "submit_key": key[0] if key else ""}, follow=True)
    assert told(town, case, "CaseUrged") == expected
    assert all(name in answer.content.decode() for name in names)


def test_an_urging_that_would_reach_nobody_is_not_called_done(town: Town) -> None:
    case = make_case(town)
    end(town, "shen")
    with pytest.raises(CannotUrge):
        usecases.urge_case(number=case.number, requirement="请尽快立案", by=town.chen, now=MORNING)
