"""The address of a photo: its owner decides, the browser may keep it, the original has none."""

import re
from collections.abc import Iterator

import pytest
from django.core.exceptions import RequestDataTooBig
from django.test import Client, RequestFactory
from pytest_django import Settings

from shequtong.core.actors import Actor
from shequtong.files import owners, storage
from shequtong.files.models import Blob
from shequtong.files.testing import CAMERA, NOON, make_blob, make_owner, photo, upload
from shequtong.files.usecases import attach_files
from shequtong.testing.statements import watch_statements
from shequtong.testing.town import STREET, Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened_to() -> Iterator[set[tuple[int | None, int]]]:
    """(account, owner) pairs that the owners of this test let through."""
    let: set[tuple[int | None, int]] = set()

    def may_see(actor: Actor, owner_id: int, label: str) -> bool:
        return (actor.account_id, owner_id) in let

    owners.register("core.Submission", may_see)
    yield let
    del owners._owners["core.Submission"]


def attached(town: Town) -> Blob:
    blob = make_blob(STREET)
    attach_files(ids=[blob.pk], claim="form-1", owner=make_owner(STREET), by=CAMERA, now=NOON)
    return Blob.objects.get(pk=blob.pk)


def browser(town: Town, name: str) -> Client:
    client = Client()
    client.force_login(town.accounts[name])
    return client


def address(blob: Blob, variant: str = "shown") -> str:
    return f"/files/{blob.pk}/{variant}"


def worded(page: bytes) -> bytes:
    """A page without what is new in each answer: keys of forms, the number of the request, the address asked for."""
    return re.sub(rb'(value|action|href)="[^"]*"|\w*\d\w*', b"", page)


def test_the_owner_decides_and_absent_looks_like_forbidden(town: Town, opened_to: set[tuple[int | None, int]]) -> None:
    blob = attached(town)
    assert blob.owner_id is not None
    opened_to.add((town.accounts["chen"].pk, blob.owner_id))
    assert browser(town, "chen").get(address(blob)).status_code == 200
    for client in (browser(town, "gao"), browser(town, "qian"), Client()):
        forbidden, absent = client.get(address(blob)), client.get(f"/files/{blob.pk + 1}/shown")
        assert forbidden.status_code == absent.status_code == 404
        assert worded(forbidden.content) == worded(absent.content)
        assert forbidden.headers.keys() == absent.headers.keys()


def test_without_an_owner_that_answers_nobody_sees_it(town: Town) -> None:
    assert browser(town, "chen").get(address(attached(town))).status_code == 404


def test_headers(town: Town, opened_to: set[tuple[int | None, int]]) -> None:
    blob = attached(town)
    opened_to.add((town.accounts["chen"].pk, blob.owner_id or 0))
    client = browser(town, "chen")
    with watch_statements():
        answer = client.get(address(blob))
    headers = answer.headers
    assert answer.content == storage.read(blob.key, storage.SHOWN)
    assert (headers["Content-Type"], headers["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert headers["Cache-Control"].startswith("private,")
    assert "immutable" in headers["Cache-Control"]
    assert headers["Content-Disposition"].startswith("inline")
    assert "sandbox" in headers["Content-Security-Policy"]
    same = client.get(address(blob), headers={"if-none-match": headers["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    thumb = client.get(address(blob, "thumb"), headers={"if-none-match": headers["ETag"]})
    assert (thumb.status_code, thumb.content) == (200, storage.read(blob.key, storage.THUMB))


def test_a_kept_copy_is_not_confirmed_to_who_lost_the_right(town: Town, opened_to: set[tuple[int | None, int]]) -> None:
    blob = attached(town)
    opened_to.add((town.accounts["chen"].pk, blob.owner_id or 0))
    client = browser(town, "chen")
    etag = client.get(address(blob)).headers["ETag"]
    opened_to.clear()
    assert client.get(address(blob), headers={"if-none-match": etag}).status_code == 404


@pytest.mark.parametrize("variant", ["original", "thumb.jpg", "../shown", ""])
def test_the_original_has_no_address(town: Town, opened_to: set[tuple[int | None, int]], variant: str) -> None:
    blob = attached(town)
    opened_to.add((town.accounts["chen"].pk, blob.owner_id or 0))
    assert browser(town, "chen").get(address(blob, variant)).status_code == 404


@pytest.mark.parametrize("number", ["0", str(1 << 62), str(1 << 63), "9" * 40])
def test_a_senseless_number_is_absent(number: str) -> None:
    assert Client().get(f"/files/{number}/shown").status_code == 404


def test_nginx_sends_the_bytes_where_it_is_set_up(town: Town, opened_to: set[tuple[int | None, int]], settings: Settings) -> None:
    settings.FILES_X_ACCEL = "/protected/"
    blob = attached(town)
    opened_to.add((town.accounts["chen"].pk, blob.owner_id or 0))
    answer = browser(town, "chen").get(address(blob))
    assert (answer.content, answer.headers["X-Accel-Redirect"]) == (b"", f"/protected/{blob.key}.shown.jpg")


def test_before_it_is_attached_only_the_form_sees_it(town: Town) -> None:
    blob, client = make_blob(STREET), browser(town, "chen")
    assert client.get(address(blob, "thumb"), {"claim": "form-1"}).status_code == 200
    for claim in ({"claim": "form-2"}, {"claim": ""}, {}):
        assert client.get(address(blob, "thumb"), claim).status_code == 404
    attach_files(ids=[blob.pk], claim="form-1", owner=make_owner(STREET), by=CAMERA, now=NOON)
    assert client.get(address(blob, "thumb"), {"claim": "form-1"}).status_code == 404


def test_a_kind_of_owner_is_decided_in_one_place(opened_to: set[tuple[int | None, int]]) -> None:
    with pytest.raises(ValueError, match=r"core\.Submission"):
        owners.register("core.Submission", lambda _actor, _owner, _label: True)


def test_uploads_stay_in_memory_and_too_many_at_once_are_refused_unread(settings: Settings) -> None:
    request = RequestFactory().post("/", {"photos": upload(photo() + b"\0" * 5_000_000)})
    assert not hasattr(request.FILES["photos"], "temporary_file_path")
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    with pytest.raises(RequestDataTooBig):
        _ = RequestFactory().post("/", {"photos": upload(photo())}).FILES
