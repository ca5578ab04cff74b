"""One's own tasks: listed, watched, called off, fetched; another person's are absent, and so is a file whose post has ended."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone, translation
from pytest_django import Settings

from shequtong.access.models import Appointment
from shequtong.access.testing import let_expire
from shequtong.accounts.testing import signed_in
from shequtong.audit.models import Entry
from shequtong.core.locality import part_of
from shequtong.core.locality.ids import HIGHEST_ID
from shequtong.pages.views.tasks import PAGE
from shequtong.tasks.models import Task
from shequtong.tasks.testing import make_result, make_waiting
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town


def test_lists_ones_own_newest_first_and_nobody_elses(town: Town) -> None:
    make_result(town.gao)
    browser = signed_in(town.accounts["chen"])
    assert "empty__title" in browser.get("/desk/tasks/").content.decode()
    old, new = make_result(town.chen, now=timezone.now() - timedelta(days=1)), make_waiting(town.chen)
    page = browser.get("/desk/tasks/").content.decode()
    assert page.index(f"task-{new.pk}") < page.index(f"task-{old.pk}")
    assert page.count("<tr id=") == 2


def test_pages_through_many_in_few_statements(town: Town) -> None:
    for minutes in range(PAGE + 5):
        make_result(town.chen, now=timezone.now() - timedelta(minutes=minutes))
    browser = signed_in(town.accounts["chen"])
    browser.get("/desk/tasks/")
    with count_statements() as seen:
        first = browser.get("/desk/tasks/")
    assert seen.total <= 4, seen.listing
    older = first.context["older"]
    assert len(first.context["rows"]) == PAGE
    second = browser.get(f"/desk/tasks/{older.replace('+', '%2B')}")
    assert len(second.context["rows"]) == 5


def test_an_open_task_is_asked_for_again_until_it_is_over(town: Town) -> None:
    task, browser = make_waiting(town.chen), signed_in(town.accounts["chen"])
    page = browser.get(f"/desk/tasks/{task.pk}/").content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert '<noscript><meta http-equiv="refresh" content="2">' in page
    with count_statements() as seen:
        piece = browser.get(f"/desk/tasks/{task.pk}/?part", headers={"x-poll": "1"})
    assert seen.total <= 4, seen.listing
    assert "<html" not in piece.content.decode()
    assert "HX-Refresh" not in piece
    Task.objects.filter(pk=task.pk).update(state="failed", due_at=None, finished_at=timezone.now(), error="Broken off")
    assert browser.get(f"/desk/tasks/{task.pk}/?part")["HX-Refresh"] == "true"
    page = browser.get(f"/desk/tasks/{task.pk}/").content.decode()
    assert "every 2s" not in page
    assert "Broken off" in page
    assert task.number in page


def test_is_called_off_by_its_button(town: Town) -> None:
    task, browser = make_waiting(town.chen), signed_in(town.accounts["chen"])
    key = re.search(r'name="submit_key" value="([^"]+)"', browser.get(f"/desk/tasks/{task.pk}/").content.decode())
    assert key
    answer = browser.post(f"/desk/tasks/{task.pk}/cancel/", {"submit_key": key.group(1)})
    assert answer.status_code == 302
    assert Task.objects.get(pk=task.pk).state == Task.State.CANCELLED


def test_a_result_is_saved_and_never_shown_or_kept_and_each_time_is_logged(town: Town) -> None:
    task, browser = make_result(town.chen, b"=1+1"), signed_in(town.accounts["chen"])
    answer = browser.get(f"/desk/tasks/{task.pk}/download/")
    assert answer.getvalue() == b"=1+1"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E5%90%8D")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Entry.objects.filter(what="tasks.fetched", object_id=task.pk).count() == 1


def test_nginx_may_send_it(town: Town, settings: Settings) -> None:
    settings.FILES_X_ACCEL = "/protected/"
    task = make_result(town.chen)
    answer = signed_in(town.accounts["chen"]).get(f"/desk/tasks/{task.pk}/download/")
    assert answer["X-Accel-Redirect"].startswith(f"/protected/{part_of(task.pk)}/")
    assert answer["X-Accel-Redirect"].endswith(".document")


def test_a_file_is_not_fetched_after_its_days_nor_after_the_post_has_ended(town: Town) -> None:
    late = make_result(town.chen, now=timezone.now() - timedelta(days=8))
    task, browser = make_result(town.chen), signed_in(town.accounts["chen"])
    assert browser.get(f"/desk/tasks/{late.pk}/download/").status_code == 404
    assert "/download/" not in browser.get(f"/desk/tasks/{late.pk}/").content.decode()
    Appointment.objects.create(
        account_id=town.chen.account_id,
        account_name="陈立",
        role="clerk",
        subdistrict_id=town.chen.home,
        unit=town.precinct,
        starts_on=date(2020, 1, 1),
    )
    let_expire(task.account_id, "precinct_head")
    assert browser.get(f"/desk/tasks/{task.pk}/").status_code == 200
    assert browser.get(f"/desk/tasks/{task.pk}/download/").status_code == 404


@pytest.mark.parametrize("rest", ["", "download/"])
def test_anothers_and_impossible_ones_are_absent(town: Town, rest: str) -> None:
    task, browser = make_result(town.chen), signed_in(town.accounts["lin"])
    for number in (task.pk, 1, HIGHEST_ID + 7):
        assert browser.get(f"/desk/tasks/{number}/{rest}").status_code == 404


def test_speaks_both_languages(town: Town) -> None:
    make_waiting(town.chen)
    browser = signed_in(town.accounts["chen"])
    with translation.override("en"):
        page = browser.get("/desk/tasks/", headers={"accept-language": "en"}).content.decode()
    assert "Exports and prints" in page
