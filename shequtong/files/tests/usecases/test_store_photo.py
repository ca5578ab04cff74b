"""store_photo: the row before the bytes, the answer after both; the original sealed, the rest plain."""

import json
import re
import stat
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from shequtong.files import envelope, exif, storage
from shequtong.files.models import Blob
from shequtong.files.originals import read_original
from shequtong.files.photos import prepare_photo
from shequtong.files.testing import CAMERA, NOON, draw, encoded, files_in, make_blob, photo
from shequtong.files.usecases import store_photos
from shequtong.testing.statements import watch_statements
from shequtong.testing.town import STREET, Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]


def test_row_and_three_files(folder: Path) -> None:
    blob = make_blob(STREET)
    blob.refresh_from_db()
    assert blob.state == Blob.State.STORED
    assert re.fullmatch(
        rf"{STREET}/2026/04/[0-9a-f]{{8}}-[0-9a-f]{{4}}-7[0-9a-f]{{3}}-[89ab][0-9a-f]{{3}}-[0-9a-f]{{12}}", blob.key
    )
    assert [path.name.split(".", 1)[1] for path in files_in(folder)] == ["original", "shown.jpg", "thumb.jpg"]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files_in(folder))
    assert all(stat.S_IMODE(path.parent.stat().st_mode) == 0o700 for path in files_in(folder))
    assert storage.read(blob.key, storage.SHOWN).startswith(b"\xff\xd8")


@pytest.mark.parametrize("algorithm", [envelope.AES, envelope.SM4])
def test_the_original_is_sealed_and_comes_back_as_it_was(folder: Path, algorithm: str) -> None:
    data = photo("original")
    with patch.object(
        envelope,
        "new_key",
        lambda: f"{algorithm}:{'A' * (43 if algorithm == envelope.AES else 22)}=" + "=" * (algorithm == envelope.SM4),
    ):
        (blob,) = store_photos(photos=[prepare_photo(data)], subdistrict_id=STREET, claim="c", by=CAMERA, now=NOON)
    kept = storage.read(blob.key, storage.ORIGINAL)
    assert data[100:140] not in kept
    assert read_original(Blob.objects.get(pk=blob.pk)) == data
    changed = kept[:-20] + bytes([kept[-20] ^ 1]) + kept[-19:]
    for wrong, name in ((changed, blob.key), (kept, "another/key")):
        with pytest.raises(envelope.CannotOpenError):
            envelope.open_(wrong, blob.original_key.reveal(), name)


def test_what_the_camera_said_is_sealed() -> None:
    data = encoded(draw(), taken="2026:04:13 12:30:00", gps=True, note="张三家")
    (blob,) = store_photos(photos=[prepare_photo(data)], subdistrict_id=STREET, claim="c", by=CAMERA, now=NOON)
    blob.refresh_from_db()
    found = json.loads(blob.exif.reveal())
    assert exif.position(found) == pytest.approx((120.585277, 31.298888), abs=1e-5)
    assert blob.taken_at is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT exif, original_key FROM files_blob")
        stored = str(cursor.fetchall())
    assert "GPSLatitude" not in stored
    assert "AES" not in stored.replace("aes256gcm", "")


def test_any_number_costs_two_statements() -> None:
    make_blob(STREET)
    found = [prepare_photo(photo(f"{n}")) for n in range(4)]
    with watch_statements() as seen:
        store_photos(photos=found, subdistrict_id=STREET, claim="c", by=CAMERA, now=NOON)
    assert seen.total == 2, seen.listing


def test_the_row_stands_before_the_bytes_and_the_bytes_before_the_answer(folder: Path) -> None:
    seen: list[tuple[str, int]] = []
    write = storage.write

    def note(key: str, variant: str, data: bytes) -> None:
        seen.append((Blob.objects.get(key=key).state, len(files_in(folder))))
        if variant == storage.THUMB:
            raise OSError("disk full")
        write(key, variant, data)

    with patch.object(storage, "write", note), pytest.raises(OSError, match="disk full"):
        make_blob(STREET)
    assert seen == [("pending", 0), ("pending", 1), ("pending", 2)]
    assert Blob.objects.within(STREET).get().state == Blob.State.PENDING


def test_a_key_is_never_used_twice(folder: Path) -> None:
    blob = make_blob(STREET)
    with pytest.raises(FileExistsError):
        storage.write(blob.key, storage.SHOWN, b"other")
    assert len(files_in(folder)) == 3


def test_originals_are_kept_as_long_as_the_settings_say(settings: Settings) -> None:
    settings.FILES_KEEP_ORIGINALS_DAYS = 10
    assert make_blob(STREET).original_keep_until == NOON.date().replace(day=23)


@pytest.mark.django_db(transaction=True)
def test_is_refused_inside_a_transaction(town: Town) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError):
        make_blob(STREET)
