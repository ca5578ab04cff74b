"""What is asked of a city (城市规模测量对象): `python -m bench.city_place`: who reads which page of a database that `manage.py city` filled; one line of JSON.

The street with the most cases, its posts and the district's; rarest and commonest values are looked up, not assumed.
"""

import json
import os
import sys
from typing import Any
from urllib.parse import quote

import django

QUEUE, SEARCH = "/desk/cases/", "/desk/search/?q="
FROM_THE_END = 60  # cases: a whole page is left
ROLES = {"supervisor": "subdistrict_supervisor", "chen": "precinct_head", "shen": "acceptor", "lin": "dispatcher"}


def city() -> dict[str, Any]:
    """Facts as `bench.place make` gives them, with `pages`: name → (who, address), and the street whose flow is prepared."""
    from django.db.models import Count

    from shequtong.access.models import Appointment
    from shequtong.accounts.models import Account
    from shequtong.accounts.testing import signed_in
    from shequtong.cases.models import Case

    street = Case.objects.values("subdistrict").annotate(n=Count("id")).order_by("-n").values_list("subdistrict", flat=True)[0]
    posts = Appointment.objects.filter(subdistrict=street, ended_at__isnull=True).order_by("id")
    head = posts.filter(role="precinct_head")[0]
    found = {"supervisor": posts.filter(role=ROLES["supervisor"])[0], "chen": head}
    found |= {name: posts.filter(role=ROLES[name], unit=head.unit_id)[0] for name in ("shen", "lin")}
    found["wang"] = posts.filter(role="station_head", station__agency__code="police")[0]
    found["district"] = Appointment.objects.filter(role="district_viewer", ended_at__isnull=True).order_by("id")[0]
    people = {name: Account.objects.get(pk=post.account_id) for name, post in found.items()}
    return {
        "building": _building(head.unit),
        "police": found["wang"].station_id,
        "street": street,
        "accounts": {name: account.pk for name, account in people.items()},
        "sessions": {name: signed_in(account).cookies["sessionid"].value for name, account in people.items()},
        "pages": _pages(street, head, found["wang"].station_id),
    }


def _building(unit: Any) -> int:
    from shequtong.territory.models import Building

    return int(Building.objects.filter(subdistrict=unit.subdistrict_id, grid_path__startswith=unit.path).order_by("id")[0].pk)


def _pages(street: int, head: Any, station: int) -> dict[str, tuple[str, str]]:
    from shequtong.cases.models import Case

    here = Case.objects.filter(subdistrict=street)
    closed = here.filter(stage="closed").order_by("-id")[0]
    fresh = here.filter(is_open=True, place_path__startswith=head.unit.path).order_by("-id")[0]
    over = (
        _of_queue(here, head, station, closed) | _of_map(here) | {"board: street": "/board/", "workbench: supervisor": "/desk/"}
    )
    pages = {name: ("supervisor", address) for name, address in over.items()}
    return pages | {
        "workbench: precinct head": ("chen", "/desk/"),
        "workbench: acceptor": ("shen", "/desk/"),
        "workbench: station": ("wang", "/desk/"),
        "queue: station's all": ("wang", f"{QUEUE}?stage=all"),
        "case page: closed": ("chen", f"{QUEUE}{closed.number}/"),
        "case page: duplicates looked up": ("shen", f"{QUEUE}{fresh.number}/"),
        "intake: duplicates looked up": ("shen", f"{QUEUE}new/?building={_building(head.unit)}"),
        "district: desk": ("district", "/desk/"),
        "district: queue": ("district", QUEUE),
        "district: all": ("district", f"{QUEUE}?stage=all"),
        "district: rarest class": ("district", f"{QUEUE}?cls={_by_number(here, 'case_class__code')[0]}&stage=all"),
        "district: board": ("district", "/board/"),
    }


def _of_queue(here: Any, head: Any, station: int, closed: Any) -> dict[str, str]:
    """The list by its filters, its deepest pages, and with words."""
    from shequtong.territory.models import Unit

    classes, stages = (_by_number(here, what) for what in ("case_class__code", "stage"))
    inside = Unit.objects.filter(path__startswith=head.unit.path).order_by("path")
    grid, community = inside.filter(kind="grid")[0].code, inside.filter(kind="community")[0].code
    last, last_open = (list(here.filter(is_open=one).order_by("-due_at", "-id")[:FROM_THE_END])[-1] for one in (False, True))
    asked = {
        "open": "",
        "all": "stage=all",
        "closed": "stage=closed",
        "late": "light=red",
        "no clock": "light=none",
        "rarest stage": f"stage={stages[0]}",
        "commonest class": f"cls={classes[-1]}&stage=all",
        "rarest class": f"cls={classes[0]}&stage=all",
        "rarest class, open": f"cls={classes[0]}",
        "station": f"station={station}&stage=all",
        "grid": f"under={grid}&stage=all",
        "community": f"under={community}",
        "grid, class, late": f"under={grid}&cls={classes[-1]}&light=red",
        "deepest page": f"stage=all&after={_after(last)}",
        "deepest open page": f"after={_after(last_open)}",
        "number": f"q={closed.number}&stage=all",
        "words": f"q={quote('楼道灯')}",
        "one character": f"q={quote('灯')}&stage=all",
    }
    searched = {"search: words": f"{SEARCH}{quote('楼道灯')}", "search: nothing": f"{SEARCH}{quote('鸵鸟跑了')}"}
    return {f"queue: {name}": f"{QUEUE}?{query}" for name, query in asked.items()} | searched


def _of_map(here: Any) -> dict[str, str]:
    """The map's page, and viewports around the middle of the street."""
    from django.db.models import Avg

    at = here.filter(lon__isnull=False).aggregate(lon=Avg("lon"), lat=Avg("lat"))

    def box(zoom: int, half: float) -> str:
        sides = (at["lon"] - half, at["lat"] - half, at["lon"] + half, at["lat"] + half)
        return f"{QUEUE}map/view/?zoom={zoom}&bbox={','.join(f'{side:.4f}' for side in sides)}"

    views = {"street": box(12, 0.1), "block": box(16, 0.004), "history": f"{box(13, 0.03)}&stage=all"}
    return {f"map: {name}": view for name, view in {"page": f"{QUEUE}map/", "hours": f"{QUEUE}map/hours/", **views}.items()}


def _by_number(here: Any, what: str) -> list[Any]:
    """The values of a column, the rarest first."""
    from django.db.models import Count

    return list(here.values(what).annotate(n=Count("id")).order_by("n").values_list(what, flat=True))


def _after(case: Any) -> str:
    return quote(f"{case.due_at.isoformat()}_{case.pk}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    sys.stdout.write(json.dumps(city(), ensure_ascii=False) + "\n")
