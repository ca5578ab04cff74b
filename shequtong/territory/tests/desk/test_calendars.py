"""The calendar pages, entered as staff enter them: a year to read, a notice compared before it is taken over, a warning once a day."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import gettext, override, pgettext

from shequtong.accounts.testing import signed_in
from shequtong.core.actors import SystemActor
from shequtong.territory import units
from shequtong.territory.models import CalendarDay, OfficeHours, Unit, WorkCalendar
from shequtong.territory.tests.test_day_file import HEAD, xlsx
from shequtong.territory.usecases.copy_calendar import copy_calendar
from shequtong.testing.statements import count_statements
from shequtong.testing.town import NOON, Town

NOTICE = """一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。"""
SOURCE = "国办发明电〔2026〕8号"


def zh(text: str, context: str = "") -> str:
    """What a page in Chinese says for this string of ours."""
    with override("zh-hans"):
        return str(pgettext(context, text) if context else gettext(text))


def key(page: bytes) -> str:
    """The submit key of the last form of the page, which is the page's own."""
    found: list[bytes] = re.findall(rb'name="submit_key" value="([^"]+)"', page)
    return found[-1].decode()


@pytest.fixture
def ding(town: Town) -> Client:
    """The supervisor's browser."""
    return signed_in(town.accounts["supervisor"])


@pytest.fixture
def own(town: Town) -> WorkCalendar:
    """The street's own calendar."""
    return copy_calendar(unit_id=town.street.pk, name="狮山街道", by=SystemActor("test"), now=NOON)


def test_a_year_shows_what_each_day_is_by_a_mark_and_not_by_colour_alone(ding: Client, own: WorkCalendar) -> None:
    CalendarDay.objects.create(calendar=own, day=date(2026, 2, 14), kind="workday", name="春节调休")
    CalendarDay.objects.create(calendar=own, day=date(2026, 2, 17), kind="holiday", name="春节")

    page = ding.get(f"/desk/calendars/{own.pk}/?year=2026").content.decode()

    assert page.count('<table class="month">') == 12
    on, off = zh("on", "day of a calendar"), zh("off", "day of a calendar")
    assert f'<td class="day day--makeup" title="春节调休">14<span class="day__mark">{on}</span></td>' in page
    assert f'<td class="day day--holiday" title="春节">17<span class="day__mark">{off}</span></td>' in page
    assert "狮山街道" in page
    for year in ("1800", "x", "99999"):
        assert ding.get(f"/desk/calendars/{own.pk}/?year={year}").status_code in (200, 404)


def test_a_notice_is_compared_before_it_is_taken_over(ding: Client, own: WorkCalendar, town: Town) -> None:
    address = f"/desk/calendars/{own.pk}/notice/?year=2027"
    preview = ding.post(address, {"submit_key": key(ding.get(address).content), "source": SOURCE, "text": NOTICE})
    said = preview.content.decode()
    assert preview.status_code == 200
    assert not CalendarDay.objects.filter(calendar=own, day__year=2027).exists()
    assert "清明" in said  # left out of the text
    days = re.search(r'name="days"[^>]*value="([^"]*)"', said)
    assert days

    sent = {"submit_key": key(preview.content), "source": SOURCE, "days": days.group(1)}
    answers = [ding.post(address, sent) for _time in range(2)]

    assert {(one.status_code, one["Location"]) for one in answers} == {(302, f"/desk/calendars/{own.pk}/?year=2027")}
    assert CalendarDay.objects.filter(calendar=own, day__year=2027).count() == 12
    assert units.calendar_of(town.grid).is_known(2027)
    assert not units.calendar_of(town.next_grid).is_known(2027)


@pytest.mark.parametrize("text", [NOTICE.replace("（周五）至3日", "（周六）至3日"), f"2026年元旦放假安排\n{NOTICE}", "各单位："])
def test_a_notice_that_does_not_add_up_comes_back_with_the_reason_and_its_words(
    ding: Client, own: WorkCalendar, text: str
) -> None:
    address = f"/desk/calendars/{own.pk}/notice/?year=2027"
    answer = ding.post(address, {"submit_key": key(ding.get(address).content), "source": SOURCE, "text": text})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert 'name="days"' not in said
    assert text.split("\n")[0] in said


