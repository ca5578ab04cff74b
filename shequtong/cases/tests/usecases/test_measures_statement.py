"""What the steps amount to is said twice, move by move and as one statement: both say the same, corrections and asides included."""

from collections import Counter

import pytest
from django.db import connection

from shequtong.cases import measures, usecases
from shequtong.cases.models import Step
from shequtong.cases.testing import make_case
from shequtong.cases.usecases import Correction
from shequtong.cases.workflow import MAIN_LINE, Stage
from shequtong.figures.deltas import Key, merged
from shequtong.figures.verification import Verification
from shequtong.testing.town import MORNING, STREET, Town


def _by_statement() -> dict[Key, int]:
    sums: Counter[Key] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(*measures.statement(STREET))
        for measure, day, path, station, stage, code, n in cursor.fetchall():
            sums[Key(STREET, measure, day, path, station, stage, code)] += n
    return {key: n for key, n in sums.items() if n}


def _said(key: Key) -> Key:
    return key if connection.vendor == "postgresql" else key._replace(day=key.day.isoformat())  # type: ignore[arg-type]  # as SQLite gives it


@pytest.mark.django_db
def test_the_statement_and_the_moves_agree(town: Town) -> None:
    for stage in MAIN_LINE:
        make_case(town, stage=stage)
    number = make_case(town, stage=Stage.INTAKE).number
    wrong = Correction(class_code="0101", address="路口", unit_path=town.other_grid.path)
    usecases.correct_case(correction=wrong, number=number, by=town.chen, now=MORNING, note="核对后更正。")
    number = make_case(town, stage=Stage.HANDLING).number
    usecases.ask_assistance(number=number, station_id=town.urban.pk, task="请协助。", by=town.wang, now=MORNING)
    Step.objects.filter(subdistrict=STREET, move="handle").update(late=True)

    facts = merged(measures.facts(STREET))
    assert {key.measure for key in facts} >= {"in_stage", "move.correct", "move.assist", "late.handling"}
    assert _by_statement() == {_said(key): n for key, n in facts.items()}


@pytest.mark.django_db
def test_a_count_that_went_wrong_is_named_by_the_statement(town: Town) -> None:
    make_case(town, stage=Stage.CLOSED)
    assert list(Verification(STREET).differences()) == []
    Step.objects.filter(subdistrict=STREET, move="handle").update(late=True)
    found = list(Verification(STREET).differences())
    assert {(each.key.measure, each.facts, each.figures) for each in found} == {("late.handling", 1, 0)}
    assert len(found) == 2  # of its day, and of all days
