"""take_uploads: a form keeps its photos when it comes back, repeats add nothing, and a known place gets what came before it."""

from collections.abc import Sequence

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from shequtong.core.actors import Actor, SystemActor
from shequtong.files.models import Blob
from shequtong.files.originals import read_original
from shequtong.files.testing import CAMERA, NOON, make_owner, photo, upload
from shequtong.files.uploads import MAX_PHOTOS, take_uploads, thumbs, uploads_of
from shequtong.files.usecases import attach_files, settle_photos
from shequtong.testing.statements import watch_statements
from shequtong.testing.town import STREET

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
CLAIM = "form-1"


def post(*files: SimpleUploadedFile, drop: Sequence[Blob] = (), by: Actor = CAMERA) -> HttpRequest:
    data = {"photos": list(files), "drop_photo": [str(blob.pk) for blob in drop]}
    request = RequestFactory().post("/", data)
    request.actor = by  # type: ignore[attr-defined]  # the middleware of access does so
    return request


def take(request: HttpRequest, place: int = STREET) -> tuple[list[Blob], list[str]]:
    return take_uploads(request, "photos", CLAIM, subdistrict_id=place, now=NOON)


def test_what_was_stored_is_there_when_the_form_comes_back() -> None:
    first, errors = take(post(upload(photo("1")), upload(photo("2"))))
    assert (len(first), errors) == (2, [])
    again, errors = take(post())
    assert again == first == uploads_of(CLAIM, STREET)
    assert [each.url for each in thumbs(first, CLAIM)] == [f"/files/{blob.pk}/thumb?claim=form-1" for blob in first]


def test_good_photos_stay_when_one_is_bad() -> None:
    kept, errors = take(post(upload(photo("1")), upload(b"text", "note.txt"), upload(photo("2")), upload(b"", "empty.png")))
    assert len(kept) == 2
    assert [name in error for name, error in zip(("note.txt", "empty.png"), errors, strict=True)] == [True, True]


def test_the_same_photo_is_stored_once() -> None:
    take(post(upload(photo("1")), upload(photo("1"))))
    kept, _ = take(post(upload(photo("1"))))
    assert len(kept) == 1


def test_a_form_sent_again_after_it_was_answered_adds_nothing() -> None:
    kept, _ = take(post(upload(photo("1"))))
    attach_files(ids=[blob.pk for blob in kept], claim=CLAIM, owner=make_owner(STREET), by=CAMERA, now=NOON)
    assert take(post(upload(photo("1")))) == ([], [])
    assert Blob.objects.within(STREET).count() == 1


def test_six_at_most() -> None:
    take(post(*[upload(photo(f"{n}")) for n in range(4)]))
    kept, errors = take(post(*[upload(photo(f"more {n}")) for n in range(4)]))
    assert (len(kept), len(errors)) == (MAX_PHOTOS, 1)
    assert "2" in errors[0]


def test_a_dropped_photo_does_not_come_back() -> None:
    first, second = take(post(upload(photo("1")), upload(photo("2"))))[0]
    assert take(post(drop=[first]))[0] == [second]
    assert take(post())[0] == [second]
    assert take(post(upload(photo("1"))))[0][0] == second


def test_another_forms_photo_cannot_be_dropped() -> None:
    (mine,), _ = take(post(upload(photo("1"))))
    take_uploads(post(drop=[mine]), "photos", "form-2", subdistrict_id=STREET, now=NOON)
    assert uploads_of(CLAIM, STREET) == [mine]


def test_photos_follow_the_matter_to_its_place() -> None:
    (before,), _ = take(post(upload(photo("1"))), place=0)
    (here,), _ = take(post(), place=STREET)
    assert (here.subdistrict_id, here.sha256, here.key.split("/")[0]) == (STREET, before.sha256, str(STREET))
    here.refresh_from_db()
    assert read_original(here) == photo("1")
    assert uploads_of(CLAIM, 0) == []
    assert take(post(), place=STREET)[0] == [here]


def test_costs() -> None:
    take(post(upload(photo("0"))))
    with watch_statements() as without:
        take(post())
    with watch_statements() as with_two:
        take(post(upload(photo("1")), upload(photo("2"))))
    assert (without.total, with_two.total) == (1, 3)


@pytest.mark.parametrize("how_many", [1, 5])
def test_a_first_form_costs_one_statement_whatever_it_brings(how_many: int) -> None:
    take_uploads(post(upload(photo("warm"))), "photos", "form-0", subdistrict_id=STREET, now=NOON)
    request = post(*[upload(photo(f"{n}")) for n in range(how_many)])
    with watch_statements() as seen:
        blobs, errors = take_uploads(request, "photos", CLAIM, subdistrict_id=STREET, now=NOON, came_back=False, settle=False)
    assert (len(blobs), errors, seen.total) == (how_many, [], 1), seen.listing
    assert uploads_of(CLAIM, STREET) == []  # not before it is settled: another request may still be writing the bytes
    settle_photos(blobs)
    assert uploads_of(CLAIM, STREET) == blobs


def test_the_uploader_is_noted() -> None:
    (blob,), _ = take(post(upload(photo("1")), by=SystemActor("Qian", account_id=77)))
    assert blob.account_id == 77