def test_a_file_is_taken_as_well_and_its_wrong_rows_are_named(ding: Client, own: WorkCalendar) -> None:
    address = f"/desk/calendars/{own.pk}/notice/?year=2027"
    for row, code in ((["2027-01-01", "放假", "元旦"], 200), (["2027-02-30", "放假", ""], 422)):
        file = SimpleUploadedFile("2027.xlsx", xlsx([HEAD, row]))
        answer = ding.post(address, {"submit_key": key(ding.get(address).content), "source": SOURCE, "file": file})
        assert answer.status_code == code
        assert row[0] in answer.content.decode()


def test_a_preview_that_was_altered_is_refused(ding: Client, own: WorkCalendar) -> None:
    address = f"/desk/calendars/{own.pk}/notice/?year=2027"
    sent = {"submit_key": key(ding.get(address).content), "source": SOURCE, "days": "2027-01-01 party"}
    assert ding.post(address, sent).status_code == 422


def test_summer_hours_are_typed_as_offices_write_them(ding: Client, own: WorkCalendar) -> None:
    address = f"/desk/calendars/{own.pk}/hours/"
    sent = {"submit_key": key(ding.get(address).content), "form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "1"}
    for n, (first, last, hours) in enumerate(
        [("01-01", "12-31", "08:00-12:00 14:00-18:00"), ("5月1日", "9月30日", "08:00-12:00, 14:30-18:30")]
    ):
        of_form = {"season_from": first, "season_to": last, "hours": hours, "weekdays": list("12345")}
        sent |= {f"form-{n}-{name}": value for name, value in of_form.items()}  # type: ignore[misc]  # lists of a form

    assert ding.post(address, {**sent, "form-1-hours": "late"}).status_code == 422
    assert ding.post(address, {**sent, "form-0-hours": "", "form-1-hours": ""}).status_code == 422
    assert ding.post(address, sent).status_code == 302
    assert OfficeHours.objects.filter(calendar=own, season_from="05-01", season_to="09-30").count() == 2


def test_a_unit_takes_a_copy_and_goes_back_to_the_one_above(ding: Client, town: Town) -> None:
    address = f"/desk/calendars/units/{town.community.pk}/"
    made = ding.post(f"{address}copy/", {"submit_key": key(ding.get(address).content), "name": "馨泰社区日历"})
    assert Unit.objects.get(pk=town.community.pk).calendar_id == WorkCalendar.objects.get(name="馨泰社区日历").pk
    assert made.status_code == 302
    ding.post(address, {"submit_key": key(ding.get(address).content), "calendar": ""})
    assert Unit.objects.get(pk=town.community.pk).calendar_id is None


@pytest.mark.parametrize(("month", "told"), [(9, False), (11, True)])
def test_who_can_mend_it_is_told_from_october_that_next_years_days_are_missing(
    ding: Client, own: WorkCalendar, town: Town, month: int, told: bool
) -> None:
    words = zh("Holidays of %(years)s are not entered yet") % {"years": "2027"}
    with time_machine.travel(datetime(2026, month, 20, 2, tzinfo=UTC), tick=False):
        for name in ("chen", "xu", "wang", "gao"):
            assert words not in signed_in(town.accounts[name]).get("/desk/").content.decode()
        page = ding.get("/desk/").content
        assert (words in page.decode()) is told
        if told:
            assert f"/desk/calendars/{own.pk}/notice/?year=2027".encode() in page
            first = re.search(rb'name="submit_key" value="([^"]+)"', page.split(b"calendars/later/")[1])
            assert first
            sent = {"submit_key": first.group(1).decode(), "years": "2027", "next": "//elsewhere.example/"}
            assert ding.post("/desk/calendars/later/", sent)["Location"] == "/desk/"
            assert words not in ding.get("/desk/").content.decode()


@pytest.mark.parametrize(
    ("page", "most"),
    [("", 3), ("units/", 3), ("{unit}", 4), ("{own}", 6), ("{own}notice/", 3), ("{own}days/", 4), ("{own}hours/", 5)],
)
def test_pages_ask_few_statements(ding: Client, own: WorkCalendar, town: Town, page: str, most: int) -> None:
    address = "/desk/calendars/" + page.format(own=f"{own.pk}/", unit=f"units/{town.street.pk}/")
    ding.get(address)
    with count_statements() as seen:
        assert ding.get(address).status_code == 200
    assert seen.total <= most + 1, seen.listing  # one more when the revisions are asked, at most once a second
