"""What was told, and who else met it: joining is open to all; merging and taking apart to who may at both places."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from shequtong.cases import usecases
from shequtong.cases.models import Reporter
from shequtong.cases.testing import make_case
from shequtong.testing.permission_table import Kind, Row, Scene, Values, anyone, only
from shequtong.testing.town import MORNING


def open_case(scene: Scene) -> Values:
    """A matter that somebody told lately, of which the visitors know nothing."""
    return {"number": make_case(scene.town, now=timezone.now() - timedelta(hours=1)).number}


def early(scene: Scene) -> Values:
    """A report that may be merged."""
    return {"number": make_case(scene.town, account_id=scene.resident.pk).number}


def merged(scene: Scene) -> Values:
    """A case that was merged lately."""
    lately = timezone.now() - timedelta(hours=1)
    one, other = (make_case(scene.town, now=lately, account_id=scene.resident.pk) for _each in range(2))
    usecases.merge_case(number=one.number, into=other.number, reason="同一处", by=scene.town.chen, now=lately)
    return {"number": one.number}


def first_reporter() -> int:
    """Who told the case of the row."""
    return Reporter.objects.order_by("-id").values_list("pk", flat=True)[0]


def into(scene: Scene) -> Values:
    """Another open case, and why."""
    return {"into": make_case(scene.town, now=MORNING).number, "note": "同一处路灯"}


MAKES_IT = only(Kind.STAFF, outcome=302)
MOVES: tuple[tuple[str, Callable[[Scene], Values], str, Callable[[Scene], Values]], ...] = (
    ("merge", early, "shen", into),
    ("correct", early, "shen", lambda _scene: {"cls": "L02", "note": "类别选错"}),
    ("unmerge", merged, "shen", lambda _scene: {"note": "并非同一处"}),
)

ROWS = [
    Row("cases:join", anyone(200), kwargs=open_case),
    Row(
        "cases:join",
        anyone(302),
        method="POST",
        kwargs=open_case,
        data=lambda _scene: {"name": "", "phone": "13700000001", "consent": "on"},
    ),
    *(Row(f"cases:{verb}", {Kind.RESIDENT: 200}, kwargs=early) for verb in ("add", "withdraw", "correct")),
    Row("cases:correct", {Kind.RESIDENT: 302}, method="POST", kwargs=early, data=lambda _scene: {"cls": "L02"}),
    *(
        Row(f"cases:{verb}", {Kind.RESIDENT: 302}, method="POST", kwargs=early, data=lambda _scene: {"note": "灯已经修好了。"})
        for verb in ("add", "withdraw")
    ),
    Row("cases:withdraw-consent", {Kind.RESIDENT: 200}, kwargs=early),
    Row("cases:withdraw-consent", {Kind.RESIDENT: 302}, method="POST", kwargs=early),
    Row("cases:desk-withdraw-consent", only(Kind.STAFF), staff="shen", kwargs=early),
    Row(
        "cases:desk-withdraw-consent",
        only(Kind.STAFF, outcome=302),
        method="POST",
        staff="shen",
        kwargs=early,
        data=lambda _scene: {"reporter": str(first_reporter()), "reason": "本人到窗口提出"},
    ),
    *(Row(f"cases:desk-{verb}", only(Kind.STAFF), staff=staff, kwargs=maker) for verb, maker, staff, _data in MOVES),
    *(
        Row(f"cases:desk-{verb}", MAKES_IT, method="POST", staff=staff, kwargs=maker, data=data)
        for verb, maker, staff, data in MOVES
    ),
]
