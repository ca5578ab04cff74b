"""publish_flow: checked, versioned, gone back to; what it says holds for the moves and for the rights of that street alone."""

from datetime import timedelta
from typing import Any

import pytest

from shequtong.access.testing import browser_of, make_actor
from shequtong.audit.models import Entry
from shequtong.cases import usecases
from shequtong.cases.flow import DEFAULT, flow_of
from shequtong.cases.models import Flow
from shequtong.cases.models.case import Case
from shequtong.cases.testing import make_case
from shequtong.cases.usecases.decide_asking import CannotDecideAsking
from shequtong.cases.usecases.publish_flow import CannotPublishFlow
from shequtong.cases.usecases.turns import CannotMove
from shequtong.cases.workflow import Stage
from shequtong.core.refusals import Forbidden
from shequtong.testing.town import MORNING, NEXT_STREET, STREET, Town


def publish(town: Town, seen: int | None = None, **document: object) -> Flow:
    """By the supervisor of the street."""
    return usecases.publish_flow(subdistrict_id=STREET, document=document, note="", by=town.supervisor, now=MORNING, seen=seen)


def test_a_change_is_a_new_version_and_the_same_again_is_not(town: Town) -> None:
    first = publish(town, windows={"close_days": 3})
    again = publish(town, windows={"close_days": 3}, evidence=[])
    second = publish(town, windows={"close_days": 4})

    assert (first.version, again.pk, second.version) == (1, first.pk, 2)
    assert flow_of(STREET).close_days == 4
    assert flow_of(NEXT_STREET) == DEFAULT
    assert Entry.objects.filter(what="cases.publish_flow").count() == 2


def test_an_earlier_one_is_published_again_to_go_back(town: Town) -> None:
    first = publish(town, functions={"verify": ["inspector"]})
    publish(town, functions={"verify": ["grid_worker"]})
    assert not town.sun.may("cases.verify")

    back = usecases.publish_flow(subdistrict_id=STREET, document=first.rules, note="", by=town.supervisor, now=MORNING)
    assert (back.version, back.rules) == (3, first.rules)
    assert town.sun.may("cases.verify")
    assert not town.he.may("cases.verify")


def test_it_is_refused_with_its_findings_and_leaves_no_trace(town: Town) -> None:
    with pytest.raises(CannotPublishFlow) as refusal:
        publish(town, off=["decide"])
    assert [finding.name for finding in refusal.value.findings] == ["no_exit"]
    with pytest.raises(CannotPublishFlow) as refusal:
        publish(town, windows={"close_days": -1})
    assert [fault.place for fault in refusal.value.faults] == ["windows.close_days"]
    assert not Flow.objects.exists()
    assert not Entry.objects.filter(what__in=["cases.publish_flow", "access.functions_set"]).exists()


def test_who_the_place_does_not_have_is_asked_of_the_place(town: Town) -> None:
    publish(town, functions={"verify": ["inspector"]})  # Sun
    Flow.objects.all().delete()
    usecase = {"subdistrict_id": NEXT_STREET, "note": "", "now": MORNING}
    by = make_actor("subdistrict_supervisor", town.next_street)
    with pytest.raises(CannotPublishFlow) as refusal:
        usecases.publish_flow(document={"functions": {"verify": ["inspector"]}}, by=by, **usecase)  # type: ignore[arg-type]  # as above
    assert [finding.name for finding in refusal.value.findings] == ["role_nobody_holds"]


def test_cases_that_stand_where_nothing_leads_on_come_first(town: Town) -> None:
    case = make_case(town, stage=Stage.INTAKE)
    without: dict[str, Any] = {"skips": {"confirm": list(Case.Channel.values)}, "off": ["confirm"]}
    Case.objects.filter(subdistrict=STREET, pk=case.pk).update(stage=Stage.CONFIRMATION)

    with pytest.raises(CannotPublishFlow) as refusal:
        publish(town, **without)
    assert [finding.name for finding in refusal.value.findings] == ["cases_left_standing"]
    Case.objects.filter(subdistrict=STREET, pk=case.pk).update(stage=Stage.INTAKE)
    assert publish(town, **without).version == 1


