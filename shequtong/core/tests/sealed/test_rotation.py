"""Rotation: every value comes under the new key, a killed run is taken up, edits meanwhile stand, old keys go last."""

import io
import os
import signal
import time
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from shequtong.core import keys
from shequtong.core.management.commands import rotate_keys
from shequtong.core.sealed import SealError, hashes_of, rotation
from shequtong.core.sealed.rotation import Table
from shequtong.core.tests.sealed.models import Desk, Neighbour

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _only_the_probes(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [table for model in (Neighbour, Desk) if (table := rotation.table_of(model))]
    monkeypatch.setattr(rotation, "tables", lambda: found)
    monkeypatch.setattr(rotate_keys, "SETTLE_SECONDS", 0)
    monkeypatch.setattr(rotation, "BATCH", 10)


def people(count: int) -> list[Neighbour]:
    made = [Neighbour(name=f"张{n}", phone=f"1380000{n:04}", id_number=f"32050519900101{n:04}") for n in range(count)]
    return Neighbour.objects.bulk_create([*made, Neighbour(name="无电话", phone="")])


def rotate(*flags: str) -> str:
    out = io.StringIO()
    call_command("rotate_keys", *flags, stdout=out, stderr=out)
    return out.getvalue()


def key_ids() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone, id_number, phone_hash, id_number_hash FROM sealed_probe_neighbour")
        values = [value for row in cursor.fetchall() for value in row if value]
    return {value.split(".")[1 if value.startswith("1.") else 0] for value in values}


def test_everything_comes_under_the_new_key_and_the_old_one_goes() -> None:
    people(25)
    old = keys.ring().current_id
    said = rotate()
    new = keys.ring().current_id

    assert key_ids() == {new} != {old}
    assert "26 rows resealed" in said
    assert "26 rows wait" not in rotate("--status")
    found = Neighbour.objects.get(phone_hash__in=hashes_of("phone", "13800000007"))
    assert (found.name.reveal(), found.phone.reveal()) == ("张7", "13800000007")
    assert Neighbour.objects.get(name__isnull=False, phone="").phone_hash == ""

    rotate("--finish")
    assert set(keys.ring().keys) == {new}
    assert Neighbour.objects.first() is not None
    assert old in (keys.folder() / "retired.json").read_text()
    rotate("--bring-back", old)
    assert set(keys.ring().keys) == {old, new}
    assert keys.ring().current_id == new


def test_nothing_is_retired_while_a_value_is_under_the_old_key() -> None:
    people(3)
    rotate()
    stale = keys.ring().old[0].id
    keys.change_ring(lambda before: before.using(stale))
    Neighbour.objects.create(name="迟到", phone="13900000000")
    keys.change_ring(lambda before: before.using(max(before.keys)))

    with pytest.raises(CommandError, match="1 rows are still under an old key"):
        rotate("--finish")
    assert stale in keys.ring().keys
    rotate()
    rotate("--finish")
    assert stale not in keys.ring().keys


def test_an_edit_between_reading_and_writing_is_not_overwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    victim = people(3)[1]
    real = rotation._resealed

    def slow(table: Table, row: dict[str, Any]) -> dict[str, Any]:
        changes = real(table, row)
        if row["pk"] == victim.pk:
            edited = Neighbour.objects.get(pk=victim.pk)
            edited.phone = "13911112222"
            edited.save()
        return changes

    monkeypatch.setattr(rotation, "_resealed", slow)
    rotate()
    monkeypatch.setattr(rotation, "_resealed", real)

    assert Neighbour.objects.get(pk=victim.pk).phone.reveal() == "13911112222"
    assert Neighbour.objects.get(phone_hash__in=hashes_of("phone", "13911112222")).pk == victim.pk
    rotate()
    rotate("--finish")


def test_a_value_that_does_not_open_is_named_and_keeps_the_old_key() -> None:
    bad = people(3)[0]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sealed_probe_neighbour SET name = name || 'AAAA' WHERE id = %s", [bad.pk])
    out = io.StringIO()
    with pytest.raises(CommandError, match="do not open"):
        call_command("rotate_keys", stdout=out, stderr=out)
    assert f"{bad.pk}: does not open" in out.getvalue()
    with pytest.raises(CommandError, match="still under"):
        rotate("--finish")
    with pytest.raises(SealError):
        Neighbour.objects.get(pk=bad.pk).name.reveal()


def test_a_prepared_key_is_the_next_one() -> None:
    people(1)
    rotate("--prepare")
    prepared = keys.ring(fresh=True).prepared
    assert prepared is not None
    rotate("--prepare")
    rotate()
    assert keys.ring().current_id == prepared.id
    assert len(keys.ring().keys) == 2


@pytest.mark.crash
@pytest.mark.usefixtures("really_written")
def test_a_killed_rotation_leaves_all_readable_and_is_taken_up() -> None:
    made = people(120)
    told, tell = os.pipe()
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            for table in _begin():
                for _ in rotation.reseal(table):
                    os.write(tell, b".")
                    time.sleep(0.05)
        finally:
            os._exit(0)
    assert os.read(told, 1) == b"."
    os.read(told, 1)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)

    keys.ring(fresh=True)
    assert len(key_ids()) == 2
    for each in Neighbour.objects.filter(pk__in=[one.pk for one in made[:120]]):
        assert each.phone.reveal().startswith("138")
        assert Neighbour.objects.filter(phone_hash__in=hashes_of("phone", each.phone.reveal())).get() == each
    assert "Going on" in rotate()
    assert key_ids() == {keys.ring().current_id}
    rotate("--finish")


def _begin() -> list[Table]:
    rotate_keys.Command(stdout=io.StringIO())._prepare()
    keys.change_ring(lambda before: before.using(before.prepared.id) if before.prepared else before)
    return rotation.tables()
