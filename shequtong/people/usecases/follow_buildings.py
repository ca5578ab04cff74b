"""Follow buildings (随楼栋调整): their grid is another from today, and so it is for who lives in them; in the transaction of the redrawing."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.core.models import Subdistrict
from shequtong.people import permissions
from shequtong.people.models import Home, Household, Person, PersonMark
from shequtong.people.usecases.register_person import Spot


@transaction.atomic
def follow_buildings(
    *, subdistrict: int, moved: Iterable[tuple[int, str]], ended: Iterable[str], by: Actor, now: datetime
) -> dict[str, int]:
    """`moved`: buildings with the path they lie in now; `ended`: paths of grids that are no more, whose people without a home here go to
    the community above. How many rows of each kind were moved. Four statements a path. Raises Forbidden.
    """
    by.require(permissions.RECORD, Spot(subdistrict, ""))
    counted: dict[str, int] = defaultdict(int)
    by_path: dict[str, list[int]] = defaultdict(list)
    for building, path in moved:
        by_path[path].append(building)
    for path, buildings in sorted(by_path.items()):
        people = Person.objects.filter(subdistrict=subdistrict, building__in=buildings)
        counted["marks"] += PersonMark.objects.filter(subdistrict=subdistrict, person__in=people).update(grid_path=path)
        counted["people"] += people.update(grid_path=path)
        homes = Home.objects.filter(subdistrict=subdistrict, building__in=buildings)
        households = Household.objects.filter(subdistrict=subdistrict, room__in=homes.values("room"))
        counted["households"] += households.update(grid_path=path)
        counted["homes"] += homes.update(grid_path=path)
    for path in ended:
        above = path[: path.rstrip("/").rfind("/") + 1]
        left = Person.objects.filter(subdistrict=subdistrict, grid_path=path, building__isnull=True)
        PersonMark.objects.filter(subdistrict=subdistrict, person__in=left).update(grid_path=above)
        counted["people"] += left.update(grid_path=above)
    if counted:
        log.record("people.followed", Subdistrict.objects.get(pk=subdistrict), by=by, at=now, **counted)
    return dict(counted)
