"""Every address as a page (每个地址的页面): what the first who may see it by the table of rights gets, drawn in the town, and shown to a browser without a server.

`pages_of` draws; `NOT_PAGES` says of every other address that answers a GET why nobody looks at it; `Shelf` answers a browser.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.http.response import HttpResponse, HttpResponseBase
from django.urls import reverse
from playwright.sync_api import Page, Route

from shequtong.testing.permission_table import Kind, Row, Scene, answer_of, rows, undone
from shequtong.testing.town import Town

NOT_PAGES: Mapping[str, str] = {
    "access:home": "leads to the first page of one's post",
    "cases:desk-map-view": "signs as JSON; the list in it stands on the page of the map",
    "cases:desk-next": "leads to the next case",
    "cases:desk-presence": "a piece of the case's page",
    "cases:desk-slip": "a PDF",
    "cases:desk-hotline-sample": "a table",
    "cases:open-link": "leads to one's own matter, which is looked at by its number",
    "cases:report-near": "words for a mark on the map, as JSON",
    "cases:report-slip": "a PDF",
    **dict.fromkeys((f"config:{name}" for name in ("healthz", "metrics", "readyz")), "for whoever watches the platform"),
    "files:serve": "a photo",
    **dict.fromkeys(
        (f"interchange:{name}" for name in ("discovery", "nothing", "request", "requests", "service", "services", "token")),
        "XML or JSON for other systems",
    ),
    **dict.fromkeys(
        (f"interchange:api-{name}" for name in ("document", "cases", "case", "reporter", "moves", "nothing")),
        "JSON for other systems, by key",
    ),
    **dict.fromkeys(
        (
            f"interchange:api-{name}"
            for name in ("standards", "standard", "units", "unit", "stations", "station", "people", "notes", "photos", "photo")
        ),
        "JSON for other systems, by key",
    ),
    **dict.fromkeys((f"interchange:desk-sheet-{name}" for name in ("example", "template-file")), "a workbook"),
    "pages:app": "JSON for the home screen",
    "pages:board-map": "points as JSON",
    "pages:board-piece": "a piece of the board",
    "pages:task-download": "a file",
    "pages:tour-step": "leads to the page a step is about, and the card of it is looked at there",
    "pages:worker": "a script",
    "territory:address": "JSON for the box of addresses",
    "territory:buildings": "a layer of maps",
    "territory:compounds": "a layer of maps",
    "territory:units": "a layer of maps",
    "ui:display": "keeps a choice and leads back",
}
_HOST = "http://town.test"  # no machine has this name: the shelf answers
_SHOWN = (200, 422)  # a form that is refused or looked at once more is a page, too


@dataclass(frozen=True)
class Drawn:
    """A page as it was answered; `title` names it in lists and files."""

    name: str
    title: str
    html: bytes = field(repr=False)


def pages_of(town: Town) -> list[Drawn]:
    """A page for each address and method that answers with one: by the first of its rows that does."""
    found: dict[str, Drawn] = {}
    for row in rows():
        title = f"{row.name.partition(':')[2]}{'' if row.method == 'GET' else '-sent'}"
        kind = next((one for one in Kind if row.expect.get(one, row.others) in _SHOWN), None)
        if kind is not None and f"{row.name} {row.method}" not in found and (html := _drawn(row, kind, town)):
            found[f"{row.name} {row.method}"] = Drawn(row.name, title, html)
    return list(found.values())


def answers_get() -> set[str]:
    """The names of all addresses that can be opened; `test_permissions.py` knows that there are no others."""
    return {row.name for row in rows() if row.method == "GET"}


def _drawn(row: Row, kind: Kind, town: Town) -> bytes:
    with undone():
        scene = Scene(town, row.staff)
        for one in {kind, Kind.RESIDENT} - {Kind.ANONYMOUS}:
            scene.account(one)
        return _page(answer_of(row, scene, kind, reverse(row.name, kwargs=row.kwargs(scene))))


def _page(answer: HttpResponseBase) -> bytes:
    """A whole page: no piece of one, no file."""
    whole = isinstance(answer, HttpResponse) and answer.headers.get("Content-Type", "").startswith("text/html")
    html = bytes(answer.content) if isinstance(answer, HttpResponse) and whole else b""
    return html if b"<html" in html[:500] else b""


class Shelf:
    """What was drawn, and what it links to of the built front end, for the window of a browser; maps are empty, all else is not there."""

    def __init__(self, page: Page, drawn: Sequence[Drawn]) -> None:
        self.page, self._drawn = page, {f"/{at}/": one.html for at, one in enumerate(drawn)}
        self._places = {one.title: f"/{at}/" for at, one in enumerate(drawn)}
        page.route(f"{_HOST}/**", self._answer)

    def open(self, one: Drawn) -> None:
        """Show one."""
        self.page.goto(f"{_HOST}{self._places[one.title]}", wait_until="load")

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path in self._drawn:
            route.fulfill(body=self._drawn[path], content_type="text/html; charset=utf-8")
        elif path.startswith("/static/") and isinstance(file := finders.find(path.removeprefix("/static/")), str):
            route.fulfill(path=file)
        elif path.endswith(".geojson"):
            route.fulfill(body='{"type":"FeatureCollection","features":[]}', content_type="application/geo+json")
        else:
            route.fulfill(status=404)
