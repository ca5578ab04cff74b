"""Printing through its doors: the slip at once and never kept, its key only for who is shown it anyway, file and sheet as tasks, all logged."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext, override
from pytest_django import Settings

from shequtong.accounts.testing import signed_in
from shequtong.audit.models import Entry
from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.tests.desk.test_pages import browser, submit_key
from shequtong.cases.tests.paper import tight, words_of
from shequtong.cases.usecases import print_case, print_daily_sheet
from shequtong.cases.usecases.print_case import FILE, SLIP
from shequtong.cases.views.printing import KEY_LASTS
from shequtong.cases.workflow import Stage
from shequtong.core.refusals import Forbidden
from shequtong.files import storage
from shequtong.files.models import Blob
from shequtong.tasks.models import Task
from shequtong.tasks.testing import turn
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town


def printed(case: Case) -> list[str]:
    """Which documents of a case were printed, as the log has it."""
    found = Entry.objects.filter(subdistrict=case.subdistrict_id, what="cases.printed", object_id=case.pk).order_by("id")
    return [entry.facts["document"] for entry in found]


def taken_in(town: Town, client: Client) -> tuple[Case, str]:
    """A case taken in at the window just now, in this browser, and the link to its slip on the page that one is led to."""
    address = f"/desk/cases/new/?building={town.building.pk}"
    told = {
        "building": town.building.pk,
        "channel": "window",
        "cls": "L01",
        "text": "楼道灯坏了三天",
        "name": "赵小燕",
        "phone": "13812345678",
    }
    answer = client.post(address, {**told, "consent": "on", "submit_key": submit_key(client.get(address).content)})
    assert answer.status_code == 302, answer.content.decode()
    number = urlsplit(answer["Location"]).path.rstrip("/").rpartition("/")[2]
    page = client.get(answer["Location"]).content.decode()
    links = re.findall(rf'href="(/desk/cases/{number}/slip/[^"]*)"', page)
    assert len(links) == 1, links
    return Case.objects.numbered(number).select_related("reporter").get(), unescape(links[0])


def key_of(case: Case) -> str:
    """The key its reporter was given."""
    assert case.reporter is not None
    key: str = case.reporter.key.reveal()
    return key


def test_the_slip_of_an_intake_carries_the_key_once_in_that_session(town: Town) -> None:
    client = browser(town, "shen")
    case, slip = taken_in(town, client)

    answer = client.get(slip)

    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert key_of(case) in words_of(answer.content)
    assert printed(case) == ["slip"]
    for another in (browser(town, "shen"), browser(town, "chen")):  # the same account elsewhere, and somebody else
        assert key_of(case) not in words_of(another.get(slip).content)
    assert key_of(case) not in words_of(client.get(slip.partition("?")[0]).content)
    other, _link = taken_in(town, client)
    moved = slip.replace(case.number, other.number)
    assert key_of(other) not in words_of(client.get(moved).content)
    with time_machine.travel(timezone.now() + KEY_LASTS + timedelta(minutes=1), tick=False):
        assert key_of(case) not in words_of(client.get(slip).content)


def test_the_page_of_prints_hands_the_proof_on(town: Town) -> None:
    client = browser(town, "shen")
    case, slip = taken_in(town, client)
    page = client.get(slip.replace("/slip/", "/print/")).content.decode()
    assert slip in unescape(page)
    assert slip not in unescape(client.get(f"/desk/cases/{case.number}/print/").content.decode())


def test_no_key_of_a_slip_lies_in_a_file_or_in_the_log(town: Town) -> None:
    client = browser(town, "shen")
    case, slip = taken_in(town, client)
    client.get(slip)
    assert not Blob.objects.filter(subdistrict=case.subdistrict_id).exists()
    assert not Task.objects.filter(subdistrict=case.subdistrict_id).exists()
    for entry in Entry.objects.filter(subdistrict=case.subdistrict_id):
        assert key_of(case) not in str(entry.facts)
    assert key_of(case) not in str(dict(client.session))


@pytest.mark.parametrize(
    ("name", "slip", "page"), [("chen", 200, 200), ("wang", 200, 200), ("gao", 404, 404), ("zhou", 404, 404), ("xu", 404, 404)]
)
def test_only_parties_print_a_case(town: Town, name: str, slip: int, page: int) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    assert browser(town, name).get(f"/desk/cases/{case.number}/slip/").status_code == slip
    assert browser(town, name).get(f"/desk/cases/{case.number}/print/").status_code == page
    assert printed(case) == (["slip"] if slip == 200 else [])


def test_who_told_it_prints_their_own_slip_and_no_file(town: Town) -> None:
    case = make_case(town, account_id=town.accounts["qian"].pk)
    case = Case.objects.select_related("reporter").get(pk=case.pk)
    mine = signed_in(town.accounts["qian"])
    assert key_of(case) in words_of(mine.get(f"/report/done/{case.number}/slip/").content)
    assert mine.get(f"/desk/cases/{case.number}/print/").status_code == 404
    assert signed_in(town.accounts["fang"]).get(f"/report/done/{case.number}/slip/").status_code == 404


def test_who_told_it_gets_no_file_through_a_post_elsewhere(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSED, account_id=town.accounts["gao"].pk)
    with pytest.raises(Forbidden):
        print_case(number=case.number, document=FILE, by=town.gao, now=timezone.now())
    assert print_case(number=case.number, document=SLIP, by=town.gao, now=timezone.now()) == case
    assert printed(case) == ["slip"]


def test_the_code_leads_to_where_residents_reach_the_platform(town: Town, settings: Settings) -> None:
    case = make_case(town)
    client = browser(town, "shen")
    assert f"testserver/r/{case.number}" in words_of(client.get(f"/desk/cases/{case.number}/slip/").content)
    settings.SITE_URL = "https://sqt.example.cn"
    assert f"sqt.example.cn/r/{case.number}" in words_of(client.get(f"/desk/cases/{case.number}/slip/").content)


def test_a_slip_costs_few_statements(town: Town) -> None:
    case, client = make_case(town), browser(town, "shen")
    client.get(f"/desk/cases/{case.number}/slip/")
    with count_statements() as seen:
        client.get(f"/desk/cases/{case.number}/slip/")
    assert seen.total <= 6, seen.listing


def ask_for_the_file(client: Client, case: Case) -> Task:
    """Press the button of the page."""
    address = f"/desk/cases/{case.number}/print/"
    answer = client.post(address, {"submit_key": submit_key(client.get(address).content)})
    task = Task.objects.within(case.subdistrict_id).get()
    assert answer["Location"] == f"/desk/tasks/{task.pk}/?fetch"
    return task


def content_of(task: Task) -> bytes:
    """The bytes of what a task made."""
    return storage.read(Blob.objects.of(task).get().key, storage.DOCUMENT)


def test_the_case_file_is_made_by_a_worker_in_the_askers_language_and_fetched_by_them_alone(town: Town) -> None:
    case, client = make_case(town, stage=Stage.CLOSED), browser(town, "chen")
    client.cookies["django_language"] = "en"
    task = ask_for_the_file(client, case)
    assert printed(case) == []
    turn()
    task.refresh_from_db()
    assert task.state == Task.State.DONE, task.error
    assert printed(case) == ["file"]
    answer = client.get(f"/desk/tasks/{task.pk}/download/")
    with override("en"):
        assert tight(gettext("Case file")) in words_of(b"".join(answer))
    assert browser(town, "gao").get(f"/desk/tasks/{task.pk}/download/").status_code == 404


def test_one_press_on_the_case_page_and_the_file_comes_by_itself(town: Town) -> None:
    case, client = make_case(town, stage=Stage.HANDLING), browser(town, "chen")
    page = client.get(f"/desk/cases/{case.number}/").content.decode()
    form = page.partition(f'action="/desk/cases/{case.number}/print/"')[2].partition("</form>")[0]
    answer = client.post(f"/desk/cases/{case.number}/print/", {"submit_key": submit_key(form.encode())})
    task = Task.objects.within(case.subdistrict_id).get()
    assert 'http-equiv="refresh" content="0' not in client.get(answer["Location"]).content.decode()
    turn()
    sent = f'<meta http-equiv="refresh" content="0; url=/desk/tasks/{task.pk}/download/">'
    assert sent in client.get(answer["Location"]).content.decode()
    assert sent not in client.get(task.url).content.decode()  # looked at from the list
    Task.objects.filter(pk=task.pk).update(finished_at=timezone.now() - timedelta(minutes=5))
    assert sent not in client.get(answer["Location"]).content.decode()  # opened again later


def test_a_case_file_asked_for_and_no_longer_permitted_is_not_made(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    task = ask_for_the_file(browser(town, "wang"), case)
    Case.objects.filter(pk=case.pk).update(lead_station=town.urban.pk)
    case.parties.all().delete()
    turn()
    task.refresh_from_db()
    assert task.state == Task.State.FAILED
    assert printed(case) == []


def test_the_daily_sheet_is_asked_for_from_the_workbench_of_a_station(town: Town) -> None:
    make_case(town, stage=Stage.HANDLING)
    client, address = browser(town, "wang"), "/desk/cases/daily_sheet/"
    assert address in client.get("/desk/").content.decode()
    assert address not in browser(town, "shen").get("/desk/").content.decode()
    head = browser(town, "chen")  # who leads the office prints those of its stations
    assert address in head.get("/desk/").content.decode()
    assert f'value="{town.police.pk}"' in head.get(address).content.decode()
    assert f'value="{town.police.pk}"' not in browser(town, "gao").get(address).content.decode()
    client.post(address, {"submit_key": submit_key(client.get(address).content), "station": town.police.pk})
    turn()
    task = Task.objects.within(town.police.subdistrict_id).get()
    assert task.state == Task.State.DONE, task.error
    assert "狮山公安" in words_of(content_of(task))
    assert Entry.objects.filter(subdistrict=town.police.subdistrict_id, what="cases.printed", object_id=town.police.pk).exists()


def test_another_stations_sheet_is_not_there(town: Town) -> None:
    client, address = browser(town, "wang"), "/desk/cases/daily_sheet/"
    key = submit_key(client.get(address).content)
    assert client.post(address, {"submit_key": key, "station": town.urban.pk}).status_code == 404
    assert not Task.objects.filter(subdistrict=town.police.subdistrict_id).exists()
    with pytest.raises(Forbidden):
        print_daily_sheet(station_id=town.urban.pk, by=town.wang, now=timezone.now())


def test_without_fonts_the_window_is_told_so(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    case = make_case(town)
    monkeypatch.setattr("shequtong.ui.paper.fonts.folders", list)
    answer = browser(town, "shen").get(f"/desk/cases/{case.number}/slip/")
    assert answer.status_code == 503
    assert (
        gettext("Nothing can be printed: the fonts are not installed. Please tell the administrator.") in answer.content.decode()
    )
