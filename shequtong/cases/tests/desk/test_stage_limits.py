"""The limits of the stages: looked at by staff, typed in words by the supervisor, and what is at a stage is reckoned anew."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shequtong.access.testing import browser_of
from shequtong.cases.catalogue import catalogue
from shequtong.cases.forms.stage_limits import STAGES
from shequtong.cases.models import ClockRun, StageLimit
from shequtong.cases.standards.writing import stage_limit_words
from shequtong.cases.testing import make_case
from shequtong.cases.usecases.recompute_due import recompute_due
from shequtong.cases.workflow import Stage
from shequtong.core import held
from shequtong.core.actors import SystemActor
from shequtong.core.clock import ClockKind, Limit
from shequtong.core.clock.spoken import Spoken, spoken
from shequtong.testing.town import STREET, Town

HERE = "/desk/standards/stages/"


def typed(**other: str) -> dict[str, str]:
    """What stands in the fields, and what was typed over it."""
    return {stage.value: stage_limit_words(catalogue().stage_limit(stage)) for stage in STAGES} | other


@pytest.mark.parametrize("kind", list(ClockKind))
@pytest.mark.parametrize("minutes", [15, 60, 90, 480, 1440, 1455])
def test_the_words_of_a_limit_are_read_back_as_long(kind: ClockKind, minutes: int) -> None:
    limit = Limit.of_minutes(minutes, kind)
    read = spoken(stage_limit_words(limit))
    assert isinstance(read, Spoken)
    assert (read.limit.minutes, read.limit.kind.continuous) == (minutes, kind.continuous)


def test_a_limit_in_words_holds_and_moves_what_waits_at_the_stage(town: Town) -> None:
    case = make_case(town)
    assert case.stage == Stage.INTAKE
    was, browser = case.due_at, browser_of(town.supervisor)

    assert browser.post(HERE, typed(intake="2紧急工作时")).status_code == 302

    assert catalogue().stage_limit("intake") == Limit(2, ClockKind.URGENT_HOURS)
    run = ClockRun.objects.get(subdistrict=STREET)
    later = timezone.now() + timedelta(minutes=1)
    recompute_due(subdistrict_id=STREET, worker="one", by=SystemActor("worker"), now=later)
    case.refresh_from_db()
    run.refresh_from_db()
    assert case.clock_from is not None
    assert case.due_at == case.clock_from + timedelta(hours=2) != was
    assert (run.seen, run.moved) == (1, 1)


def test_untouched_fields_ask_for_nothing(town: Town) -> None:
    make_case(town)
    assert browser_of(town.supervisor).post(HERE, typed()).status_code == 302
    assert not ClockRun.objects.exists()


@pytest.mark.parametrize("words", ["", "尽快", "0分钟", "15分钟（催办）", "3周", "9" * 41])
def test_what_is_no_limit_comes_back_with_the_reason(town: Town, words: str) -> None:
    before = list(StageLimit.objects.order_by("id").values_list())
    answer = browser_of(town.supervisor).post(HERE, typed(closing="1天", intake=words))
    assert answer.status_code == 422
    assert list(StageLimit.objects.order_by("id").values_list()) == before


def test_staff_look_and_do_not_set(town: Town) -> None:
    for name in ("chen", "xu", "wang"):
        browser = browser_of(town.actor(name))
        page = browser.get(HERE).content.decode()
        assert str(Stage.CLOSING.label) in page
        assert 'name="closing"' not in page
        assert browser.post(HERE, typed(intake="1天")).status_code == 404


def test_a_stage_without_a_limit_is_shown_as_such_and_saved_by_one_press(town: Town) -> None:
    StageLimit.objects.all().delete()
    held.drop_all()
    browser = browser_of(town.supervisor)
    assert browser.post(HERE, typed()).status_code == 302
    assert set(catalogue().stage_limits) == {stage.value for stage in STAGES}
