"""Grids drawn anew on the desk: steps come back judged, the change is a task, yesterday keeps its borders and figures."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext

from shequtong.access.testing import browser_of, make_actor
from shequtong.accounts.testing import signed_in
from shequtong.audit.models import Entry
from shequtong.cases.counting import MEASURES
from shequtong.cases.testing import make_case
from shequtong.core.actors import SystemActor
from shequtong.figures.read import counts
from shequtong.tasks.models import Task
from shequtong.tasks.usecases import run_tasks
from shequtong.territory.division import standing
from shequtong.territory.history import version_as_of
from shequtong.territory.models import Building, Regridding, Unit
from shequtong.territory.usecases.regrid_community import regrid_community
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town, point

pytestmark = pytest.mark.django_db
ACROSS = json.dumps([point(0.3, -0.1), point(0.3, 1.1)])


@pytest.fixture
def admin(town: Town) -> Client:
    return browser_of(make_actor("system_admin"))


def url(town: Town) -> str:
    return f"/desk/units/{town.community.pk}/grids/"


def fields(page: Any) -> dict[str, Any]:
    """What the form of a page would send."""
    text = page.content.decode()
    found = dict(re.findall(r'name="((?:name|code)-\w+|submit_key|undoes)" value="([^"]*)"', text))
    drawing = re.search(r'name="drawing" value="([^"]*)"', text)
    assert drawing, text[:2000]
    return {**found, "drawing": drawing[1].replace("&quot;", '"')}


def step(browser: Client, town: Town, before: Any, **told: object) -> Any:
    return browser.post(url(town), {**fields(before), **told})


def carry_out(browser: Client, town: Town, page: Any, **told: object) -> Task:
    """Ask for it, let the worker work."""
    answer = step(browser, town, page, op="ask", reason="社区会议2026-3", **told)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert answer["Location"].startswith("/desk/tasks/")
    run_tasks(worker="w", clock=timezone.now)
    return Task.objects.get(pk=int(answer["Location"].split("/")[3]))


def test_a_line_divides_and_a_task_carries_it_out(town: Town, admin: Client) -> None:
    page = step(admin, town, admin.get(url(town)), op="split", points=ACROSS)
    assert page.status_code == 200
    assert gettext("The grids fit: no overlap and no gap") in page.content.decode()
    assert Regridding.objects.count() == 0
    task = carry_out(admin, town, page)
    assert (task.state, task.error) == (Task.State.DONE, "")
    row = Regridding.objects.get()
    assert task.link == f"{url(town)}history/{row.pk}/"
    new = Unit.objects.get(code="320505002015003")
    assert (new.parent_id, new.name) == (town.community.pk, "第三网格")
    shown = admin.get(task.link).content.decode()
    assert "社区会议2026-3" in shown
    assert f"{url(town)}?back={row.pk}" in shown
    assert "社区会议2026-3" in signed_in(town.accounts["chen"]).get(f"{url(town)}history/").content.decode()


def test_by_lists_alone_grids_are_divided_named_and_merged(town: Town, admin: Client) -> None:
    make_building(town, 42)  # east of the one that stands there
    home = Building.objects.within(2).order_by("id")[0]
    first, second = town.grid.pk, town.other_grid.pk
    listed = step(admin, town, admin.get(url(town)), op="pick", **{"from": first})
    assert f'name="building" value="{home.pk}"' in listed.content.decode()
    page = step(admin, town, listed, op="give", gives=first, building=[home.pk], to="")
    assert fields(page)["name-n1"] == "第三网格"
    page = step(admin, town, page, op="look", **{"name-n1": "塔园网格", "code-n1": "320505002015088"})
    page = step(admin, town, page, op="merge", grid=[first, second])
    assert page.status_code == 200
    assert carry_out(admin, town, page).state == Task.State.DONE
    home.refresh_from_db()
    new = Unit.objects.get(code="320505002015088")
    assert (home.grid_id, home.grid_path, new.name) == (new.pk, new.path, "塔园网格")
    town.other_grid.refresh_from_db()
    assert town.other_grid.ended_at is not None


def figures_of(day: date) -> dict[tuple[Any, ...], int]:
    """Everything that was counted that day, grid by grid."""
    return counts(2, MEASURES, by=("unit_path", "measure", "stage", "class_code"), days=(day, day))


def test_yesterday_keeps_its_figures_and_borders(town: Town, admin: Client) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    make_case(town, now=timezone.now() - timedelta(days=1))
    before, border = figures_of(yesterday), version_as_of(town.grid.pk, yesterday)
    page = step(admin, town, admin.get(url(town)), op="merge", grid=[town.grid.pk, town.other_grid.pk])
    assert gettext("%(name)s ends") % {"name": town.other_grid.name} in page.content.decode()
    carry_out(admin, town, page)
    assert figures_of(yesterday) == before != {}
    past, ended = version_as_of(town.grid.pk, yesterday), version_as_of(town.other_grid.pk, yesterday)
    assert border is not None
    assert past is not None
    assert ended is not None
    assert past.boundary == border.boundary
    assert version_as_of(town.other_grid.pk, timezone.localdate()) is None
    drawn = [
        admin.get(f"{url(town)}history/", {"day": day.isoformat()}).context["stood"] for day in (yesterday, timezone.localdate())
    ]
    assert [[one["code"] for one in lines] for lines in drawn] == [[town.grid.code, town.other_grid.code], [town.grid.code]]
    assert drawn[0][0]["boundary"] == border.boundary != drawn[1][0]["boundary"]
    for strange in ("x", "0001-01-01", "9999-12-31"):
        assert admin.get(f"{url(town)}history/", {"day": strange}).status_code == 200


def test_a_change_is_taken_back_where_nothing_has_changed_since(town: Town, admin: Client) -> None:
    carry_out(admin, town, step(admin, town, admin.get(url(town)), op="split", points=ACROSS))
    row = Regridding.objects.get()
    back = admin.get(f"{url(town)}?back={row.pk}")
    assert carry_out(admin, town, back).state == Task.State.DONE
    assert Regridding.objects.exclude(pk=row.pk).get().undoes_id == row.pk
    stands = standing(Unit.objects.get(pk=town.community.pk))
    assert set(stands.grids) == {str(town.grid.pk), str(town.other_grid.pk)}
    assert admin.get(f"{url(town)}?back={row.pk}").status_code == 404
    assert f"?back={row.pk}" not in admin.get(f"{url(town)}history/{row.pk}/").content.decode()


def test_a_worker_that_died_after_the_change_leaves_nothing_to_do_twice(town: Town, admin: Client) -> None:
    page = step(admin, town, admin.get(url(town)), op="split", points=ACROSS)
    assert step(admin, town, page, op="ask", reason="x").status_code == 302
    row = regrid_community(regridding_id=Regridding.objects.get().pk, by=SystemActor("dead"), now=timezone.now())
    run_tasks(worker="next", clock=timezone.now)
    task = Task.objects.get()
    assert (task.state, task.link) == (Task.State.DONE, f"{url(town)}history/{row.pk}/")
    assert Unit.objects.filter(parent=town.community).count() == 3
    assert Entry.objects.filter(what="territory.grids_redrawn").count() == 1


def test_what_is_not_possible_is_said_and_changes_nothing(town: Town, admin: Client) -> None:
    page = admin.get(url(town))
    for told in (
        {"op": "split", "points": "[[120.5, 31.2]]"},
        {"op": "split", "points": "nothing"},
        {"op": "draw", "points": json.dumps([point(5, 5), point(6, 5), point(6, 6)])},
        {"op": "merge", "grid": [town.grid.pk]},
        {"op": "fill"},
        {"op": "give", "gives": "n9", "building": "x"},
        {"op": "ask", "reason": "x"},  # nothing changed
    ):
        answer = step(admin, town, page, **told)
        assert answer.status_code == 422, told
        assert fields(answer)["drawing"] == fields(page)["drawing"]
    for drawing in ("", "[]", "{}", '{"grids": [1]}', '{"grids": [{"key": "n1", "geometry": {"type": "Polygon"}}]}', "[" * 5000):
        answer = admin.post(url(town), {"op": "look", "drawing": drawing})
        assert answer.status_code == 422, drawing
    strange = json.loads(fields(page)["drawing"])
    strange["grids"][0]["key"] = "99999"
    assert admin.post(url(town), {"op": "look", "drawing": json.dumps(strange)}).status_code == 422
    assert (Regridding.objects.count(), Task.objects.count()) == (0, 0)


def test_a_drawing_of_grids_that_have_changed_is_refused(town: Town, admin: Client) -> None:
    old = step(admin, town, admin.get(url(town)), op="split", points=ACROSS)
    carry_out(admin, town, step(admin, town, admin.get(url(town)), op="split", points=ACROSS))
    answer = step(admin, town, old, op="ask", reason="x")
    assert answer.status_code == 422
    assert gettext("The grids have changed since this drawing was begun. Please begin again from the grids as they are now.") in (
        answer.content.decode()
    )


def test_only_who_manages_units_there_finds_it(town: Town, admin: Client) -> None:
    for name in ("chen", "gao"):
        assert signed_in(town.accounts[name]).get(url(town)).status_code == 404
    assert signed_in(town.accounts["gao"]).get(f"{url(town)}history/").status_code == 404
    assert admin.get(f"/desk/units/{town.grid.pk}/grids/").status_code == 404


def test_statements_are_few_and_the_same_for_many(town: Town, admin: Client) -> None:
    admin.get(url(town))
    with count_statements() as seen:
        page = admin.get(url(town))
    assert seen.total <= 7, seen.listing
    few = seen.warm.total
    for number in range(40):
        make_building(town, number)
    with count_statements() as seen:
        step(admin, town, page, op="split", points=ACROSS)
    assert seen.warm.total == few, seen.listing
    task = carry_out(admin, town, step(admin, town, page, op="split", points=ACROSS))
    for address, most in ((task.link, 6), (f"{url(town)}history/", 4)):
        with count_statements() as seen:
            admin.get(address)
        assert seen.total <= most, seen.listing


def make_building(town: Town, number: int) -> None:
    """One more in the first grid."""
    home = Building.objects.within(2).order_by("id")[0]
    home.pk, home._state.adding, home.address = None, True, f"枫桥路12号{number + 20}幢"
    home.lon = point(0.2 + number / 60, 0.5)[0]
    home.save()
