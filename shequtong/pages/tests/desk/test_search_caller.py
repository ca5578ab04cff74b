"""Who rings again: their matters by the whole number, posted, logged first, limited, and none beyond one's reach."""

from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.access.actor import AnonymousActor
from shequtong.accounts.testing import signed_in
from shequtong.audit import reveal
from shequtong.audit.models import SecurityEvent
from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.usecases import NewReporter, find_by_phone, join_case
from shequtong.cases.workflow import Stage
from shequtong.core.refusals import Forbidden, Refusal
from shequtong.testing.statements import count_statements
from shequtong.testing.town import MORNING, Town

pytestmark = pytest.mark.django_db
ADDRESS, PHONE = "/desk/search/", "138 1234 5678"


def key(client: Any) -> str:
    page = client.get(ADDRESS).content.decode()
    return str(page.partition("id_phone")[0].rpartition('name="submit_key" value="')[2].partition('"')[0])


def ask(town: Town, who: str, phone: str = PHONE, **more: Any) -> Any:
    client = signed_in(town.accounts[who])
    data = {"phone": phone, "why": "asks", "submit_key": key(client), **more}
    return client, client.post(ADDRESS, data), data


def test_the_matters_of_a_caller_are_found_and_the_look_stands_in_the_log(town: Town) -> None:
    case, closed = make_case(town), make_case(town, stage=Stage.CLOSED)
    client, answer, data = ask(town, "shen")
    said = answer.content.decode()
    assert f'id="case-{case.number}"' in said
    assert f'id="case-{closed.number}"' in said
    assert answer.headers["Cache-Control"] == "no-store"
    assert "13812345678" not in said
    assert "138 1234 5678" not in said
    looks = SecurityEvent.objects.filter(kind="revealed", what="cases.caller_phone")
    (look,) = looks
    assert (look.account_id, look.reason) == (town.accounts["shen"].pk, _("The caller asks how their matter stands"))
    assert f'id="case-{case.number}"' in client.post(ADDRESS, data).content.decode()  # pressed twice
    assert client.post(ADDRESS, {**data, "phone": "13988887777"}).status_code == 422  # the same form for another number
    assert looks.count() == 1
    assert "13812345678" not in look.facts


def test_who_joined_is_found_too_and_a_part_of_a_number_is_none(town: Town) -> None:
    case = make_case(town)
    told = NewReporter(name="李小明", phone="13988887777", consent="page", notice_version="t")
    join_case(number=case.number, reporter=told, by=AnonymousActor(), now=MORNING)
    assert f'id="case-{case.number}"' in ask(town, "shen", "13988887777")[1].content.decode()
    assert ask(town, "shen", "1398888")[1].status_code == 422
    assert case.number not in ask(town, "shen", "13988887778")[1].content.decode()


def test_nobody_finds_more_than_those_whose_reporter_they_may_see(town: Town) -> None:
    case, confidential = make_case(town, stage=Stage.HANDLING), make_case(town, stage=Stage.HANDLING)
    Case.objects.filter(pk=confidential.pk).update(confidential=True)
    theirs = find_by_phone(phone=PHONE, reason="来电核对情况", by=town.wang, now=timezone.now())
    assert [one.pk for one in theirs] == [case.pk]  # a station does not learn who told a confidential one
    assert len(find_by_phone(phone=PHONE, reason="来电核对情况", by=town.shen, now=timezone.now())) == 2
    assert case.number not in ask(town, "gao")[1].content.decode()
    for by in (town.xu, town.sun, town.qian):
        with pytest.raises(Forbidden):
            find_by_phone(phone=PHONE, reason="来电核对情况", by=by, now=timezone.now())
    assert signed_in(town.accounts["xu"]).post(ADDRESS, {"phone": PHONE, "why": "asks"}).status_code == 404


def test_looks_are_limited_with_those_at_contacts(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    make_case(town)
    monkeypatch.setattr(reveal, "REVEALS_AN_HOUR", 1)
    find_by_phone(phone=PHONE, reason="来电核对情况", by=town.shen, now=timezone.now())
    with pytest.raises(Refusal):
        find_by_phone(phone=PHONE, reason="来电核对情况", by=town.shen, now=timezone.now())
    assert ask(town, "shen")[1].status_code == 422


def test_a_look_costs_as_much_for_many_as_for_one(town: Town) -> None:
    totals = []
    for more in (1, 4):
        for _each in range(more):
            make_case(town)
        client = signed_in(town.accounts["shen"])
        data = {"phone": PHONE, "why": "rings", "submit_key": key(client)}
        with count_statements() as seen:
            assert client.post(ADDRESS, data).status_code == 200
        totals.append(seen.warm.total)
    assert totals[0] == totals[1] <= 11, seen.listing


def test_a_number_typed_into_the_box_is_posted_and_asked_what_for(town: Town) -> None:
    case = make_case(town)
    client = signed_in(town.accounts["shen"])
    answer = client.post(ADDRESS, {"q": PHONE})
    said = answer.content.decode()
    assert answer.status_code == 200
    assert f'value="{PHONE}"' in said
    assert f'id="case-{case.number}"' not in said  # no look without a reason
    assert not SecurityEvent.objects.filter(kind="revealed").exists()
    assert (
        _("A telephone number is not kept in the address. Please enter it here.")
        in client.get(ADDRESS, {"q": PHONE}, follow=True).content.decode()
    )
