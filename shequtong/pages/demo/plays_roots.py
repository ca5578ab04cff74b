"""The demo's root-cause projects (演示根治项目): two of what came back most at one compound; of the first, measures are reported as done."""

from datetime import datetime, timedelta

from django.db.models import Count, Max

from shequtong.access.actor import AccountActor
from shequtong.cases import permissions, usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.lookups.roots import places_named
from shequtong.cases.models import Case, RootProject

_FEWEST = 3  # cases of a class at a compound
_PLAN = "1. 牵头单位会同物业、社区现场查明原因；\n2. 两周内完成源头整改；\n3. 整改后每周巡查一次并记录。"
_DONE = "已会同物业、社区查明原因并完成源头整改，巡查记录已建立。"
_HOW_MANY = 2


def play_roots(cast: dict[str, AccountActor], now: datetime) -> int:
    """Opened two days ago by the head of the office; how many. A second run finds them there, and where little was told there are none."""
    head = cast["head"]
    if RootProject.objects.filter(subdistrict=head.home).exists():
        return 0
    told = Case.objects.filter(
        subdistrict=head.home, confidential=False, building__compound__isnull=False, lead_station__isnull=False
    )
    rows = told.within_post(head, permissions.LEAD_ROOT).order_by().values_list("case_class_id", "building__compound_id")
    often = rows.annotate(n=Count("id"), station=Max("lead_station_id")).filter(n__gte=_FEWEST).order_by("-n", "case_class_id")
    for at, (kind, compound, _n, station) in enumerate(often[:_HOW_MANY]):
        place = places_named(head.home, [f"1{compound}"])[f"1{compound}"]
        found = catalogue().classes[kind]
        opened = now - timedelta(days=2, hours=at)
        root = usecases.open_root_project(
            subdistrict_id=head.home,
            class_code=found.code,
            place=place.code,
            title=f"{place.name}{found.name}反复发生",
            plan=_PLAN,
            lead=station,
            target_day=(opened + timedelta(days=14)).date(),
            by=head,
            now=opened,
        )
        if at == 0:
            usecases.report_measures(root_id=root.pk, words=_DONE, by=head, now=now - timedelta(days=1))
    return min(_HOW_MANY, len(often))
