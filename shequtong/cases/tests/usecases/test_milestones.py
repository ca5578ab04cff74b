"""Milestones hold the latest time; the first handling and the first closing are kept; the steps keep all of them."""

from datetime import timedelta

import pytest

from shequtong.cases import usecases
from shequtong.cases.models import Case, Step
from shequtong.cases.testing import make_case
from shequtong.cases.usecases.turns import CannotMove
from shequtong.cases.workflow import Stage
from shequtong.testing.town import MORNING, Town

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _again(case: Case) -> Case:
    case.refresh_from_db()
    return case


def test_rework_moves_the_handling_on_and_keeps_the_first(town: Town) -> None:
    case = make_case(town, stage=Stage.VERIFICATION)
    first = case.handled_at

    usecases.rework_case(number=case.number, reason="灯仍不亮", by=town.sun, now=MORNING + DAY)
    usecases.handle_case(number=case.number, result="已更换线路", by=town.wang, now=MORNING + 2 * DAY)

    assert (_again(case).first_handled_at, case.handled_at) == (first, MORNING + 2 * DAY)


def test_a_reopened_case_keeps_its_first_closing_and_needs_an_answer_anew(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSED)
    first = case.closed_at

    usecases.reopen_case(number=case.number, reason="回访发现未解决", by=town.chen, now=MORNING + DAY)
    assert (_again(case).closed_at, case.first_closed_at) == (first, first)
    usecases.dispatch_case(number=case.number, to=town.police.pk, by=town.lin, now=MORNING + DAY)
    usecases.accept_case(number=case.number, by=town.wang, now=MORNING + DAY)
    usecases.handle_case(number=case.number, result="已更换线路", by=town.wang, now=MORNING + 2 * DAY)
    usecases.verify_case(number=case.number, by=town.sun, now=MORNING + 2 * DAY)
    with pytest.raises(CannotMove):
        usecases.close_case(number=case.number, by=town.shen, now=MORNING + 2 * DAY)
    usecases.answer_case(number=case.number, text="您好，线路已更换。", publish=True, by=town.lin, now=MORNING + 3 * DAY)
    usecases.close_case(number=case.number, by=town.shen, now=MORNING + 3 * DAY)

    assert (_again(case).first_closed_at, case.closed_at, case.reopen_count) == (first, MORNING + 3 * DAY, 1)
    assert Step.objects.filter(case=case, move="close").count() == 2
