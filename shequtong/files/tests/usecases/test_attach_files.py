"""attach_files: only what was uploaded for this very form, here, once."""

from datetime import timedelta

import pytest
from django.db import transaction

from shequtong.core.locality import Local
from shequtong.core.models import Submission
from shequtong.files.models import Blob
from shequtong.files.photos import prepare_photo
from shequtong.files.testing import CAMERA, NOON, make_blob, make_owner, photo
from shequtong.files.usecases import CannotAttach, attach_files, store_photos, sweep_orphans
from shequtong.testing.statements import watch_statements
from shequtong.testing.town import NEXT_STREET, STREET

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]


def attach(*blobs: Blob, claim: str = "form-1", to: Local | None = None) -> int:
    return attach_files(
        ids=[blob.pk for blob in blobs],
        claim=claim,
        owner=to or make_owner(STREET),
        by=CAMERA,
        now=NOON,
        label="after",
        detail_id=9,
    )


def test_attaches_all_by_one_statement() -> None:
    first, second, mine = make_blob(STREET), make_blob(STREET, words="2"), make_owner(STREET)
    with watch_statements() as seen:
        assert attach(first, second, to=mine) == 2
    assert seen.total == 1
    assert [(blob.pk, blob.label, blob.detail_id) for blob in Blob.objects.of(mine)] == [
        (first.pk, "after", 9),
        (second.pk, "after", 9),
    ]


def test_nothing_is_nothing() -> None:
    with watch_statements() as seen:
        assert attach(to=Submission(subdistrict_id=STREET)) == 0
    assert seen.total == 0


@pytest.mark.parametrize("claim", ["form-2", ""])
def test_refuses_what_another_form_uploaded(claim: str) -> None:
    blob = make_blob(STREET)
    with pytest.raises(CannotAttach):
        attach(blob, claim=claim)
    assert Blob.objects.get(pk=blob.pk).owner_kind == ""


def test_refuses_all_when_one_is_not_free() -> None:
    used, free = make_blob(STREET), make_blob(STREET, words="2")
    attach(used)
    with pytest.raises(CannotAttach), transaction.atomic():
        attach(used, free)
    assert Blob.objects.get(pk=free.pk).owner_kind == ""


def test_refuses_what_lies_in_another_street() -> None:
    with pytest.raises(CannotAttach):
        attach(make_blob(NEXT_STREET))


def test_settles_what_was_written_just_now() -> None:
    photos = [prepare_photo(photo("1")), prepare_photo(photo("2"))]
    first, second = store_photos(photos=photos, subdistrict_id=STREET, claim="form-1", by=CAMERA, now=NOON, settle=False)
    assert Blob.objects.get(pk=first.pk).state == "pending"
    assert attach(first, second) == 2
    assert {blob.state for blob in Blob.objects.within(STREET)} == {"stored"}


def test_refuses_what_is_being_swept() -> None:
    blob = make_blob(STREET)
    Blob.objects.filter(pk=blob.pk).update(state=Blob.State.SWEEPING)
    with pytest.raises(CannotAttach):
        attach(blob)


def test_refuses_what_was_swept() -> None:
    blob = make_blob(STREET)
    sweep_orphans(now=NOON + timedelta(days=2))
    with pytest.raises(CannotAttach):
        attach(blob)
