"""prepare_standards and publish_batch: versions grow, open cases keep theirs, nothing is rebuilt, and nothing happens twice."""

from dataclasses import replace
from datetime import timedelta
from time import perf_counter
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shequtong.audit.models import Entry
from shequtong.cases.catalogue import catalogue, open_classes, standard_choices
from shequtong.cases.models import CaseClass, CaseStandard, Duty, StandardBatch
from shequtong.cases.standards.findings import Finding, Why
from shequtong.cases.standards.lines import Kind, Line
from shequtong.cases.standards.trees import example_duties, example_lines
from shequtong.cases.standings import agencies, line_of, preview_of
from shequtong.cases.testing import make_case
from shequtong.cases.usecases.prepare_standards import CannotPrepare, prepare_standards
from shequtong.cases.usecases.publish_batch import publish_batch
from shequtong.cases.usecases.publish_standard import CannotPublish
from shequtong.cases.workflow import Stage
from shequtong.core.actors import SystemActor
from shequtong.core.refusals import Forbidden
from shequtong.testing.town import MORNING, Town

LATER = MORNING + timedelta(hours=1)
COVER = Line("C0101", "component", "city_management", "01", "公用设施", "上水井盖", "缺失、移位", "恢复", 2, "urgent_hours")
CRACKED = replace(COVER, register_condition="破损超过二十五厘米", limit_amount=4, limit_kind="work_hours")
WORKER = SystemActor("试")


def publish(*lines: Line, **kept: Any) -> StandardBatch:
    batch = prepare_standards(source="表.xlsx", lines=lines, by=WORKER, now=MORNING, **kept)
    return publish_batch(batch_id=batch.pk, fingerprint=preview_of(batch).fingerprint, by=WORKER, now=LATER)


def versions(code: str) -> list[tuple[int, int, bool]]:
    return [
        (row.row, row.version, row.ended_at is not None)
        for row in CaseStandard.objects.filter(case_class__code=code).order_by("row", "version")
    ]


def test_a_first_table_makes_classes_with_a_row_a_condition(town: Town) -> None:
    publish(COVER, CRACKED)

    found = catalogue().by_code["C0101"]
    assert [(one.row, one.version, one.register_condition) for one in found.standards] == [
        (1, 1, "缺失、移位"),
        (2, 1, "破损超过二十五厘米"),
    ]
    assert found.standard == found.standards[0]
    assert (found.kind, found.group_name, found.for_residents) == ("component", "公用设施", False)
    assert [(choice.row, choice.condition) for choice in standard_choices(found)] == [
        (1, "缺失、移位"),
        (2, "破损超过二十五厘米"),
    ]
    assert [one.code for one in open_classes()][:2] == ["0101", "0110"]
    assert "C0101" not in [one.code for one in open_classes(for_residents=True)]


def test_only_what_changed_gets_a_version_and_ids_stay(town: Town) -> None:
    publish(COVER, CRACKED)
    before = {row.pk for row in CaseStandard.objects.all()}

    publish(replace(CRACKED, limit_amount=8), COVER)

    assert versions("C0101") == [(1, 1, False), (2, 1, False), (2, 2, False)]
    assert before < {row.pk for row in CaseStandard.objects.all()}
    assert [one.limit.amount for one in catalogue().by_code["C0101"].standards] == [2, 8]


def test_a_row_left_out_ends_and_a_new_one_does_not_take_its_number(town: Town) -> None:
    publish(COVER, CRACKED)
    publish(COVER)
    assert versions("C0101") == [(1, 1, False), (2, 1, True)]

    publish(COVER, CRACKED)
    assert versions("C0101") == [(1, 1, False), (2, 1, True), (3, 1, False)]


def test_a_live_case_keeps_its_version_and_its_clock(town: Town) -> None:
    case = make_case(town, stage=Stage.DISPATCHED, cls="0101")
    kept, due = case.standard_id, case.due_at
    own = _current("0101")

    publish(replace(own[0], limit_amount=9, limit_kind="work_days"))

    case.refresh_from_db()
    assert (case.standard_id, case.due_at) == (kept, due)
    assert catalogue().by_code["0101"].standard != catalogue().standards[kept]
    assert catalogue().by_code["0101"].for_residents


def test_duties_stay_unless_the_batch_names_them(town: Town) -> None:
    before = list(Duty.objects.filter(case_class__code="0101").order_by("id").values_list("id", "agency__code", "part", "basis"))
    publish(replace(_current("0101")[0], limit_amount=9))
    assert (
        list(Duty.objects.filter(case_class__code="0101").order_by("id").values_list("id", "agency__code", "part", "basis"))
        == before
    )

    publish(duties={"0101": [("housing", "lead", "新办法"), ("police", "assist", "新办法")]})

    found = catalogue().by_code["0101"]
    assert [agencies()[pk].code for pk in (found.lead_agency or 0, *found.assisting_agencies)] == ["housing", "police"]
    assert Duty.objects.get(case_class__code="0101", agency__code="housing").pk in {row[0] for row in before}


