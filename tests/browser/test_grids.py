"""Grids drawn anew in a browser (网格调整): divided by a line on the map, carried out, merged back; steps undone; misfits said at once."""

import json
import math
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from shequtong.pages.demo.layout import LAT, LON
from tests.browser.inspector import Inspector
from tests.browser.people import zh
from tools import walk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.slow]
PADDING, CLOSEST = 32, 512 * 2**17  # frontend/map/map.ts: keepFitting


@pytest.fixture(scope="module")  # a code of the app signs in once
def cast(chromium: Browser, address: str) -> Iterator[walk.Cast]:
    """Everyone's windows."""
    found = walk.Cast(chromium, address, (1366, 900))
    yield found
    found.close()


@pytest.fixture
def page(cast: walk.Cast) -> Page:
    """The page of the demo's community, its map drawn."""
    page = cast["sysadmin"].page
    page.goto("/desk/units/")
    page.goto(page.locator("[data-role='title'] a", has_text="狮山").first.get_attribute("href") or "")
    page.get_by_role("link", name="馨泰社区", exact=True).click()
    page.get_by_role("link", name=zh("Change the grids")).click()
    expect(page.locator(".map__tools")).to_be_visible()
    expect(page.locator(".map[data-state=shown]")).to_be_visible()
    return page


def world(lon: float, lat: float) -> tuple[float, float]:
    """Web Mercator, the world as a square of one."""
    return (lon + 180) / 360, (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2


def spot(page: Page, east: float, north: float) -> tuple[float, float]:
    """Where a place, in metres from the demo's corner, lies on the screen."""
    ground = json.loads(page.locator("#grids-map").inner_text())["areas"]["features"]
    corners = [world(*place) for one in ground for ring in one["geometry"]["coordinates"] for place in ring]
    (west, east_most), (top, bottom) = ((min(side), max(side)) for side in zip(*corners, strict=True))
    canvas = page.locator(".map canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    scale = min((box["width"] - 2 * PADDING) / (east_most - west), (box["height"] - 2 * PADDING) / (bottom - top), CLOSEST)
    x, y = world(LON + east / 95_015, LAT + north / 111_195)
    across, down = (x - (west + east_most) / 2) * scale, (y - (top + bottom) / 2) * scale
    return box["x"] + box["width"] / 2 + across, box["y"] + box["height"] / 2 + down


def step(page: Page, act: Callable[[], object]) -> Response:
    """Something that is sent; what came back stands on the page."""
    with page.expect_response(lambda answer: "/grids/" in answer.url and answer.request.method == "POST") as answer:
        act()
    expect(page.locator(".map__told")).not_to_have_text(zh("Looking at it…"))
    return answer.value


def press(page: Page, word: str, context: str = "") -> None:
    page.get_by_role("button", name=zh(word, context) if context else zh(word), exact=True).click()


def draw(page: Page, *places: tuple[float, float]) -> None:
    for place in places:
        page.mouse.click(*spot(page, *place))
        page.wait_for_timeout(350)  # two presses within 300 ms are a double press


def carry_out(page: Page) -> None:
    page.get_by_label(zh("Reason or decision")).fill("网格优化会议")
    press(page, "Carry out the change")
    page.wait_for_url("**/desk/tasks/**")
    page.get_by_role("link", name=zh("See what was made")).click()
    expect(page.locator(".map[data-state=shown]")).to_have_count(2)


def test_a_line_on_the_map_divides_a_grid_and_it_is_merged_back(page: Page, cast: walk.Cast) -> None:
    here = page.url
    press(page, "Divide by a line")
    draw(page, (-300, 400), (-305, 20))  # from outside to a little before the border
    assert step(page, lambda: press(page, "Finish", "drawing")).status == 200
    expect(page.locator("#grids-said")).to_contain_text(zh("The grids fit: no overlap and no gap"))
    expect(page.locator("#grids-lists tbody").first.locator("tr")).to_have_count(7)
    new = page.locator("input[name=name-n1]")
    assert new.input_value() == "第七网格"
    new.fill("塔园网格")
    inspector = Inspector(all_in_dark=True)
    inspector("grids-divided", cast["sysadmin"])
    assert not inspector.wrong, "\n".join(inspector.wrong)
    carry_out(page)
    expect(page.locator("main")).to_contain_text("塔园网格")

    page.goto(here)
    rows = page.locator("#grids-lists tbody").first.locator("tr")
    expect(rows).to_have_count(7)
    page.locator(".map[data-state=shown]").wait_for()
    page.mouse.click(*spot(page, -420, 150))  # pressed on the map, chosen in the list
    page.mouse.click(*spot(page, -200, 150))
    expect(page.locator("input[name=grid]:checked")).to_have_count(2)
    assert step(page, lambda: press(page, "Merge the chosen grids")).status == 200
    expect(rows).to_have_count(6)
    carry_out(page)
    page.goto(here)
    expect(rows).to_have_count(6)
    assert "塔园网格" not in [box.input_value() for box in page.locator("input[name^=name-]").all()]


def test_a_moved_corner_shows_its_misfit_and_is_undone(page: Page) -> None:
    said = page.locator("#grids-said")
    press(page, "Move corners")
    press(page, "Neighbours stay")
    page.locator("input[name=grid]").nth(1).check()
    from_x, from_y = spot(page, -140, -15)
    page.mouse.move(from_x, from_y)
    page.mouse.down()
    page.mouse.move(from_x + 30, from_y - 20, steps=4)
    page.mouse.move(from_x + 60, from_y - 50, steps=4)
    assert step(page, page.mouse.up).status == 200
    expect(said).to_contain_text(zh("Belongs to no grid"))
    step(page, lambda: press(page, "Make it a grid of its own"))
    expect(page.locator("input[name=name-n1]")).to_have_value("第七网格")
    for _step in range(2):
        step(page, lambda: press(page, "Undo"))
    expect(said).to_contain_text(zh("Nothing has been changed yet."))
    step(page, lambda: press(page, "Redo"))
    expect(said).to_contain_text(zh("Belongs to no grid"))


def test_a_corner_dragged_across_the_grid_is_refused_and_goes_back(page: Page) -> None:
    before = page.locator("input[name=drawing]").input_value()
    press(page, "Move corners")
    page.mouse.move(*spot(page, -140, -15))
    page.mouse.down()
    page.mouse.move(*spot(page, -600, 600), steps=6)
    assert step(page, page.mouse.up).status == 422
    expect(page.locator("#grids-said [role=alert]")).to_contain_text(zh("This step is not possible"))
    expect(page.locator("input[name=drawing]")).to_have_value(before)
    expect(page.locator("#grids-said")).to_contain_text(zh("Nothing has been changed yet."))


def test_the_keyboard_draws_too(page: Page) -> None:
    press(page, "Draw a grid")
    page.locator(".map canvas").focus()
    for key in (" ", "ArrowUp", " ", "ArrowRight", " "):
        page.keyboard.press(key)
        page.wait_for_timeout(700)  # the map glides to where the arrow sends it
    assert step(page, lambda: page.keyboard.press("Enter")).status == 200
    expect(page.locator("input[name=name-n1]")).to_be_visible()
