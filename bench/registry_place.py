"""What is asked of the registry (人房登记测量对象): `python -m bench.registry_place`: pages of the largest street of a city with people; one line of JSON."""

import json
import os
import sys
from typing import Any
from urllib.parse import quote

import django

LIST = "/desk/registry/"
FROM_THE_END = 60  # people: a whole page is left


def registry() -> dict[str, Any]:
    """Facts as `bench.city_place` gives them: `sessions` and `pages`, name → (who, address)."""
    from django.db.models import Count

    from shequtong.access.models import Appointment
    from shequtong.accounts.models import Account
    from shequtong.accounts.testing import signed_in
    from shequtong.people.models import Person

    street = Person.objects.values("subdistrict").annotate(n=Count("id")).order_by("-n").values_list("subdistrict", flat=True)[0]
    post = Appointment.objects.filter(subdistrict=street, ended_at__isnull=True, role="subdistrict_supervisor").order_by("id")[0]
    session = signed_in(Account.objects.get(pk=post.account_id)).cookies["sessionid"].value
    pages = {**_lists(street), **_ones(street), **_searches()}
    return {"sessions": {"supervisor": session}, "pages": {name: ("supervisor", address) for name, address in pages.items()}}


def _lists(street: int) -> dict[str, str]:
    from django.db.models import Count

    from shequtong.people.models import Person, PersonMark
    from shequtong.territory.models import Unit

    here = Person.objects.filter(subdistrict=street, ended_on=None)
    last = list(here.order_by("-grid_path", "-door", "-id")[:FROM_THE_END])[-1]
    marks = PersonMark.objects.filter(subdistrict=street).values("mark").annotate(n=Count("id")).order_by("n")
    marked = [row["mark"] for row in marks]
    inside = Unit.objects.filter(subdistrict=street, ended_at=None).order_by("path")
    grid, community = (inside.filter(kind=kind)[0].code for kind in ("grid", "community"))
    asked = {
        "all": "",
        "deepest page": f"?after={last.grid_path}_{last.door}_{last.pk}",
        "rarest mark": f"?mark={marked[0]}",
        "commonest mark": f"?mark={marked[-1]}",
        "alone, over 80": "?mark=alone&age=80",
        "over 80": "?age=80",
        "under 18": "?age=minor",
        "registered elsewhere": "?population=02",
        "grid": f"?under={grid}",
        "community, disability": f"?under={community}&mark=disability",
        "of a rare mark, over 80": f"?mark={marked[0]}&age=80",
        "buildings": "buildings/",
    }
    return {f"list: {name}": f"{LIST}{query}" for name, query in asked.items()}


def _ones(street: int) -> dict[str, str]:
    """A person of many sets, the fullest home, the building of most rooms."""
    from django.db.models import Count

    from shequtong.people.models import Home, PersonMark
    from shequtong.territory.models import Building

    marked = PersonMark.objects.filter(subdistrict=street, person__room__isnull=False)
    person = marked.values("person").annotate(n=Count("id")).order_by("-n", "person")[0]["person"]
    home = Home.objects.filter(subdistrict=street).order_by("-people", "id")[0]
    building = Building.objects.filter(subdistrict=street).order_by("-room_count", "id")[0]
    return {
        "person": f"{LIST}persons/{person}/",
        "person: a past day": f"{LIST}persons/{person}/?on=2025-01-01",
        "household": f"{LIST}homes/{home.room_id}/",
        "building board": f"{LIST}buildings/{building.pk}/",
    }


def _searches() -> dict[str, str]:
    words = {"common name": "王伟", "rare name": "欧阳志远", "two characters": "志远", "pinyin": "zhangwei", "initials": "zjg"}
    return {f"search: {name}": f"/desk/search/?q={quote(word)}" for name, word in words.items()}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    sys.stdout.write(json.dumps(registry()) + "\n")
