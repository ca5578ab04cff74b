"""What is asked of a city (城市规模测量对象): `python -m bench.city_place`: who reads which page of a database that `manage.py city` filled; one line of JSON.

The street with the most cases, its posts and the district's; rarest and commonest values are looked up, not assumed.
"""

import json
import os
import sys
from typing import Any
from urllib.parse import quote

import django

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
    from django.db.models import Avg, Count

    from shequtong.cases.models import Case, CaseClass
    from shequtong.territory.models import Unit

    here = Case.objects.filter(subdistrict=street)
    classes = list(here.values("case_class").annotate(n=Count("id")).order_by("n").values_list("case_class", flat=True))
    rare, common = (CaseClass.objects.get(pk=one).code for one in (classes[0], classes[-1]))
    stages = list(here.values("stage").annotate(n=Count("id")).order_by("n").values_list("stage", flat=True))
    grid = Unit.objects.filter(path__startswith=head.unit.path, kind="grid").order_by("path")[0]
    community = Unit.objects.filter(path__startswith=head.unit.path, kind="community").order_by("path")[0]
    last, last_open = (list(here.filter(is_open=one).order_by("-due_at", "-id")[:FROM_THE_END])[-1] for one in (False, True))
    closed = here.filter(stage="closed").order_by("-id")[0]
    fresh = here.filter(is_open=True, place_path__startswith=head.unit.path).order_by("-id")[0]
    middle = here.filter(lon__isnull=False).aggregate(lon=Avg("lon"), lat=Avg("lat"))
    queue, view = "/desk/cases/", "/desk/cases/map/view/?zoom={}&bbox={:.4f},{:.4f},{:.4f},{:.4f}"

    def box(zoom: int, half: float) -> str:
        return view.format(zoom, middle["lon"] - half, middle["lat"] - half, middle["lon"] + half, middle["lat"] + half)

    def after(case: Any) -> str:
        return quote(f"{case.due_at.isoformat()}_{case.pk}")

    over = {
        "queue: open": queue,
        "queue: all": f"{queue}?stage=all",
        "queue: closed": f"{queue}?stage=closed",
        "queue: late": f"{queue}?light=red",
        "queue: no clock": f"{queue}?light=none",
        "queue: rarest stage": f"{queue}?stage={stages[0]}",
        "queue: commonest class": f"{queue}?cls={common}&stage=all",
        "queue: rarest class": f"{queue}?cls={rare}&stage=all",
        "queue: rarest class, open": f"{queue}?cls={rare}",
        "queue: station": f"{queue}?station={station}&stage=all",
        "queue: grid": f"{queue}?under={grid.code}&stage=all",
        "queue: community": f"{queue}?under={community.code}",
        "queue: grid, class, late": f"{queue}?under={grid.code}&cls={common}&light=red",
        "queue: deepest page": f"{queue}?stage=all&after={after(last)}",
        "queue: deepest open page": f"{queue}?after={after(last_open)}",
        "queue: number": f"{queue}?q={closed.number}&stage=all",
        "queue: words": f"{queue}?q={quote('楼道灯')}",
        "queue: one character": f"{queue}?q={quote('灯')}&stage=all",
        "search: words": f"/desk/search/?q={quote('楼道灯')}",
        "search: nothing": f"/desk/search/?q={quote('鸵鸟跑了')}",
        "map: page": "/desk/cases/map/",
        "map: street": box(12, 0.1),
        "map: block": box(16, 0.004),
        "map: history": box(13, 0.03) + "&stage=all",
        "map: hours": "/desk/cases/map/hours/",
        "board: street": "/board/",
        "workbench: supervisor": "/desk/",
    }
    pages = {name: ("supervisor", address) for name, address in over.items()}
    return pages | {
        "workbench: precinct head": ("chen", "/desk/"),
        "workbench: acceptor": ("shen", "/desk/"),
        "workbench: station": ("wang", "/desk/"),
        "queue: station's all": ("wang", f"{queue}?stage=all"),
        "case page: closed": ("chen", f"{queue}{closed.number}/"),
        "case page: duplicates looked up": ("shen", f"{queue}{fresh.number}/"),
        "intake: duplicates looked up": ("shen", f"{queue}new/?building={_building(head.unit)}"),
        "district: desk": ("district", "/desk/"),
        "district: queue": ("district", queue),
        "district: all": ("district", f"{queue}?stage=all"),
        "district: rarest class": ("district", f"{queue}?cls={rare}&stage=all"),
        "district: board": ("district", "/board/"),
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    sys.stdout.write(json.dumps(city(), ensure_ascii=False) + "\n")
