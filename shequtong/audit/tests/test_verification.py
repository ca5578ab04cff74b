"""audit_verify: whatever is done to the log by SQL is named, and nothing else is."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from shequtong.audit import scheduled
from shequtong.audit.management.commands import audit_verify
from shequtong.audit.models import Entry, Seal, SecurityEvent
from shequtong.audit.security import note
from shequtong.audit.testing import make_entry, make_street
from shequtong.audit.usecases import seal_entries
from shequtong.audit.witnesses import witnesses
from shequtong.core import held

pytestmark = pytest.mark.django_db(transaction=True)
STREET = 7
Named = set[tuple[str, str, int | None, int | None]]


def verify(*arguments: str) -> Named:
    """(kind, table, position, id) of every finding."""
    out = StringIO()
    try:
        call_command("audit_verify", "--json", *arguments, stdout=out)
        code = 0
    except SystemExit as end:
        code = int(str(end.code))
    found = json.loads(out.getvalue())["findings"]
    assert code == (1 if found else 0)
    return {(each["kind"], each["what"].split(".")[-1], each["position"], each["id"]) for each in found}


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount, "the tampering touched no row"


@pytest.fixture
def street() -> int:
    """A street with two seals of three entries, two entries that are not sealed yet, and a neighbour's chain."""
    held.drop_all()
    make_street(STREET)
    make_street(8, "AB")
    for _ in range(6):
        make_entry(STREET, stage="HANDLING", ratio=1.0, weight=0.1)
    for _ in range(2):
        seal_entries(subdistrict_id=STREET, now=timezone.now(), limit=3)
    for _ in range(2):
        make_entry(STREET)
    make_entry(8)
    seal_entries(subdistrict_id=8, now=timezone.now())
    note("refused", what="cases.dispatch", subdistrict_id=STREET)
    return STREET


def ids(**where: Any) -> list[int]:
    return list(Entry.objects.filter(subdistrict=STREET, **where).order_by("position", "id").values_list("id", flat=True))


def test_an_untouched_log_has_no_findings(street: int) -> None:
    assert verify() == set()
    scheduled.seal_new_entries(timezone.now())
    scheduled.export_heads(timezone.now())
    assert verify() == set()
    assert Entry.objects.filter(subdistrict=STREET).count() == Seal.objects.filter(subdistrict=STREET).latest("number").last == 8


@pytest.mark.parametrize(
    "change",
    [
        "what='cases.closed'",
        "actor='Wang'",
        "post='Other'",
        "account_id=5",
        "object_id=9",
        'facts=\'{"stage": "CLOSED"}\'',
        "at='2020-01-01 00:00:00+00:00'",
    ],
)
@pytest.mark.parametrize("position", [2, None])
def test_names_a_changed_row_sealed_or_not(street: int, change: str, position: int | None) -> None:
    target = ids(position=position)[0]
    sql(f"UPDATE audit_entry SET {change} WHERE subdistrict_id=7 AND id=%s", target)
    assert verify() == {("changed", "Entry", position, target)}


@pytest.mark.parametrize("position", [1, 2, 3, 4])
def test_names_a_deleted_sealed_row(street: int, position: int) -> None:
    target = ids(position=position)[0]
    sql("DELETE FROM audit_entry WHERE subdistrict_id=7 AND id=%s", target)
    assert verify() == {("missing", "Entry", position, target)}


def test_names_the_deleted_last_sealed_row_though_the_journal_is_gone(street: int, audit_folder: Path) -> None:
    for journal in audit_folder.glob("journal-*"):
        journal.unlink()
    target = ids(position=6)[0]
    sql("DELETE FROM audit_entry WHERE subdistrict_id=7 AND id=%s", target)
    assert verify() == {("missing", "Entry", 6, target)}


@pytest.mark.parametrize("which", [0, -1])
def test_names_a_deleted_unsealed_row(street: int, which: int) -> None:
    target = ids(position=None)[which]
    sql("DELETE FROM audit_entry WHERE subdistrict_id=7 AND id=%s", target)
    assert verify() == {("missing", "Entry", None, target)}


def test_names_a_tail_cut_with_its_seal(street: int, audit_folder: Path) -> None:
    for journal in audit_folder.glob("journal-*"):
        journal.unlink()
    sql("DELETE FROM audit_entry WHERE subdistrict_id=7 AND position > 3")
    sql("DELETE FROM audit_seal WHERE subdistrict_id=7 AND number=2")
    assert verify() == {("missing", "Seal", 4, None)}


def test_names_a_whole_chain_that_is_gone(street: int) -> None:
    gone = ids()
    sql("DELETE FROM audit_entry WHERE subdistrict_id=7")
    sql("DELETE FROM audit_seal WHERE subdistrict_id=7")
    assert verify() == {("missing", "Seal", 1, None), *(("missing", "Entry", None, each) for each in gone)}