def test_it_is_published_once(town: Town) -> None:
    batch = prepare_standards(source="表.xlsx", lines=[COVER], by=WORKER, now=MORNING)
    fingerprint = preview_of(batch).fingerprint
    publish_batch(batch_id=batch.pk, fingerprint=fingerprint, by=WORKER, now=LATER)

    with pytest.raises(CannotPublish):
        publish_batch(batch_id=batch.pk, fingerprint=fingerprint, by=WORKER, now=LATER)
    assert versions("C0101") == [(1, 1, False)]
    assert Entry.objects.filter(what="cases.publish_batch").count() == 1


def test_an_old_batch_does_not_come_back_after_a_later_one(town: Town) -> None:
    first = publish(COVER)
    publish(replace(COVER, limit_amount=7))
    with pytest.raises(CannotPublish):
        publish_batch(batch_id=first.pk, fingerprint=preview_of(first).fingerprint, by=WORKER, now=LATER)
    assert [one.limit.amount for one in catalogue().by_code["C0101"].standards] == [7]


def test_what_changed_since_it_was_looked_at_is_not_published(town: Town) -> None:
    first = prepare_standards(source="甲.xlsx", lines=[COVER], by=WORKER, now=MORNING)
    fingerprint = preview_of(first).fingerprint
    publish(replace(COVER, limit_amount=7))

    with pytest.raises(CannotPublish):
        publish_batch(batch_id=first.pk, fingerprint=fingerprint, by=WORKER, now=LATER)
    publish_batch(batch_id=first.pk, fingerprint=preview_of(first).fingerprint, by=WORKER, now=LATER)
    assert [one.limit.amount for one in catalogue().by_code["C0101"].standards] == [2]


def test_nothing_to_change_is_refused(town: Town) -> None:
    publish(COVER)
    with pytest.raises(CannotPublish):
        publish(COVER)


def test_a_class_with_a_fault_is_left_alone_and_a_faulty_table_is_no_whole_list(town: Town) -> None:
    publish(COVER, CRACKED)
    fault = Finding(Why.LIMIT, "部件", 4, "时限", "尽快", "no_number", "C0101")

    batch = prepare_standards(source="表", lines=[COVER], findings=[fault], by=WORKER, now=MORNING)
    assert preview_of(batch).changes_something is False
    assert preview_of(batch).comparison.held_back == ("C0101",)
    with pytest.raises(CannotPrepare):
        prepare_standards(source="表", lines=[COVER], findings=[fault], complete=[Kind.COMPONENT], by=WORKER, now=MORNING)


@pytest.mark.parametrize("lines", [[], [COVER, COVER], [replace(COVER, limit_amount=0)]])
def test_lines_that_are_none_are_refused(town: Town, lines: list[Line]) -> None:
    with pytest.raises(CannotPrepare):
        prepare_standards(source="表", lines=lines, by=WORKER, now=MORNING)
    assert not StandardBatch.objects.exists()


def test_it_is_the_supervisors_to_do(town: Town) -> None:
    batch = prepare_standards(source="表", lines=[COVER], by=town.supervisor, now=MORNING)
    with pytest.raises(Forbidden):
        prepare_standards(source="表", lines=[COVER], by=town.chen, now=MORNING)
    with pytest.raises(Forbidden):
        publish_batch(batch_id=batch.pk, fingerprint=preview_of(batch).fingerprint, by=town.chen, now=MORNING)
    assert not CaseClass.objects.filter(code="C0101").exists()
    publish_batch(batch_id=batch.pk, fingerprint=preview_of(batch).fingerprint, by=town.supervisor, now=MORNING)


def test_the_whole_trees_are_published_in_few_statements_and_under_two_seconds(town: Town) -> None:
    batch = prepare_standards(source="示例", lines=example_lines(), by=WORKER, now=MORNING)
    fingerprint, started = preview_of(batch).fingerprint, perf_counter()
    with CaptureQueriesContext(
        connection,
    ) as statements:
        publish_batch(batch_id=batch.pk, fingerprint=fingerprint, by=WORKER, now=LATER)
    assert perf_counter() - started < 2
    assert len(statements) <= 30
    assert CaseStandard.objects.filter(case_class__kind__in=["component", "event"], is_example=True).count() > 300

    publish(duties=example_duties([agency.code for agency in agencies().values()]))
    assert all(found.lead_agency for found in catalogue().classes.values())


def _current(code: str) -> list[Line]:
    found = catalogue().by_code[code]
    return [line_of(found, one) for one in found.standards]
