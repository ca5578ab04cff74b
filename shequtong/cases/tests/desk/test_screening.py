"""The screening page: what is held is read in one place and decided together; each report is a move of its own."""

import pytest
from django.test import Client
from django.utils.translation import gettext as _

from shequtong.accounts.testing import signed_in
from shequtong.cases.models import Case, Step
from shequtong.cases.testing import make_case
from shequtong.cases.usecases import NewReporter, admit_case, screen_reports
from shequtong.cases.usecases.screen_reports import MOST, CannotScreen
from shequtong.cases.workflow import Stage
from shequtong.core.refusals import Forbidden
from shequtong.files.testing import make_blob
from shequtong.files.usecases import attach_files
from shequtong.messaging.models import Message
from shequtong.testing.statements import count_statements
from shequtong.testing.town import MORNING, Town

pytestmark = pytest.mark.django_db
ADDRESS = "/desk/screening/"
WORDS = "请文明反映，可重新提交。"


def cost(client: Client, address: str) -> int:
    """Statements of a page that was open before."""
    client.get(address)
    with count_statements() as seen:
        client.get(address)
    return seen.warm.total


def held(town: Town, n: int = 3, **more: object) -> list[Case]:
    told = {"stage": Stage.HELD, "text": "物业经理就是个王八蛋，灯坏了不修。", **more}
    return [make_case(town, **told) for _each in range(n)]  # type: ignore[arg-type]  # a dictionary of arguments of many kinds


def key(client: Client) -> str:
    return client.get(ADDRESS).content.decode().split('name="submit_key" value="')[1].split('"')[0]


def stages(cases: list[Case]) -> list[str]:
    return [Case.objects.get(pk=case.pk).stage for case in cases]


def test_words_reasons_and_who_told_it_stand_on_the_page(town: Town) -> None:
    (case,) = held(town, 1)
    page = signed_in(town.accounts["shen"]).get(ADDRESS).content.decode()
    for said in (case.number, case.text, _("The words insult somebody."), "138****5678"):
        assert said in page
    assert "13812345678" not in page
    assert "/block/" not in page  # who only screens does not block
    assert "/block/" in signed_in(town.accounts["chen"]).get(ADDRESS).content.decode()


def test_the_ticked_ones_are_admitted_once(town: Town) -> None:
    cases, client = held(town), signed_in(town.accounts["shen"])
    told = {"case": [case.number for case in cases[:2]], "verdict": "admit", "submit_key": key(client)}
    assert [client.post(ADDRESS, told).status_code for _press in range(2)] == [302, 302]
    assert stages(cases) == [Stage.INTAKE, Stage.INTAKE, Stage.HELD]
    assert Step.objects.filter(move="admit").count() == 2


def test_or_not_accepted_with_a_reason_that_each_reporter_reads(town: Town) -> None:
    cases, client = held(town), signed_in(town.accounts["shen"])
    told = {"case": [case.number for case in cases], "verdict": "refuse", "note": WORDS, "submit_key": key(client)}
    refused = client.post(ADDRESS, told)
    assert refused.status_code == 422  # without a reason of the list
    assert refused.content.decode().count(" checked") == 3  # and the ticks are still there
    assert stages(cases) == [Stage.HELD] * 3
    assert client.post(ADDRESS, {**told, "why": "abuse"}).status_code == 302
    assert stages(cases) == [Stage.NOT_ACCEPTED] * 3
    assert [one for one in Message.objects.filter(channel="sms") if WORDS in one.text.reveal()]


def test_what_somebody_else_decided_meanwhile_is_left_and_said(town: Town) -> None:
    cases = held(town)
    admit_case(number=cases[0].number, by=town.chen, now=MORNING)
    numbers = [case.number for case in cases]
    found = screen_reports(numbers=numbers, verdict="admit", by=town.shen, now=MORNING)
    assert found.done == numbers[1:]
    assert [one for one in found.left if one.startswith(numbers[0])] == found.left != []
    with pytest.raises(CannotScreen):
        screen_reports(numbers=numbers, verdict="admit", by=town.shen, now=MORNING)


def test_neither_nothing_nor_more_than_a_page_nor_of_a_neighbour(town: Town) -> None:
    cases = held(town, 1)
    for numbers in ([], [f"{n}" for n in range(MOST + 1)]):
        with pytest.raises(CannotScreen):
            screen_reports(numbers=numbers, verdict="admit", by=town.shen, now=MORNING)
    with pytest.raises(Forbidden):
        screen_reports(numbers=[cases[0].number], verdict="admit", by=town.gao, now=MORNING)
    assert signed_in(town.accounts["gao"]).get(ADDRESS).content.decode().count(cases[0].number) == 0


def test_it_says_whether_reports_without_a_name_are_taken(town: Town) -> None:
    held(town, 1, reporter=NewReporter())
    page = signed_in(town.accounts["shen"]).get(ADDRESS).content.decode()
    assert _("Nobody says who told it.") in page
    assert _("This subdistrict takes reports without a telephone or a sign-in; each of them stands here first.") in page


def test_costs_the_same_for_one_as_for_thirty(town: Town) -> None:
    client, costs = signed_in(town.accounts["shen"]), []
    for more in (1, 29):
        held(town, more)
        client.get(ADDRESS)
        with count_statements() as asked:
            client.get(ADDRESS)
        costs.append(len([one for one in asked.statements if '"core_revision"' not in one.sql]))
    assert costs[0] == costs[1] <= 8


def test_photos_stand_in_the_row_and_are_no_others_to_see(town: Town) -> None:
    (case,) = held(town, 1)
    blob = make_blob(case.subdistrict_id)
    attach_files(ids=[blob.pk], claim="form-1", owner=case, by=town.shen, now=MORNING, label="before")
    client, thumb = signed_in(town.accounts["shen"]), f"/files/{blob.pk}/thumb"
    few = cost(client, ADDRESS)
    assert f'<img src="{thumb}"' in client.get(ADDRESS).content.decode()
    assert client.get(thumb).status_code == 200
    assert signed_in(town.accounts["gao"]).get(thumb).status_code == 404
    held(town, 4)
    assert cost(client, ADDRESS) == few
