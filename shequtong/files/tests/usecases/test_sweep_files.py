"""The sweeper: orphans go after a day, originals when their time is over, and an attached photo stays."""

from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from shequtong.files import storage
from shequtong.files.models import Blob
from shequtong.files.originals import read_original
from shequtong.files.testing import CAMERA, NOON, files_in, make_blob, make_owner
from shequtong.files.usecases import attach_files, drop_old_originals, sweep_orphans
from shequtong.testing.statements import watch_statements
from shequtong.testing.town import NEXT_STREET, STREET

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
DAY = timedelta(days=1)
LATER = NOON + DAY + timedelta(minutes=1)


def attached(place: int = STREET) -> Blob:
    blob = make_blob(place, words="attached")
    attach_files(ids=[blob.pk], claim="form-1", owner=make_owner(place), by=CAMERA, now=NOON)
    return Blob.objects.get(pk=blob.pk)


def test_orphans_of_every_place_go_after_a_day_with_all_they_held(folder: Path) -> None:
    orphans, kept = [make_blob(STREET), make_blob(NEXT_STREET), make_blob(0)], attached()
    assert sweep_orphans(now=NOON + DAY) == 0
    with watch_statements():
        assert sweep_orphans(now=LATER) == 3
    for orphan in orphans:
        orphan.refresh_from_db()
        assert (orphan.state, orphan.original_keep_until) == ("swept", None)
        assert not orphan.exif
        assert not orphan.original_key
    assert len(files_in(folder)) == 3
    assert storage.read(kept.key, storage.SHOWN)
    assert sweep_orphans(now=LATER) == 0


def test_a_row_without_bytes_is_swept_as_well() -> None:
    with patch.object(storage, "write", side_effect=OSError), pytest.raises(OSError):
        make_blob(STREET)
    assert sweep_orphans(now=LATER) == 1


def test_goes_on_where_it_was_broken_off(folder: Path) -> None:
    make_blob(STREET)
    with patch.object(storage, "delete", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        sweep_orphans(now=LATER)
    assert Blob.objects.within(STREET).get().state == Blob.State.SWEEPING
    assert sweep_orphans(now=LATER) == 1
    assert files_in(folder) == []


def test_what_is_attached_meanwhile_stays(folder: Path) -> None:
    blob, mine = make_blob(STREET), make_owner(STREET)
    found = list(Blob.objects.within(STREET).orphans(LATER))
    attach_files(ids=[blob.pk], claim="form-1", owner=mine, by=CAMERA, now=NOON)
    with patch(
        "shequtong.files.models.blob.BlobQuerySet.orphans", lambda self, _: self.filter(pk__in=[each.pk for each in found])
    ):
        assert sweep_orphans(now=LATER) == 0
    assert len(files_in(folder)) == 3


def test_originals_go_when_their_retention_ends_and_the_shown_copies_stay() -> None:
    blob = attached()
    assert blob.original_keep_until is not None
    last_day = NOON + (blob.original_keep_until - NOON.date())
    assert drop_old_originals(now=last_day) == 0
    assert read_original(blob)
    with watch_statements():
        assert drop_old_originals(now=last_day + DAY) == 1
    blob.refresh_from_db()
    with pytest.raises(FileNotFoundError):
        read_original(blob)
    assert not blob.exif
    assert storage.read(blob.key, storage.SHOWN)
    assert drop_old_originals(now=last_day + DAY) == 0
