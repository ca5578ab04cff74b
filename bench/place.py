"""The measured database from inside: `python -m bench.place make`, `… grow <cases>`, `… prepare <lifecycles> <street> <office> <station>`; one line of JSON each.

The town of the tests and its cast; cases are played by the use-cases, and copied in bulk up to the size that is asked for.
"""

import json
import os
import sys
from datetime import timedelta
from typing import Any

import django

AT_ONCE = 20_000  # copies held in memory
WHO = ("chen", "shen", "lin", "wang", "hu", "supervisor")


def make() -> dict[str, Any]:
    """Migrate, build the town, play a case to each stage, sign the cast in; the cookies of their browsers."""
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from shequtong.accounts.testing import signed_in
    from shequtong.cases.testing import make_case
    from shequtong.cases.workflow import MAIN_LINE
    from shequtong.interchange.testing import make_key
    from shequtong.testing.town import STREET, build_town, point

    town = build_town()
    make_floor()
    earlier = timezone.now() - timedelta(hours=3)
    numbers = {stage.value: make_case(town, stage=stage, now=earlier).number for stage in MAIN_LINE}
    cookies = {name: signed_in(town.accounts[name]).cookies["sessionid"].value for name in WHO}
    accounts = {name: town.accounts[name].pk for name in WHO}
    place: dict[str, Any] = {"building": town.building.pk, "police": town.police.pk, "street": STREET}
    lon, lat = point(0.5, 0.5)
    place["system"] = {"api_key": make_key(town.street, per_minute=6000)[1], "long": str(lon), "lat": str(lat)}
    return {**place, "numbers": numbers, "sessions": cookies, "accounts": accounts}


def make_floor() -> None:
    """The table of the bare view."""
    from django.db import connection

    with connection.cursor() as cursor:
        key = "integer PRIMARY KEY" if connection.vendor == "sqlite" else "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
        cursor.execute(f"CREATE TABLE IF NOT EXISTS bench_floor (id {key}, note text NOT NULL)")


def grow(wanted: int) -> dict[str, Any]:
    """Copy the played cases until there are `wanted` in the street."""
    from shequtong.cases.models import Case
    from shequtong.testing.crowd import FIRST_SERIAL, copy_cases
    from shequtong.testing.town import STREET

    here = Case.objects.filter(subdistrict=STREET)
    there = here.count()
    played = list(here.order_by("id")[:7])
    for begin in range(there, wanted, AT_ONCE):
        copy_cases(played, min(AT_ONCE, wanted - begin), first_serial=FIRST_SERIAL + begin)
    return {"cases": here.count()}


def doors(rooms: int, people: int, building: int, folder: str) -> dict[str, Any]:
    """So many rooms in the grid of a building, and in `folder` the workbook of so many people behind them; its path."""
    from pathlib import Path

    from bench.people import make_doors
    from bench.people_table import rows, workbook
    from shequtong.territory.models import Building

    make_doors(Building.objects.select_related("grid").get(pk=building).grid, rooms)
    path = Path(folder) / "people.xlsx"
    path.write_bytes(workbook(list(rows(people, rooms))))
    return {"path": str(path)}


def prepare(lifecycles: int, street: int, office: int, station: int) -> dict[str, Any]:
    """The street goes every short way, and so many lifecycles' submit keys, by who sends them: the accounts of office and station."""
    import secrets

    from django.core import signing
    from django.utils import timezone

    from shequtong.cases.models import Flow
    from shequtong.cases.short_ways import SHORT_WAYS
    from shequtong.core.held import changed
    from shequtong.core.submissions import SALT

    Flow.objects.get_or_create(
        subdistrict_id=street, version=1, defaults={"rules": {"short": list(SHORT_WAYS)}, "published_at": timezone.now()}
    )
    changed("cases.flow")
    signer = signing.TimestampSigner(salt=SALT)
    found = {}
    for who, account, each in (("chen", office, 3), ("wang", station, 1)):
        found[who] = [signer.sign(f"{secrets.token_urlsafe(16)}:{account}") for _n in range(each * lifecycles)]
    return {"keys": found}


def cases() -> dict[str, Any]:
    """How many there are in all."""
    from shequtong.cases.models import Case

    return {"cases": Case.objects.count()}


def fold() -> dict[str, Any]:
    """What lifecycles and spikes left to the worker, who is not there, is folded as he would have: unfolded, it is read by each page that counts."""
    from shequtong.figures.models import Delta
    from shequtong.figures.usecases.fold_deltas import fold_deltas

    folded = 0
    for number in sorted(Delta.objects.values_list("subdistrict", flat=True).distinct()):
        while some := fold_deltas(subdistrict_id=number):
            folded += some
    return {"folded": folded}


def people() -> dict[str, Any]:
    """How many people there are."""
    from shequtong.people.models import Person

    return {"people": Person.objects.count()}


def there(*numbers: str) -> dict[str, Any]:
    """How many of these cases there are."""
    from shequtong.cases.models import Case

    return {"there": sum(Case.objects.numbered(number).exists() for number in numbers)}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    todo: dict[str, Any] = {
        "make": make,
        "grow": grow,
        "prepare": prepare,
        "there": there,
        "floor": make_floor,
        "cases": cases,
        "doors": doors,
        "fold": fold,
        "people": people,
    }
    found = todo[sys.argv[1]](*(int(one) if one.isdigit() else one for one in sys.argv[2:]))
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
