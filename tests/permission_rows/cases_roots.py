"""Root-cause projects: whose ground it is and the station that leads it see one; offices lead, the station reports (cases/tests/desk/test_roots.py)."""

from datetime import timedelta

from django.utils import timezone

from shequtong.cases.models import HotIssue
from shequtong.cases.testing import make_case, make_root
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only

SEES = (Kind.STAFF, Kind.NEIGHBOUR, Kind.FOREIGN_STATION)
HERE, DONE = only(Kind.STAFF), only(Kind.STAFF, outcome=302)


def root(scene: Scene) -> Values:
    """One that the police lead."""
    return {"root_id": make_root(scene.town).pk}


def told(scene: Scene) -> Values:
    """A case at the building."""
    return {"number": make_case(scene.town).number}


def hot(scene: Scene) -> Values:
    """A hot issue there."""
    case = make_case(scene.town)
    issue = HotIssue.objects.create(
        subdistrict_id=case.subdistrict_id,
        case_class_id=case.case_class_id,
        place=f"0{case.building_id}",
        place_path=case.place_path,
        place_name=case.address,
        days=7,
        recent=6,
        before=1,
        expected=1.0,
        chance=0.01,
        found_at=timezone.now(),
    )
    return {"issue_id": issue.pk}


def opened(scene: Scene) -> Values:
    """The form of a new one."""
    return {
        "place": f"0{scene.town.building.pk}",
        "title": "楼道照明反复损坏",
        "plan": "更换线路，加装声控开关。",
        **lead(scene),
    }


def lead(scene: Scene) -> Values:
    """Who leads it, until when."""
    return {"lead": scene.town.police.pk, "target_day": (timezone.now() + timedelta(days=20)).date().isoformat()}


ROWS = [
    Row("cases:desk-roots", only(*SEES)),
    Row("cases:desk-roots-export", only(*SEES, outcome=302), method="POST", data=lambda _scene: {"query": "state=all"}),
    Row("cases:desk-root", HERE, kwargs=root),
    Row("cases:desk-root", HERE, kwargs=root, staff="wang", label="of who leads it"),
    Row("cases:desk-hot-cure", HERE, kwargs=hot),
    Row("cases:desk-hot-cure", DONE, method="POST", kwargs=hot, data=opened),
    Row("cases:desk-case-cure", HERE, kwargs=told),
    Row("cases:desk-case-cure", DONE, method="POST", kwargs=told, data=opened, staff="lin"),
    Row("cases:desk-root-measures", HERE, kwargs=root, staff="wang"),
    Row(
        "cases:desk-root-measures", DONE, method="POST", kwargs=root, staff="wang", data=lambda _scene: {"words": "线路已更换。"}
    ),
    Row("cases:desk-root-lead", HERE, kwargs=root),
    Row("cases:desk-root-lead", DONE, method="POST", kwargs=root, data=lambda scene: {**lead(scene), "reason": "职责调整"}),
    Row("cases:desk-root-give-up", HERE, kwargs=root),
    Row("cases:desk-root-give-up", DONE, method="POST", kwargs=root, data=lambda _scene: {"reason": "小区整体搬迁"}),
]
