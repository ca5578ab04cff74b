"""Boundaries from a file on the desk: a preview names every overlap and gap with its area, then all of it holds or nothing does."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext

from shequtong.access.testing import browser_of, make_actor
from shequtong.accounts.testing import signed_in
from shequtong.audit.models import Entry
from shequtong.core.actors import SystemActor
from shequtong.territory.locate import locate
from shequtong.territory.models import Building, UnitVersion
from shequtong.territory.usecases.redraw_unit import redraw_unit
from shequtong.territory.usecases.redraw_units import redraw_units
from shequtong.testing.town import Town, point

pytestmark = pytest.mark.django_db


def box(west: float, east: float, north: float = 1, south: float = 0) -> dict[str, object]:
    corners = [point(west, south), point(east, south), point(east, north), point(west, north), point(west, south)]
    return {"type": "Polygon", "coordinates": [[list(corner) for corner in corners]]}


def upload(drawn: dict[str, object]) -> SimpleUploadedFile:
    features = [{"type": "Feature", "geometry": shape, "properties": {"code": code}} for code, shape in drawn.items()]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    return SimpleUploadedFile("网格.geojson", content, "application/geo+json")


@pytest.fixture
def admin(town: Town) -> Client:
    return browser_of(make_actor("system_admin"))


def look(browser: Client, town: Town, drawn: dict[str, Any], **other: object) -> Any:
    told = {"source_crs": "cgcs2000", "day": timezone.localdate().isoformat(), "file": upload(drawn), **other}
    return browser.post(f"/desk/units/{town.community.pk}/import/", told)


def kept(answer: Any) -> str:
    found = re.search(r'name="kept" value="([^"]+)"', answer.content.decode())
    assert found, answer.content.decode()
    return found[1]


def grids(town: Town, border: float, **more: dict[str, object]) -> dict[str, object]:
    return {town.grid.code: box(0, border), town.other_grid.code: box(border, 2), **more}


def test_what_fits_is_shown_and_then_holds(town: Town, admin: Client) -> None:
    before = UnitVersion.objects.count()
    answer = look(admin, town, grids(town, 0.4))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert gettext("The boundaries fit: no overlap and no gap") in page
    assert town.building.address in page  # it moves to the second grid
    assert 'id="new-boundaries"' in page
    assert UnitVersion.objects.count() == before

    done = admin.post(f"/desk/units/{town.community.pk}/import/", {"kept": kept(answer)})
    assert (done.status_code, done.headers["Location"]) == (302, f"/desk/units/{town.community.pk}/")
    assert Building.objects.get(subdistrict=2).grid == town.other_grid
    found = locate(*point(0.5, 0.5))
    assert found is not None
    assert found.id == town.other_grid.pk
    traces = Entry.objects.filter(what="territory.unit_redrawn")
    assert [entry.facts["source"] for entry in traces] == ["网格.geojson"] * 2


def test_overlaps_are_named_with_their_areas_and_cannot_be_taken_over(town: Town, admin: Client) -> None:
    answer = look(admin, town, {town.grid.code: box(0, 1.2), town.other_grid.code: box(1, 2)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert gettext("%(unit)s and %(other)s overlap") % {"unit": "第一网格", "other": "第二网格"} in page
    # 0.2 × 1 steps of 0.004°: about 76 m by 445 m
    area = int(re.search(r"([\d,]+) m²</td>", page)[1].replace(",", ""))  # type: ignore[index]  # it is there, else the test fails
    assert 32_000 < area < 36_000
    assert '"shape": "diamond"' in page
    assert 'name="kept"' not in page


def test_every_gap_is_named_and_must_be_meant(town: Town, admin: Client) -> None:
    drawn = {town.grid.code: box(0, 0.9), town.other_grid.code: box(1, 1.9)}
    answer = look(admin, town, drawn)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count(gettext("Belongs to no unit of %(unit)s") % {"unit": "馨泰社区"} + "</td>") == 2
    here, told = f"/desk/units/{town.community.pk}/import/", {"kept": kept(answer)}
    before = UnitVersion.objects.count()
    assert admin.post(here, told).status_code == 422
    assert UnitVersion.objects.count() == before
    assert admin.post(here, {**told, "leave_gaps": "on"}).status_code == 302


def test_a_file_of_the_street_is_taken_over_community_by_community(town: Town, admin: Client) -> None:
    here = f"/desk/units/{town.street.pk}/import/"
    told = {"source_crs": "cgcs2000", "day": timezone.localdate().isoformat(), "file": upload(grids(town, 0.4))}
    answer = admin.post(here, told)
    assert answer.status_code == 200
    assert admin.post(here, {"kept": kept(answer)}).status_code == 302
    assert Building.objects.get(subdistrict=2).grid == town.other_grid


def test_a_gap_that_was_there_is_told_from_a_new_one(town: Town, admin: Client) -> None:
    told = {"source_crs": "cgcs2000", "day": timezone.localdate().isoformat()}
    here = f"/desk/units/{town.street.pk}/import/"
    words = gettext("Belongs to no unit of %(unit)s, as before") % {"unit": "狮山街道"}
    answer = admin.post(here, {**told, "file": upload({town.community.code: box(0, 3)})})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert admin.post(here, {"kept": kept(answer)}).status_code == 302


def test_all_of_a_file_holds_or_nothing(town: Town, admin: Client) -> None:
    here, told = f"/desk/units/{town.community.pk}/import/", kept(look(admin, town, grids(town, 0.4)))
    redraw_unit(
        unit_id=town.community.pk, boundary=box(0, 2.2), day=timezone.localdate(), by=SystemActor("x"), now=timezone.now()
    )
    redraw_units(
        boundaries_by_unit={town.grid.pk: box(0, 0.3), town.other_grid.pk: box(0.3, 2.2)},
        day=timezone.localdate(),
        by=SystemActor("x"),
        now=timezone.now(),
    )
    before = list(UnitVersion.objects.order_by("pk").values_list("pk", "boundary"))
    # What was previewed would now leave ground without a unit: it is judged again, and refused as a whole.
    assert admin.post(here, {"kept": told}).status_code == 422
    assert list(UnitVersion.objects.order_by("pk").values_list("pk", "boundary")) == before


def test_what_reaches_beyond_is_named(town: Town, admin: Client) -> None:
    answer = look(admin, town, {town.other_grid.code: box(1, 2.5)})
    assert answer.status_code == 422
    words = {"unit": "第二网格", "outer": "馨泰社区"}
    assert gettext("%(unit)s reaches beyond %(outer)s") % words in answer.content.decode()
    smaller = {"file": upload({town.community.code: box(0, 1.5)}), "source_crs": "cgcs2000", "day": "2026-05-01"}
    above = admin.post(f"/desk/units/{town.street.pk}/import/", smaller)
    assert above.status_code == 422
    assert gettext("%(unit)s would lie outside %(outer)s") % words in above.content.decode()


@pytest.mark.parametrize(
    "wrong", ["unknown", "next street", "other level", "page itself", "no json", "no file", "tomorrow", "before the last change"]
)
def test_what_cannot_be_read_is_said_and_nothing_can_be_taken_over(town: Town, admin: Client, wrong: str) -> None:
    drawn, other = grids(town, 0.4), dict[str, object]()
    if wrong in ("unknown", "next street", "page itself"):
        codes = {"unknown": "G9", "next street": town.next_grid.code, "page itself": town.community.code}
        drawn |= {codes[wrong]: box(0, 1)}
    elif wrong == "other level":
        other = {"file": upload({**drawn, town.community.code: box(0, 2)})}
    elif wrong == "no json":
        other = {"file": SimpleUploadedFile("x.geojson", b"PK")}
    elif wrong == "no file":
        other = {"file": ""}
    elif wrong == "before the last change":
        other = {"day": "2019-12-31"}
    else:
        other = {"day": (timezone.localdate() + timedelta(days=1)).isoformat()}
    page = town.street if wrong == "other level" else town.community
    told = {"source_crs": "cgcs2000", "day": timezone.localdate().isoformat(), "file": upload(drawn), **other}
    answer = admin.post(f"/desk/units/{page.pk}/import/", told)
    assert answer.status_code == 422
    assert 'name="kept"' not in answer.content.decode()


def test_only_the_preview_itself_is_taken_over(town: Town, admin: Client) -> None:
    answer, here = look(admin, town, grids(town, 0.4)), f"/desk/units/{town.community.pk}/import/"
    told = kept(answer)
    for forged in ("", "x", told[:-2], told.replace(told[:3], "abc", 1)):
        assert admin.post(here, {"kept": forged}).status_code == 422
    assert admin.post(f"/desk/units/{town.street.pk}/import/", {"kept": told}).status_code == 422  # it is another unit's
    assert not Entry.objects.filter(what="territory.unit_redrawn").exists()


def test_nobody_else_may(town: Town, admin: Client) -> None:
    told = kept(look(admin, town, grids(town, 0.4)))
    here = f"/desk/units/{town.community.pk}/import/"
    assert gettext("Import boundaries") in admin.get(f"/desk/units/{town.community.pk}/").content.decode()
    for who in ("gao", "chen", "supervisor"):
        browser = signed_in(town.accounts[who])
        assert browser.get(here).status_code == 404
        assert browser.post(here, {"kept": told}).status_code == 404
        assert gettext("Import boundaries") not in browser.get(f"/desk/units/{town.community.pk}/").content.decode()
    assert not Entry.objects.filter(what="territory.unit_redrawn").exists()