WAITS: list[tuple[dict[str, object], list[str], set[str]]] = [
    ({"stage": Stage.HANDLING, "asking": "extend"}, ["extend", "suspend", "grant", "refuse"], {"cases_left_standing"}),
    ({"stage": Stage.CLOSED, "appeal": "first"}, ["appeal", "judge_appeal", "judge_appeal_finally"], {"cases_left_standing"}),
    ({"stage": Stage.CLOSED, "appeal": "second"}, ["appeal", "judge_appeal", "judge_appeal_finally"], {"cases_left_standing"}),
    (
        {"stage": Stage.CLOSING, "answer_waits": True},
        ["answer", "approve_answer", "return_answer"],
        {"cases_left_standing", "no_exit"},
    ),
]


@pytest.mark.parametrize(("case", "off", "names"), WAITS)
def test_what_waits_inside_a_stage_is_not_left_waiting_for_ever(
    town: Town, case: dict[str, Any], off: list[str], names: set[str]
) -> None:
    made = make_case(town, stage=case["stage"])
    Case.objects.filter(subdistrict=STREET, pk=made.pk).update(**case)

    with pytest.raises(CannotPublishFlow) as refusal:
        publish(town, off=off)
    assert {finding.name for finding in refusal.value.findings} == names
    Case.objects.filter(subdistrict=STREET, pk=made.pk).update(asking="", appeal="", answer_waits=False)
    if names == {"cases_left_standing"}:
        assert publish(town, off=off).version == 1


def test_what_somebody_else_published_meanwhile_is_not_overwritten(town: Town) -> None:
    publish(town, seen=0, windows={"close_days": 3})
    with pytest.raises(CannotPublishFlow):
        publish(town, seen=0, windows={"close_days": 4})
    assert publish(town, seen=1, windows={"close_days": 4}).version == 2


def test_only_the_supervisor_of_the_street(town: Town) -> None:
    for by in (town.chen, town.gao, make_actor("subdistrict_supervisor", town.next_street), make_actor("system_admin")):
        with pytest.raises(Forbidden):
            usecases.publish_flow(subdistrict_id=STREET, document={}, note="", by=by, now=MORNING)
    with pytest.raises(Forbidden):  # a district has no flow
        usecases.publish_flow(subdistrict_id=1, document={}, note="", by=town.supervisor, now=MORNING)


def test_a_role_taken_away_loses_page_button_and_post(town: Town) -> None:
    number = make_case(town, stage=Stage.REGISTERED).number
    lin, shen = browser_of(town.lin), browser_of(town.shen)
    address, case_page = f"/desk/cases/{number}/dispatch/", f"/desk/cases/{number}/"
    assert address in lin.get(case_page).content.decode()

    publish(town, functions={"dispatch": ["acceptor"]})

    assert address not in lin.get(case_page).content.decode()
    assert lin.get(address).status_code == 404
    assert lin.post(address, {"to": town.police.pk}).status_code == 404
    assert address in shen.get(case_page).content.decode()
    assert shen.get(address).status_code == 200
    usecases.dispatch_case(number=number, to=town.police.pk, by=town.shen, now=MORNING)
    assert Case.objects.numbered(number).get().stage == Stage.DISPATCHED


def test_a_move_that_is_off_is_neither_offered_nor_made(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    publish(town, off=["assist"])

    assert "/assist/" not in browser_of(town.wang).get(f"/desk/cases/{case.number}/").content.decode()
    with pytest.raises(CannotMove):
        usecases.ask_assistance(number=case.number, station_id=town.urban.pk, task="请协助", by=town.wang, now=MORNING)


def test_a_photo_is_demanded_where_the_flow_says_so(town: Town) -> None:
    case = make_case(town, stage=Stage.VERIFICATION)
    publish(town, evidence=["verify"])
    with pytest.raises(CannotMove):
        usecases.verify_case(number=case.number, by=town.sun, now=MORNING, note="已修好")
    assert Case.objects.numbered(case.number).get().stage == Stage.VERIFICATION


def test_who_approves_is_told_by_kind(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    publish(town, approvals={"extend": ["precinct_head"], "suspend": ["dispatcher"]})
    usecases.extend_case(number=case.number, reason="配件未到", by=town.wang, now=MORNING)
    later = MORNING + timedelta(minutes=5)

    with pytest.raises(CannotDecideAsking):
        usecases.grant_asking(number=case.number, by=town.lin, now=later)
    usecases.grant_asking(number=case.number, by=town.chen, now=later)
    with pytest.raises(Forbidden):
        usecases.grant_asking(number=case.number, by=town.supervisor, now=later)
