"""The desk's case pages, entered by their addresses: who sees what, what a move answers, what a repeat answers."""

import io
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.translation import gettext, override
from PIL import Image

from shequtong.accounts.testing import signed_in
from shequtong.audit.models import SecurityEvent
from shequtong.cases.lookups import Filters, queue
from shequtong.cases.models import Case, Step
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.core import held
from shequtong.core.submissions import new_submit_key
from shequtong.files.models import Blob
from shequtong.organizations.models import Station
from shequtong.testing.town import MORNING, Town


def browser(town: Town, name: str) -> Client:
    """A browser in which a member of the cast is signed in."""
    return signed_in(town.accounts[name])


def submit_key(page: bytes) -> str:
    """The key of the form on a page."""
    found = re.search(rb'name="submit_key" value="([^"]+)"', page)
    assert found, "the form has no submit key"
    return found.group(1).decode()


def test_the_queue_shows_what_is_within_reach(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    assert case.number in browser(town, "lin").get("/desk/cases/").content.decode()
    assert case.number not in browser(town, "gao").get("/desk/cases/").content.decode()


def test_a_stranger_is_sent_to_sign_in_and_a_resident_finds_nothing(town: Town) -> None:
    answer = Client().get("/desk/cases/?stage=closing")
    assert answer.status_code == 302
    assert "next=%2Fdesk%2Fcases%2F%3Fstage%3Dclosing" in answer["Location"]
    assert browser(town, "qian").get("/desk/cases/").status_code == 404


@pytest.mark.parametrize(("name", "code"), [("chen", 200), ("gao", 404), ("bai", 404), ("wang", 200), ("xu", 200), ("qian", 404)])
def test_who_opens_a_case(town: Town, name: str, code: int) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    assert browser(town, name).get(f"/desk/cases/{case.number}/").status_code == code


def test_who_is_no_party_sees_the_header_without_the_reporters_words(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    page = browser(town, "zhou").get(f"/desk/cases/{case.number}/").content.decode()
    assert case.number in page
    assert "楼道灯" not in page
    assert "1381234" not in page
    assert "138*" not in page


@pytest.mark.parametrize(("name", "code"), [("gao", 200), ("zhou", 200)])
def test_who_told_a_case_reads_no_notes_of_staff_through_a_post_elsewhere(town: Town, name: str, code: int) -> None:
    case = make_case(town, stage=Stage.CLOSED, account_id=town.accounts[name].pk)
    Step.objects.filter(case=case).update(note="只给同事看")
    answer = browser(town, name).get(f"/desk/cases/{case.number}/")
    assert answer.status_code == code
    assert "只给同事看" not in answer.content.decode()
    assert browser(town, name).get(f"/desk/cases/{case.number}/reopen/").status_code == 404


def test_a_dispatch_is_made_once_however_often_it_is_sent(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    client, address = browser(town, "lin"), f"/desk/cases/{case.number}/dispatch/"
    page = client.get(address)
    data = {"submit_key": submit_key(page.content), "to": town.urban.pk, "note": ""}

    answers = [client.post(address, data) for _time in range(3)]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, f"/desk/cases/{case.number}/")}
    assert Step.objects.filter(case=case, move="dispatch").count() == 1


def test_a_refused_move_comes_back_as_the_form(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    client, address = browser(town, "wang"), f"/desk/cases/{case.number}/send_back/"
    answer = client.post(address, {"submit_key": submit_key(client.get(address).content), "note": ""})
    assert answer.status_code == 422
    assert Case.objects.get(pk=case.pk).stage == Stage.HANDLING


def test_a_move_without_the_right_is_not_found_and_noted(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    mine = browser(town, "gao")
    key = _key_of(mine)

    answer = mine.post(f"/desk/cases/{case.number}/dispatch/", {"submit_key": key, "to": town.police.pk})

    assert answer.status_code == 404
    assert SecurityEvent.objects.filter(kind="refused", what="cases.dispatch").exists()
    assert Case.objects.get(pk=case.pk).stage == Stage.REGISTERED


def _key_of(client: Client) -> str:
    """A good key without a page to take it from."""
    request = RequestFactory().get("/")
    request.user = client.get("/desk/").wsgi_request.user
    return new_submit_key(request)


def test_the_contact_is_shown_after_a_reason_and_logged(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    client, address = browser(town, "wang"), f"/desk/cases/{case.number}/contact/"
    page = client.get(address)
    assert "13812345678" not in page.content.decode()

    answer = client.post(address, {"submit_key": submit_key(page.content), "reason": "联系反映人核实地点"})

    assert "13812345678" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert SecurityEvent.objects.filter(kind="revealed", object_id=case.pk).exists()


def test_a_contact_asked_for_twice_is_one_look_and_later_wants_a_reason_again(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    client, address = browser(town, "wang"), f"/desk/cases/{case.number}/contact/"
    form = {"submit_key": submit_key(client.get(address).content), "reason": "联系反映人核实地点"}

    pages = [client.post(address, form) for _press in range(2)]
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        later = client.post(address, form)

    assert [(page.status_code, "13812345678" in page.content.decode()) for page in pages] == [(200, True), (200, True)]
    assert (later.status_code, "13812345678" in later.content.decode()) == (422, False)
    assert SecurityEvent.objects.filter(kind="revealed", object_id=case.pk).count() == 1


def test_a_number_of_nowhere_is_not_found(town: Town) -> None:
    client = browser(town, "chen")
    for number in ("SS-2026-000123-0", "nonsense", "FQ-2026-999999-9"):
        assert client.get(f"/desk/cases/{number}/").status_code == 404
        assert client.get(f"/desk/cases/{number}/dispatch/").status_code == 404


def test_a_missing_station_is_shown_to_the_dispatcher(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    Station.objects.filter(code="SS-housing").update(ended_at=MORNING)
    held.drop_all()

    page = browser(town, "lin").get(f"/desk/cases/{case.number}/dispatch/").content.decode()

    with override("zh-hans"):
        assert gettext("No station for this place") in page
    assert "狮山公安" in page


def test_a_form_that_comes_back_keeps_its_photo(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING, cls="0110")
    client, address = browser(town, "wang"), f"/desk/cases/{case.number}/handle/"
    key = submit_key(client.get(address).content)
    photo = SimpleUploadedFile("after.jpg", _jpeg(), "image/jpeg")

    refused = client.post(address, {"submit_key": key, "note": "", "photos": photo})
    assert refused.status_code == 422
    assert 'name="photos_kept"' in refused.content.decode()
    accepted = client.post(address, {"submit_key": key, "note": "已清运干净", "photos_kept": "1"})

    assert accepted.status_code == 302
    assert Blob.objects.get(owner_id=case.pk).label == "after"
    assert Case.objects.get(pk=case.pk).stage == Stage.VERIFICATION


def _jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 240), (90, 120, 150)).save(out, "JPEG")
    return out.getvalue()


def test_pages_of_the_queue_follow_one_another_without_gap_or_repeat(town: Town) -> None:
    numbers = [make_case(town, now=MORNING + timedelta(minutes=at // 2)).number for at in range(7)]  # equal due times too
    actor, now = town.chen, MORNING
    seen, after = [], None
    while True:
        page = queue(actor, Filters(after=after), now, page=3)
        seen += [case.number for case in page.rows]
        if page.next is None:
            break
        after = page.next
    assert sorted(seen) == sorted(numbers)
    assert page.previous is not None
    back = queue(actor, Filters(before=page.previous), now, page=3)
    assert [case.number for case in back.rows] == seen[3:6]
    assert (back.next, back.previous) != (None, None)
