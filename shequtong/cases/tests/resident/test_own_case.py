"""One's matter again: with number and key or signed in; evaluate once, reopen in time; and what nobody else gets to see."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from shequtong.accounts.testing import make_account, signed_in
from shequtong.cases import usecases
from shequtong.cases.models import Case, Evaluation
from shequtong.cases.testing import make_case
from shequtong.cases.tests.resident.browser import Phone
from shequtong.cases.tests.resident.test_report import WORDS, to_send
from shequtong.cases.workflow import Stage
from shequtong.files.models import Blob
from shequtong.files.testing import make_blob, photo, upload
from shequtong.files.usecases import attach_files
from shequtong.testing.town import STREET, Town

pytestmark = pytest.mark.usefixtures("watched_requests")
TOLD = "楼道灯坏了三天"


def key_of(case: Case) -> str:
    assert case.reporter is not None
    return str(case.reporter.key.reveal())


def closed_lately(town: Town, days: int = 1) -> Case:
    """A case that was closed some days ago."""
    return make_case(town, stage=Stage.CLOSED, now=timezone.now() - timedelta(days=days))


def unlocked(case: Case) -> Phone:
    phone = Phone().open("/r/")
    return phone.press(phone.form("key"), number=case.number, key=key_of(case))


def test_number_and_key_open_the_matter_in_any_spelling(town: Town) -> None:
    case = make_case(town)
    phone = Phone().open("/r/")
    key = key_of(case)
    phone.press(phone.form("key"), number=f" {case.number.lower()} ", key=f"{key[:4].lower()} {key[4:]}")
    assert phone.address == f"/r/{case.number}/"
    assert TOLD in phone.text
    assert "枫桥路12号3幢" in phone.text


def test_the_public_page_tells_no_words_no_address_no_name(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSED)
    page = Phone().open(f"/r/{case.number}/").text
    assert "馨泰社区" in page
    assert "楼道灯已于今日修复" in page  # the published answer
    for secret in (TOLD, "枫桥路", "第一网格", "赵小燕", "1381234", "138*", key_of(case), "王强", "狮山公安"):
        assert secret not in page


def test_an_answer_that_was_not_published_is_for_the_reporter_alone(town: Town) -> None:

    case = make_case(town, stage=Stage.CLOSING)
    usecases.answer_case(number=case.number, text="只告诉您本人的答复。", publish=False, by=town.lin, now=timezone.now())
    assert "只告诉您本人" not in Phone().open(f"/r/{case.number}/").text
    assert "只告诉您本人" in unlocked(case).text


def test_the_reporter_sees_stations_and_never_the_names_of_staff(town: Town) -> None:
    page = unlocked(make_case(town, stage=Stage.HANDLING)).text
    assert "狮山公安" in page
    for name in ("王强", "林", "沈"):
        assert name not in page.replace(TOLD, "")


@pytest.mark.parametrize("wrong", ["number", "key"])
def test_a_wrong_number_and_a_wrong_key_look_the_same(town: Town, wrong: str) -> None:
    case, other = make_case(town), make_case(town)
    ghost = Case(year=case.year, serial=case.serial + 5000, letters=case.letters).number
    phone = Phone().open("/r/")
    typed = {"number": ghost if wrong == "number" else case.number, "key": key_of(case) if wrong == "number" else key_of(other)}
    phone.press(phone.form("key"), **typed)
    assert phone.page.status_code == 422
    assert "do not belong together" in phone.text or "对不上" in phone.text
    assert not phone.client.session.get("held")


def test_trying_keys_is_slowed_down_even_for_the_right_one(town: Town) -> None:
    case = make_case(town)
    phone = Phone().open("/r/")
    for _time in range(6):
        phone.press(phone.form("key"), number=case.number, key="22222222")
    assert phone.page.status_code == 429
    phone.press(phone.form("key"), number=case.number, key=key_of(case))
    assert phone.page.status_code == 429
    assert TOLD not in phone.open(f"/r/{case.number}/").text


def test_tries_from_elsewhere_lock_no_reporter_out(town: Town) -> None:
    case = make_case(town)
    for one in range(30):
        stranger = Phone(Client(REMOTE_ADDR=f"198.51.100.{one}")).open("/r/")
        stranger.press(stranger.form("key"), number=case.number, key="22222222")
        assert stranger.page.status_code == 422
    assert TOLD in unlocked(case).text


def test_a_number_that_names_nothing_is_a_plain_page(town: Town) -> None:
    number = make_case(town).number
    wrong = f"{number[:-1]}{'0' if number[-1] != '0' else '1'}"
    for mistyped in (wrong, "XX-2026-000001-A", "nonsense", "%00", "SS-2026-999999-9"):
        assert Client().get(f"/r/{mistyped}/").status_code == 404
        assert Client().get(f"/report/done/{mistyped}/").status_code == 404


@pytest.mark.parametrize("who", ["anonymous", "qian", "gao", "xu"])
def test_nobody_else_sees_words_photo_evaluation_or_reopening(town: Town, who: str) -> None:
    phone = to_send(town)
    phone.press(phone.form("cls"), files=[upload(photo())])
    case, blob = Case.objects.get(), Blob.objects.get()
    other = Client() if who == "anonymous" else signed_in(town.accounts[who])
    assert WORDS[:5] not in other.get(f"/r/{case.number}/").content.decode()
    assert other.get(f"/files/{blob.pk}/shown").status_code == 404
    assert phone.client.get(f"/files/{blob.pk}/shown").status_code == 200
    for verb in ("evaluate", "reopen"):
        assert other.get(f"/r/{case.number}/{verb}/").status_code == 404
        assert other.post(f"/r/{case.number}/{verb}/", {"solved": "yes", "score": 5, "note": "没有解决"}).status_code == 404
    assert not case.evaluations.exists()


def test_evaluated_once_for_one_closing(town: Town) -> None:
    case = closed_lately(town)
    phone = unlocked(case)
    phone.open(f"/r/{case.number}/evaluate/")
    form = phone.form("comment")
    phone.press(form)
    assert phone.page.status_code == 422  # nothing chosen
    phone.press(form, solved="yes", score="4", comment="很快")
    assert phone.address == f"/r/{case.number}/"
    phone.press(form, solved="no", score="1")
    found = Evaluation.objects.get()
    assert (found.solved, found.score, found.comment) == (True, 4, "很快")
    again = phone.open(f"/r/{case.number}/evaluate/")
    assert all("comment" not in form.names for form in again.forms)


def test_reopened_in_time_and_not_too_late(town: Town) -> None:
    case = closed_lately(town, days=14)
    phone = unlocked(case)
    phone.open(f"/r/{case.number}/reopen/")
    phone.press(phone.form("note"), note="灯又不亮了")
    case.refresh_from_db()
    assert (case.stage, case.reopen_count) == (Stage.REGISTERED, 1)
    assert phone.address == f"/r/{case.number}/"

    old = closed_lately(town, days=16)
    phone = unlocked(old)
    phone.open(f"/r/{old.number}/reopen/")
    assert all("note" not in form.names for form in phone.forms)
    phone.open("/r/")
    key = dict(phone.form("key").fields)["submit_key"]
    answer = phone.client.post(f"/r/{old.number}/reopen/", {"note": "灯又不亮了", "submit_key": key})
    assert answer.status_code == 422
    old.refresh_from_db()
    assert old.stage == Stage.CLOSED


def test_my_matters_are_mine_and_come_page_by_page(town: Town) -> None:
    account = make_account()
    mine = [make_case(town, account_id=account.pk, now=timezone.now() - timedelta(minutes=n)) for n in range(23)]
    foreign = make_case(town, account_id=town.accounts["qian"].pk)
    phone = Phone(signed_in(account)).open("/me/")
    first = phone.text
    assert sum(case.number in first for case in mine) == 20
    assert foreign.number not in first
    phone.open("/me/" + next(link for link in phone.links if link.startswith("?after=")))
    assert [case.number in phone.text for case in mine] == [False] * 20 + [True] * 3


def test_my_matters_when_there_are_none_and_when_nobody_is_signed_in(town: Town) -> None:
    assert "/report/" in Phone(signed_in(make_account())).open("/me/").links
    stranger = Phone().open("/me/")
    assert "/sign-in/?next=/me/" in stranger.links
    case = make_case(town)
    phone = unlocked(case).open("/me/")
    assert case.number in phone.text


@pytest.mark.parametrize("after", ["x", "2026-01-01_1", "_", "2026-01-01T00:00:00+00:00_99999999999999999999999"])
def test_a_made_up_page_of_my_matters_is_no_error(town: Town, after: str) -> None:
    assert signed_in(make_account()).get("/me/", {"after": after}).status_code == 200


def test_the_reporter_sees_photos_from_before_and_staff_those_from_after(town: Town) -> None:
    account = make_account()
    case = make_case(town, account_id=account.pk, stage=Stage.HANDLING)
    blobs = {}
    for label in ("before", "after"):
        blobs[label] = make_blob(STREET, f"form-{label}", words=label)
        attach_files(ids=[blobs[label].pk], claim=f"form-{label}", owner=case, label=label, by=town.wang, now=timezone.now())
    seen = {
        name: [label for label, blob in blobs.items() if client.get(f"/files/{blob.pk}/shown").status_code == 200]
        for name, client in (
            ("reporter", signed_in(account)),
            *((name, signed_in(town.accounts[name])) for name in ("wang", "chen", "gao")),
        )
    }
    assert seen == {"reporter": ["before"], "wang": ["before", "after"], "chen": ["before", "after"], "gao": []}


def test_the_number_alone_leads_to_what_anybody_may_know(town: Town) -> None:
    number = make_case(town).number
    phone = Phone().open("/r/")
    phone.press(phone.form("number"), number=f" {number.lower().replace('-', ' ')} ", key="")
    assert phone.address == f"/r/{number}/"  # however it was typed
    assert "楼道灯坏了三天" not in phone.text


def test_ones_own_reason_for_reopening_stands_in_the_story(town: Town) -> None:
    account = make_account(phone="13998765432")
    case = make_case(town, stage=Stage.CLOSED, now=timezone.now() - timedelta(hours=3), account_id=account.pk)
    phone = Phone(signed_in(account)).open(f"/r/{case.number}/reopen/")
    phone.press(phone.form("note"), note="这周六又六点敲墙。")
    assert "这周六又六点敲墙。" in phone.text
