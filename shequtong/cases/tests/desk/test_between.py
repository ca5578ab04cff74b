"""The case page between stations: who helps and how far, what is offered to whom, whom the night called; and the buttons of each."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shequtong.accounts.testing import signed_in
from shequtong.cases import usecases
from shequtong.cases.models import Assistance, Case
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _chinese() -> object:
    with translation.override("zh-hans"):
        yield


def page(town: Town, who: str, case: Case) -> str:
    answer = signed_in(town.accounts[who]).get(f"/desk/cases/{case.number}/")
    return answer.content.decode()


def fresh(town: Town) -> Case:
    return make_case(town, stage=Stage.HANDLING, now=timezone.now() - timedelta(hours=2))


def test_each_sub_task_has_its_station_state_and_answer(town: Town) -> None:
    case, now = fresh(town), timezone.now()
    for station in (town.urban.pk, town.stations["market_regulation"].pk):
        usecases.ask_assistance(number=case.number, station_id=station, task="请清理现场", by=town.wang, now=now)
    assert f"{case.number}/take_assist/" in page(town, "zhou", case)
    usecases.take_assistance(number=case.number, station_id=town.urban.pk, by=town.zhou, now=now)
    seen = page(town, "zhou", case)
    assert f"{case.number}/answer_assist/" in seen
    assert f"{case.number}/take_assist/" not in seen
    assert "狮山市场监管" in seen
    usecases.answer_assistance(number=case.number, station_id=town.urban.pk, done=False, answer="不属城管", by=town.zhou, now=now)
    assert "不属城管" in page(town, "wang", case)


def test_a_sub_task_that_fell_is_not_called_declined(town: Town) -> None:
    case, now = make_case(town, stage=Stage.REGISTERED), timezone.now()
    usecases.dispatch_case(number=case.number, to=town.police.pk, by=town.lin, now=now, assisting=[town.urban.pk], task="协助")
    usecases.send_back_case(number=case.number, reason="不属公安", by=town.wang, now=now)
    seen = page(town, "lin", case)
    assert _("Called off") in seen
    assert _("Declined") not in seen
    assert not Assistance.objects.get(case=case).is_open


def test_only_the_offered_station_finds_the_button_to_take_over(town: Town) -> None:
    case, now = fresh(town), timezone.now()
    usecases.hand_over_case(number=case.number, to=town.urban.pk, reason="属城管职责", by=town.wang, now=now)
    assert f"{case.number}/take_over/" in page(town, "zhou", case)
    theirs = page(town, "wang", case)
    assert f"{case.number}/take_over/" not in theirs
    assert _("Offered to %(station)s, which has not answered yet") % {"station": "狮山城管"} in theirs
    usecases.take_over_case(number=case.number, by=town.zhou, now=now)
    assert pgettext("case move", "Take over") in page(town, "wang", case)  # in the course of the case


def test_the_workbench_says_what_is_offered_and_what_is_in_ones_hands(town: Town) -> None:
    case, now = fresh(town), timezone.now()
    assert _("In your hands") in signed_in(town.accounts["wang"]).get("/desk/").content.decode()
    usecases.hand_over_case(number=case.number, to=town.urban.pk, reason="属城管职责", by=town.wang, now=now)
    seen = signed_in(town.accounts["zhou"]).get("/desk/").content.decode()
    assert _("Offered to your station") in seen
    assert case.number in seen


def test_the_queue_of_a_station_is_narrowed_to_ones_own(town: Town) -> None:
    mine, others = fresh(town), fresh(town)
    Case.objects.filter(pk=others.pk).update(assignee_account_id=town.accounts["zhou"].pk)
    seen = signed_in(town.accounts["wang"]).get("/desk/cases/?mine=me").content.decode()
    assert mine.number in seen
    assert others.number not in seen
    assert 'name="mine"' not in signed_in(town.accounts["chen"]).get("/desk/cases/").content.decode()


def test_what_was_asked_of_others_is_called_off_from_the_page(town: Town) -> None:
    case, now, browser = fresh(town), timezone.now(), signed_in(town.accounts["wang"])
    assert f"{case.number}/call_off/" not in page(town, "wang", case)  # nothing is open
    for station in (town.urban.pk, town.stations["market_regulation"].pk):
        usecases.ask_assistance(number=case.number, station_id=station, task="请清理现场", by=town.wang, now=now)
    assert f"{case.number}/call_off/" in page(town, "wang", case)
    address = f"/desk/cases/{case.number}/call_off/"
    form = browser.get(address).content.decode()
    assert f'value="task-{town.urban.pk}"' in form
    assert 'value="offer"' not in form

    for wrong in ("", "offer", "all", "task-0"):
        assert browser.post(address, {"what": wrong, "note": "不需要了"}).status_code == 422
    assert browser.post(address, {"what": f"task-{town.urban.pk}", "note": "不需要了"}).status_code == 302
    seen = page(town, "wang", case)
    assert _("Called off") in seen
    assert "不需要了" in seen
    assert Assistance.objects.filter(case=case, is_open=True).count() == 1
