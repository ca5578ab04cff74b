"""Both real tables taken in whole by the desk's own way: looked at, published, sent in again, one over the other, with a case in hand."""

from django.db.models import Max

from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import CaseStandard, StandardBatch
from shequtong.cases.standards.comparing import State
from shequtong.cases.standards.reading import read_table
from shequtong.cases.standings import preview_of
from shequtong.cases.testing import make_case
from shequtong.cases.tests.standards.books import real_tables
from shequtong.cases.tests.standards.test_real_tables import first_book, second_book
from shequtong.cases.usecases import prepare_standards, publish_batch
from shequtong.cases.workflow import Stage
from shequtong.testing.town import MORNING, Town

pytestmark = real_tables


def sent_in(town: Town, content: bytes) -> StandardBatch:
    """The table as a batch of the supervisor's."""
    table = read_table(content)
    assert table.faults == []
    return prepare_standards(source="运城.xlsx", lines=table.lines, findings=table.findings, by=town.supervisor, now=MORNING)


def published(town: Town, batch: StandardBatch) -> None:
    publish_batch(batch_id=batch.pk, fingerprint=preview_of(batch).fingerprint, by=town.supervisor, now=MORNING)


def holding() -> int:
    """Conditions of components and events that hold."""
    return sum(len(found.standards) for found in catalogue().classes.values() if found.code[:1] in "CE" and len(found.code) == 5)


def test_one_after_the_other_and_each_twice(town: Town) -> None:
    first, again = sent_in(town, first_book()), sent_in(town, first_book())
    published(town, first)
    assert holding() == 519
    assert not preview_of(again).changes_something  # the same file, prepared before the first was published

    case = make_case(town, stage=Stage.HANDLING, cls="C0101")
    kept, due = case.standard_id, case.due_at
    second = sent_in(town, second_book())
    told = preview_of(second).comparison
    assert sum(told.rows(state) for state in (State.NEW, State.CHANGED, State.SAME)) == 279
    published(town, second)

    components = {line.code for line in read_table(second_book()).lines}
    assert sum(len(catalogue().by_code[code].standards) for code in components) == 279
    assert not preview_of(sent_in(town, second_book())).changes_something
    case.refresh_from_db()
    assert (case.standard_id, case.due_at) == (kept, due)
    assert kept in catalogue().standards
    latest = CaseStandard.objects.filter(case_class__code__in=components).aggregate(most=Max("version"))
    assert latest["most"] == 2
