"""Answers: approved by a second person, read by the reporter only when sent; calls back count as the evaluation they are."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command

from shequtong.cases import usecases
from shequtong.cases.examples import EXAMPLES
from shequtong.cases.models import Answer, CallBack, Case, Evaluation, Phrase
from shequtong.cases.testing import make_case
from shequtong.cases.usecases.answer_case import CannotAnswer
from shequtong.cases.usecases.call_back import CannotCallBack
from shequtong.cases.usecases.turns import CannotMove
from shequtong.cases.usecases.write_phrase import CannotWritePhrase
from shequtong.cases.workflow import Stage
from shequtong.core.refusals import Forbidden
from shequtong.testing.town import MORNING, NOON, TOWN_HALL, Town

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=3)
TEXT = "您好，楼道灯已更换。"


def approving() -> None:
    lamp = next(each for each in EXAMPLES if each.code == "L01")
    usecases.publish_standard(new=replace(lamp, answer_approval=True), by=TOWN_HALL, now=NOON)


def drafted(town: Town) -> Case:
    approving()
    case = make_case(town, stage=Stage.CLOSING)
    usecases.answer_case(number=case.number, text=TEXT, publish=True, by=town.lin, now=LATER)
    case.refresh_from_db()
    return case


def test_a_draft_is_no_answer_until_somebody_else_approves_it(town: Town) -> None:
    case = drafted(town)
    assert (case.answer_waits, case.answered_at) == (True, None)
    with pytest.raises(CannotMove):
        usecases.close_case(number=case.number, by=town.shen, now=LATER)

    usecases.approve_answer(number=case.number, by=town.chen, now=LATER + timedelta(minutes=5))

    case.refresh_from_db()
    answer = Answer.objects.get(case=case)
    assert (answer.state, answer.approved_by, case.answered_at) == ("sent", town.chen.name, LATER + timedelta(minutes=5))
    usecases.close_case(number=case.number, by=town.shen, now=LATER + timedelta(minutes=9))


def test_its_writer_does_not_approve_it(town: Town) -> None:
    approving()
    case = make_case(town, stage=Stage.CLOSING)
    usecases.answer_case(number=case.number, text=TEXT, publish=False, by=town.chen, now=LATER)
    verbs: tuple[Callable[[], object], ...] = (
        lambda: usecases.approve_answer(number=case.number, by=town.chen, now=LATER),
        lambda: usecases.return_answer(number=case.number, reason="重写", by=town.chen, now=LATER),
    )
    for verb in verbs:
        with pytest.raises(CannotAnswer):
            verb()


def test_a_returned_draft_is_written_anew(town: Town) -> None:
    case = drafted(town)
    usecases.return_answer(number=case.number, reason="请写明处理时间", by=town.chen, now=LATER)
    case.refresh_from_db()
    assert (case.answer_waits, Answer.objects.get(case=case).state) == (False, "returned")
    with pytest.raises(CannotMove):  # nothing waits any more: of two approvers one is late
        usecases.approve_answer(number=case.number, by=town.supervisor, now=LATER)
    usecases.answer_case(number=case.number, text=TEXT + "时间为今日上午。", publish=True, by=town.lin, now=LATER)
    case.refresh_from_db()
    assert case.answer_waits


def test_a_call_after_closing_is_the_evaluation_once(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSED)
    usecases.call_back(number=case.number, reached=False, by=town.hu, now=LATER)
    assert not Evaluation.objects.filter(case=case).exists()
    usecases.call_back(number=case.number, reached=True, solved=True, score=5, words="满意", by=town.hu, now=LATER)
    usecases.call_back(number=case.number, reached=True, solved=False, score=1, by=town.hu, now=LATER)
    assert Evaluation.objects.get(case=case).score == 5
    assert CallBack.objects.filter(case=case).count() == 3


def test_a_call_before_closing_is_no_evaluation(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSING)
    usecases.call_back(number=case.number, reached=True, solved=True, score=4, by=town.shen, now=LATER)
    assert not Evaluation.objects.filter(case=case).exists()


def test_what_does_not_fit_together_is_refused(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSED)
    for told in ({"reached": False, "solved": True}, {"reached": True, "score": 6}):
        with pytest.raises(CannotCallBack):
            usecases.call_back(number=case.number, by=town.hu, now=LATER, **told)


def test_is_forbidden_from_the_next_street(town: Town) -> None:
    closed, case = make_case(town, stage=Stage.CLOSED, now=MORNING), drafted(town)
    for verb in (
        lambda: usecases.approve_answer(number=case.number, by=town.gao, now=LATER),
        lambda: usecases.return_answer(number=case.number, reason="重写", by=town.gao, now=LATER),
        lambda: usecases.call_back(number=closed.number, reached=False, by=town.gao, now=LATER),
    ):
        with pytest.raises(Forbidden):
            verb()


def test_a_phrase_belongs_to_its_street(town: Town) -> None:
    kept = usecases.write_phrase(use="answer", title="已修复", text="您好，已修复。", by=town.shen, now=NOON)
    with pytest.raises(Forbidden):
        usecases.write_phrase(use="answer", title="改", text="改掉", phrase_id=kept.pk, by=town.gao, now=NOON)
    with pytest.raises(Forbidden):
        usecases.end_phrase(phrase_id=kept.pk, by=town.gao, now=NOON)
    with pytest.raises(Forbidden):
        usecases.write_phrase(use="answer", title="已修复", text="您好，已修复。", by=town.wang, now=NOON)
    usecases.end_phrase(phrase_id=kept.pk, by=town.chen, now=NOON)
    assert Phrase.objects.get(pk=kept.pk).ended_at == NOON


@pytest.mark.parametrize("wrong", [{"use": "void"}, {"title": " "}, {"text": "一"}, {"class_code": "none"}])
def test_a_phrase_that_serves_nothing_is_refused(town: Town, wrong: dict[str, Any]) -> None:
    said: dict[str, Any] = {"use": "answer", "title": "已修复", "text": "您好。", **wrong}
    with pytest.raises(CannotWritePhrase):
        usecases.write_phrase(**said, by=town.shen, now=NOON)


def test_figures_agree_with_the_steps(town: Town) -> None:
    case = drafted(town)
    usecases.return_answer(number=case.number, reason="重写", by=town.chen, now=LATER)
    usecases.answer_case(number=case.number, text=TEXT, publish=False, by=town.lin, now=LATER)
    usecases.approve_answer(number=case.number, by=town.chen, now=LATER)
    usecases.close_case(number=case.number, by=town.shen, now=LATER)
    usecases.call_back(number=case.number, reached=True, solved=True, score=4, by=town.hu, now=LATER)
    call_command("figures_verify")  # ends with code 1 where they differ
