"""One building (楼栋): its board of floors and rooms, and what else of it the reader may see; a tab is there only when it holds something."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.pages.views.registry_building_cells import Cells
from shequtong.pages.views.registry_building_tabs import BOARD, heading
from shequtong.people import codes, permissions
from shequtong.people.facts import MARKS
from shequtong.people.gate import building_or_404
from shequtong.people.lookups.plates import DAYS, SIGNS, Plate, Sought, Staircase, plate_of
from shequtong.people.models import Home
from shequtong.people.shown import years_before

_PERSONS = ("mark", "age", "population")


@require_GET
@for_staff(permissions.VIEW)
def registry_building(request: ActorRequest, building_id: int) -> HttpResponse:
    """The board. Seven statements at most beside the session: two of them ask which tabs there are."""
    building = building_or_404(request, building_id, permissions.VIEW)
    today = timezone.localdate()
    sought = _sought(request, today)
    plate = plate_of(building, sought, today)
    known = {str(one.entrance.number) for one in plate.staircases}
    chosen = named if (named := request.GET.get("entrance", "")) in known else ""
    cells = Cells(sought)
    context = {
        **heading(request, building, BOARD),
        "plate": plate,
        "sought": sought,
        "asked": request.GET,
        "staircases": [_staircase(one, cells) for one in plate.staircases if chosen in ("", str(one.entrance.number))],
        "choices": _choices(request, plate, chosen),
        "states": [_legend(request, "state", code, str(label), plate.states[code], cells) for code, label in Home.State.choices],
        "signs": [_legend(request, "sign", code, cells.signs[code], plate.signs[code], cells) for code in SIGNS],
        "marks": MARKS,
        "ages": [("80", _("80 and over")), ("60", _("60 and over")), ("minor", _("Under 18"))],
        "populations": codes.choices("population"),
        "days": [(str(n), _("%(n)d days") % {"n": n}) for n in DAYS],
        "clear": _without(request, *_PERSONS, "state", "sign") or "?",
        "today": today,
    }
    return render(request, "pages/desk/registry_building.html", context)


def _sought(request: ActorRequest, today: date) -> Sought:
    """What the address asks for; what it does not know is not asked."""
    get = request.GET
    ages = {
        "80": (years_before(today, 80), None),
        "60": (years_before(today, 60), None),
        "minor": (None, years_before(today, 18)),
    }
    before, after = ages.get(get.get("age", ""), (None, None))
    return Sought(
        state=_one_of(get.get("state", ""), Home.State.values),
        sign=_one_of(get.get("sign", ""), SIGNS),
        mark=_one_of(get.get("mark", ""), [code for code, _label in MARKS]),
        born_before=before,
        born_after=after,
        population=_one_of(get.get("population", ""), codes.tables()["population"]),
        days=int(_one_of(get.get("days", ""), map(str, DAYS)) or 90),
    )


def _one_of(told: str, known: Iterable[str]) -> str:
    return told if told in set(known) else ""


def _staircase(one: Staircase, cells: Cells) -> dict[str, Any]:
    rows = [(_floor(level), cells.row(row)) for level, row in one.floors]
    return {
        "name": one.entrance.name,
        "number": one.entrance.number,
        "rows": rows,
        "columns": one.columns,
        "people": one.people,
        "rooms": len(one.cells),
    }


def _floor(level: int) -> str:
    if level < 0:
        return pgettext("floor", "B%(n)d") % {"n": -level}
    return pgettext("floor", "%(n)d F") % {"n": level} if level else "—"


def _legend(request: ActorRequest, name: str, code: str, label: str, n: int, cells: Cells) -> dict[str, Any]:
    """A line of the legend, which filters by itself; pressed again it lets go."""
    active = request.GET.get(name) == code
    kept = _without(request, "state", "sign")
    url = kept or "?"
    if not active:
        url = f"{kept}&{urlencode({name: code})}" if kept else f"?{urlencode({name: code})}"
    return {"code": code, "label": label, "n": n, "url": url, "active": active, "letter": cells.letters.get(code, "")}


def _choices(request: ActorRequest, plate: Plate, chosen: str) -> list[dict[str, Any]]:
    """Entrances to choose from where there are several; a phone shows one at a time."""
    if len(plate.staircases) < 2:  # one needs no choice
        return []
    kept = _without(request, "entrance")
    first = {"label": _("All entrances"), "url": kept or "?", "active": not chosen}
    join = f"{kept}&" if kept else "?"
    return [
        first,
        *(
            {
                "label": one.entrance.name,
                "url": f"{join}entrance={one.entrance.number}",
                "active": chosen == str(one.entrance.number),
            }
            for one in plate.staircases
        ),
    ]


def _without(request: ActorRequest, *names: str) -> str:
    """The address without these questions; "" where none is left."""
    kept = [(name, value) for name, value in request.GET.items() if value and name not in names]
    return f"?{urlencode(kept)}" if kept else ""