def test_names_a_seal_taken_out_of_the_middle(street: int) -> None:
    sql("DELETE FROM audit_seal WHERE subdistrict_id=7 AND number=1")
    assert verify() == {("missing", "Seal", 1, None)}


def insert(position: int | None, mark: str) -> int:
    """A row written by hand, a copy of another with a new id."""
    new = (STREET << 46) + 999_999
    columns = (
        "what, object_kind, object_id, at, recorded_at, account_id, appointment_id, actor, post, facts, seal_id, subdistrict_id"
    )
    sql(
        f"INSERT INTO audit_entry (id, position, mark, {columns}) SELECT %s, %s, %s, {columns} FROM audit_entry"
        " WHERE subdistrict_id=7 AND id=%s",
        new,
        position,
        mark,
        ids(position=1)[0],
    )
    return new


@pytest.mark.parametrize("position", [None, 7, 100, -1])
def test_names_an_inserted_row(street: int, position: int | None) -> None:
    copied = Entry.objects.get(subdistrict=STREET, position=1).mark
    new = insert(position, copied)
    assert verify() == {("inserted", "Entry", position, new)}


def test_names_a_row_put_in_anothers_place(street: int) -> None:
    target = ids(position=2)[0]
    sql("DELETE FROM audit_entry WHERE subdistrict_id=7 AND id=%s", target)
    new = insert(2, "0" * 64)
    assert verify() == {("missing", "Entry", 2, target), ("inserted", "Entry", 2, new)}


def swap(one: int, other: int) -> tuple[int, int]:
    first, second = ids(position=one)[0], ids(position=other)[0]
    for position, target in ((None, first), (one, second), (other, first)):
        sql("UPDATE audit_entry SET position=%s WHERE subdistrict_id=7 AND id=%s", position, target)
    return first, second


@pytest.mark.parametrize("other", [3, 5])
def test_names_reordered_rows_within_and_across_seals(street: int, other: int) -> None:
    first, second = swap(1, other)
    assert verify() == {("reordered", "Entry", 1, first), ("reordered", "Entry", other, second)}


def test_names_a_row_taken_out_of_the_chain(street: int) -> None:
    target = ids(position=2)[0]
    sql("UPDATE audit_entry SET position=NULL, seal_id=NULL WHERE subdistrict_id=7 AND id=%s", target)
    assert verify() == {("reordered", "Entry", 2, target)}


def test_names_an_unsealed_row_pushed_into_the_chain(street: int) -> None:
    target = ids(position=None)[0]
    sql("UPDATE audit_entry SET position=7 WHERE subdistrict_id=7 AND id=%s", target)
    assert verify() == {("reordered", "Entry", 7, target)}


def test_names_a_changed_seal(street: int) -> None:
    seal = Seal.objects.get(subdistrict=STREET, number=1)
    sql("UPDATE audit_seal SET ids=%s WHERE subdistrict_id=7 AND number=1", json.dumps(seal.ids[::-1]))
    assert ("changed", "Seal", 1, seal.id) in verify()


def test_names_a_long_unsealed_row(street: int) -> None:
    waiting = ids(position=None)
    assert verify("--unsealed-after", "0") == {("unsealed", "Entry", None, each) for each in waiting}
    assert verify("--unsealed-after", "0", "--subdistrict", "8") == set()


def test_names_a_changed_security_row(street: int) -> None:
    event = SecurityEvent.objects.get(subdistrict=STREET)
    sql("UPDATE audit_securityevent SET actor='Nobody' WHERE subdistrict_id=7 AND id=%s", event.id)
    assert verify() == {("changed", "SecurityEvent", None, event.id)}


def test_names_a_forged_head(street: int, audit_folder: Path) -> None:
    heads = audit_folder / "heads.jsonl"
    heads.write_text(heads.read_text().replace('"number": 2', '"number": 9', 1))
    assert verify() == {("damaged", "jsonl", 2, None)}


def test_says_each_finding_in_one_line(street: int, capsys: pytest.CaptureFixture[str]) -> None:
    target = ids(position=2)[0]
    sql("DELETE FROM audit_entry WHERE subdistrict_id=7 AND id=%s", target)
    with pytest.raises(SystemExit):
        call_command("audit_verify")
    line = capsys.readouterr().out.splitlines()[0]
    assert line.split("\t")[:5] == ["missing", "7", "audit.Entry", "2", str(target)]


def test_what_happens_between_the_files_and_the_rows_is_no_finding(street: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_and_go_on() -> Any:
        outside = witnesses()
        make_entry(STREET)
        assert scheduled.seal_new_entries(timezone.now()) == 3
        return outside

    monkeypatch.setattr(audit_verify, "witnesses", read_and_go_on)
    assert verify() == set()
