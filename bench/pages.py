"""What is measured (测量对象): each as the one request that is timed, with what must be prepared for it outside the time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from bench.client import Browser

TOLD = {"cls": "L01", "text": "楼道灯坏了三天，晚上老人上下楼不安全。", "name": "赵小燕", "phone": "13812345678", "consent": "on"}
OPEN311 = {"service_code": "L01", "description": "路灯不亮，晚上看不清路。"}
Request = Callable[[], object]


@dataclass
class Place:
    """The measured place, and what was reported in it during the bench."""

    facts: dict[str, Any]
    port: int

    def browser(self, who: str = "") -> Browser:
        return Browser(self.port, self.facts["sessions"][who] if who else "")


def floor(place: Place, times: int) -> Iterator[Request]:
    """A bare view doing one durable INSERT."""
    browser = place.browser()
    for _time in range(times):
        yield partial(browser.post, "/bench/floor/", {}, expect=200)


def intake(place: Place, times: int) -> Iterator[Request]:
    """A resident sends the third step of a report: case, reporter, step, audit entry, figures, message."""
    for form, browser in _to_send(place, times):
        yield partial(browser.post, _send_address(place), form)


def open311(place: Place, times: int) -> Iterator[Request]:
    """Another system tells a case: place found, routed, audited, counted, told on."""
    browser, told = place.browser(), {**OPEN311, **place.facts["system"]}
    for _time in range(times):
        yield partial(browser.post, "/open311/v2/requests.json", told, expect=200)


def register(place: Place, times: int) -> Iterator[Request]:
    """An acceptor registers a case."""
    numbers = _reported(place, times)
    yield from _moves(place, "shen", "register", numbers, {"note": ""})


def dispatch(place: Place, times: int) -> Iterator[Request]:
    """A dispatcher names the station; its people are told."""
    numbers = _reported(place, times)
    for request in _moves(place, "shen", "register", numbers, {"note": ""}):
        request()
    yield from _moves(place, "lin", "dispatch", numbers, {"to": str(place.facts["police"]), "note": ""})


def queue(place: Place, times: int) -> Iterator[Request]:
    """The first page of the queue, as the head of the precinct office sees it."""
    browser = place.browser("chen")
    for _time in range(times):
        yield partial(browser.get, "/desk/cases/")


def case_page(place: Place, times: int) -> Iterator[Request]:
    """A closed case with all its steps."""
    browser, number = place.browser("chen"), place.facts["numbers"]["closed"]
    for _time in range(times):
        yield partial(browser.get, f"/desk/cases/{number}/")


def workbench(place: Place, times: int) -> Iterator[Request]:
    """The first page of the desk."""
    browser = place.browser("chen")
    for _time in range(times):
        yield partial(browser.get, "/desk/")


def _send_address(place: Place) -> str:
    return f"/report/send/?building={place.facts['building']}"


def _to_send(place: Place, times: int) -> Iterator[tuple[dict[str, str], Browser]]:
    """Forms of the third step, filled in: of one visitor on one connection."""
    browser, address = place.browser(), f"/report/what/?building={place.facts['building']}"
    first = browser.form(browser.get(address))
    for _time in range(times):
        browser.post(address, {**TOLD, **first})
        page = browser.get(browser.location)
        yield {**TOLD, **browser.form(page)}, browser


def _reported(place: Place, times: int) -> list[str]:
    """Numbers of new cases."""
    found = []
    for form, browser in _to_send(place, times):
        browser.post(_send_address(place), form)
        found.append(browser.location.rstrip("/").rpartition("/")[2])
    return found


def _moves(place: Place, who: str, verb: str, numbers: list[str], typed: dict[str, str]) -> Iterator[Request]:
    browser = place.browser(who)
    forms = {number: browser.form(browser.get(f"/desk/cases/{number}/{verb}/")) for number in numbers}
    for number, form in forms.items():
        yield partial(browser.post, f"/desk/cases/{number}/{verb}/", {**typed, **form})


# name -> how, and how many requests a run has
PAGES: dict[str, tuple[Callable[[Place, int], Iterator[Request]], int]] = {
    "floor": (floor, 200),
    "intake": (intake, 25),
    "open311": (open311, 50),
    "register": (register, 25),
    "dispatch": (dispatch, 25),
    "queue": (queue, 25),
    "case page": (case_page, 25),
    "workbench": (workbench, 25),
}
