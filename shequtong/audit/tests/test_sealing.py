"""The chain grows by one batch after another, whatever the order in which rows become visible and however many workers there are."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from shequtong.audit import heads, journal, scheduled
from shequtong.audit.models import Entry, Seal, SecurityEvent
from shequtong.audit.testing import make_entry, make_street, undo
from shequtong.audit.usecases import seal_entries
from shequtong.core import held

pytestmark = pytest.mark.django_db(transaction=True)
STREET = 7


@pytest.fixture(autouse=True)
def street() -> None:
    held.drop_all()
    make_street(STREET)


def numbers() -> list[tuple[int, int, int]]:
    return list(Seal.objects.filter(subdistrict=STREET).order_by("number").values_list("number", "first", "last"))


def test_a_row_that_becomes_visible_late_comes_in_a_later_batch() -> None:
    early, late = make_entry(STREET), make_entry(STREET)
    Entry.objects.filter(pk=early.pk).delete()  # as it is for others before its transaction commits
    seal_entries(subdistrict_id=STREET, now=timezone.now())
    early.save(force_insert=True)
    seal_entries(subdistrict_id=STREET, now=timezone.now())
    assert list(Entry.objects.order_by("position").values_list("id", flat=True)) == [late.id, early.id]
    assert numbers() == [(1, 1, 1), (2, 2, 2)]


def test_a_worker_that_dies_in_the_middle_leaves_the_chain_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    make_entry(STREET)
    with monkeypatch.context() as broken:
        broken.setattr(models.QuerySet, "bulk_update", _die)
        with pytest.raises(KeyboardInterrupt):
            seal_entries(subdistrict_id=STREET, now=timezone.now())
    assert numbers() == []
    assert not list(heads.exported())
    assert scheduled.seal_new_entries(timezone.now()) == 1
    assert numbers() == [(1, 1, 1)]


def _die(*arguments: object, **options: object) -> None:
    raise KeyboardInterrupt


def test_workers_at_once_never_fork_the_chain() -> None:
    count, workers = 60, 4
    for _ in range(count):
        make_entry(STREET)
    start = threading.Barrier(workers)
    failures: list[BaseException] = []

    def work() -> None:
        try:
            start.wait()
            for _ in range(count):
                try:
                    seal_entries(subdistrict_id=STREET, now=timezone.now(), limit=3)
                except IntegrityError:
                    continue
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert list(Entry.objects.order_by("position").values_list("position", flat=True)) == list(range(1, count + 1))
    assert numbers() == [(number, 3 * number - 2, 3 * number) for number in range(1, count // 3 + 1)]
    assert len({head.number for head in heads.exported() if isinstance(head, heads.Head)}) == count // 3


def test_the_journal_holds_what_was_committed_and_nothing_else() -> None:
    kept = make_entry(STREET)
    undo(lambda: make_entry(STREET))
    with transaction.atomic():
        inner = make_entry(STREET)
        undo(lambda: make_entry(STREET))
    written = [line for _day, path in journal.files() for line in journal.lines(path)]
    assert written == [(kept.id, kept.mark), (inner.id, inner.mark)]


def test_a_journal_goes_when_all_its_rows_are_chained_and_stays_when_one_is_gone() -> None:
    entry = make_entry(STREET)
    later = timezone.now() + timedelta(days=3)
    assert scheduled.drop_needless_journals(timezone.now()) == 0  # of today: lines may still come
    assert scheduled.drop_needless_journals(later) == 0  # not sealed yet
    seal_entries(subdistrict_id=STREET, now=timezone.now())
    Entry.objects.filter(pk=entry.pk).delete()
    assert scheduled.drop_needless_journals(later) == 0
    assert SecurityEvent.objects.get(subdistrict=STREET).kind == "log_broken"
    entry.save(force_insert=True)
    seal_entries(subdistrict_id=STREET, now=timezone.now())
    assert scheduled.drop_needless_journals(later) == 1
    assert not journal.files()


def test_heads_are_exported_at_each_seal_and_daily_and_thinned_out(audit_folder: Path) -> None:
    now = timezone.now()
    for minute in range(3):
        make_entry(STREET)
        seal_entries(subdistrict_id=STREET, now=now + timedelta(minutes=minute))
    assert scheduled.export_heads(now + timedelta(days=1)) == 1
    lasts = [head.last for head in heads.exported() if isinstance(head, heads.Head)]
    assert lasts[-2:] == [3, 3]
    assert len(lasts) < 4 + 1
    assert scheduled.export_heads(now + timedelta(days=2)) == 1
    assert (audit_folder / "heads.jsonl").stat().st_mode & 0o777 == 0o600


def test_recording_costs_one_insert(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_entry(STREET)  # the first takes a block of ids
    with transaction.atomic(), django_assert_num_queries(1) as sent:
        make_entry(STREET, stage="CLOSED")
    assert sent.captured_queries[0]["sql"].startswith("INSERT")
