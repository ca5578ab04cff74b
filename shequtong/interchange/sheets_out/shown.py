"""Sheets on a page (报表的展示): of a month, each template and unit with what was made, by whom, what changed, what is late; and the vocabulary."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override, pgettext

from shequtong.core.actors import Actor
from shequtong.interchange import permissions as own
from shequtong.interchange.models import Sheet, SheetTemplate
from shequtong.interchange.people_in.fields import HEADINGS, OTHERS
from shequtong.interchange.sheets_out.words import EXTRAS, FILTERS, SCALARS
from shequtong.people import permissions
from shequtong.people.facts import PERSON, SETS
from shequtong.people.models import ExportRequest
from shequtong.tasks.models import Task
from shequtong.territory.shown import unit_name
from shequtong.territory.units import UnitRef, under

_MOST = 2000
EARLIEST = 2000  # no sheet is of an earlier year


@dataclass(frozen=True)
class Line:
    """A unit's sheet of the month. `made` the last that was made, `asked` a later one that is not; `download` where it is one's own."""

    unit: str
    made: Sheet | None
    state: str
    tone: str
    late: bool
    download: str
    fill: str
    export: str


@dataclass(frozen=True)
class Group:
    """A template with its units."""

    template: SheetTemplate
    due: date
    lines: list[Line]

    @property
    def done(self) -> int:
        """How many units have theirs."""
        return sum(1 for one in self.lines if one.made is not None)


@dataclass
class Board:
    """A month's page. `before`, `after`: addresses of the months beside it."""

    groups: list[Group] = field(default_factory=list)
    before: str = ""
    after: str = ""
    late: int = 0


def asked_of(template: SheetTemplate, by: Actor) -> list[UnitRef]:
    """The units that send it and lie within the actor's reach. No statement."""
    reach = by.reach(permissions.EXPORT).of_post
    return [one for one in under(template.path, template.level) if reach.covers(one.reach_facts())]


def month_board(by: Actor, month: date, today: date, now: datetime) -> Board:
    """Four statements: templates, sheets, their exports, their tasks."""
    exports, managed = by.reach(permissions.EXPORT).of_post, by.reach(own.MANAGE_SHEETS).of_post
    places = tuple(sorted({*exports.subdistricts, *managed.subdistricts}))
    templates = list(SheetTemplate.objects.within(*places).in_use().order_by("name", "id"))
    rows = Sheet.objects.within(*places).within_reach(by, permissions.EXPORT).filter(month=month).defer("snapshot")
    sheets: dict[tuple[int, str], list[Sheet]] = {}
    for row in rows.order_by("-asked_at", "-id")[:_MOST]:
        sheets.setdefault((row.template_id, row.path), []).append(row)
    last = [found[0] for found in sheets.values()] + [one for found in sheets.values() if (one := _made(found)) is not None]
    filled = ExportRequest.objects.within(*places).filter(pk__in={one.export_id for one in last}).defer("listed")
    asked = {one.pk: one for one in filled}
    tasks = Task.objects.within(*places).filter(pk__in={one.task_id for one in asked.values() if one.task_id})
    desk = _Desk(by, month, today, now, asked, {one.pk: one for one in tasks})
    earlier = month - timedelta(days=1)
    board = Board(before=_link(earlier) if earlier.year >= EARLIEST else "")
    board.after = _link(month + timedelta(days=31)) if month < today.replace(day=1) else ""
    for template in templates:
        lines = [desk.line(template, unit, sheets.get((template.pk, unit.path), [])) for unit in asked_of(template, by)]
        if lines:
            board.groups.append(Group(template, template.due_on(month), lines))
    board.late = sum(1 for group in board.groups for line in group.lines if line.late and line.made is None)
    return board


def _link(day: date) -> str:
    return f"?month={day:%Y-%m}"


def _made(found: Iterable[Sheet]) -> Sheet | None:
    return next((one for one in found if one.made_at is not None), None)


@dataclass(frozen=True)
class _Desk:
    by: Actor
    month: date
    today: date
    now: datetime
    asked: dict[int, ExportRequest]
    tasks: dict[int, Task]

    def line(self, template: SheetTemplate, unit: UnitRef, found: list[Sheet]) -> Line:
        made, due = _made(found), template.due_on(self.month)
        day = timezone.localdate(made.made_at) if made is not None and made.made_at is not None else self.today
        state, tone, export = self._stands(found[0] if found else None, made)
        download = ""
        if made is not None and (task := self._task(made)) is not None:
            mine = task.account_id == self.by.account_id and task.file_expires_at is not None and task.file_expires_at > self.now
            download = reverse("pages:task-download", args=[task.pk]) if mine else ""
        fill = reverse("interchange:desk-sheet-fill", args=[template.pk, unit.code, f"{self.month:%Y-%m}"])
        return Line(unit_name(unit), made, state, tone, day > due, download, fill, export)

    def _task(self, sheet: Sheet) -> Task | None:
        export = self.asked.get(sheet.export_id)
        return self.tasks.get(export.task_id) if export is not None and export.task_id else None

    def _stands(self, last: Sheet | None, made: Sheet | None) -> tuple[str, str, str]:
        """State in words, tone, and the address of the export where somebody waits for it."""
        if last is None:
            return pgettext("sheet", "Not made yet"), "quiet", ""
        if last is made:
            return pgettext("sheet", "Made"), "good", ""
        export, task = self.asked.get(last.export_id), self._task(last)
        if export is None or export.state == ExportRequest.State.REFUSED or export.is_late(self.now):
            return pgettext("sheet", "Refused or too late"), "bad", self._address(export)
        if task is not None and task.is_open:
            return pgettext("sheet", "Being made"), "info", task.url if task.account_id == self.by.account_id else ""
        if task is not None:
            return pgettext("sheet", "Failed"), "bad", task.url if task.account_id == self.by.account_id else ""
        return export.get_state_display(), "warn", self._address(export)

    def _address(self, export: ExportRequest | None) -> str:
        sees = export is not None and (
            export.account_id == self.by.account_id
            or self.by.reach(permissions.APPROVE_EXPORT).of_post.covers(export.reach_facts())
        )
        return reverse("people:desk-export", args=[export.pk]) if export is not None and sees else ""


def vocabulary() -> list[dict[str, Any]]:
    """The words by kind. Facts are told as templates write them: in Chinese, by the first heading an import knows."""
    first: dict[str, str] = {}
    for heading, target in HEADINGS.items():
        first.setdefault(target, heading)
    facts = [(fact.label, first.get(fact.name, "")) for fact in PERSON] + [(label, first.get(name, "")) for name, label in OTHERS]
    sets = []
    for kind in SETS:
        with override("zh-hans"):
            words = [str(fact.label) for fact in kind.facts]
        sets.append({"label": kind.label, "words": words})
    braced = "{{%s}}"
    return [
        {"kind": "scalars", "words": [(braced % word, about) for word, about in SCALARS.items()]},
        {
            "kind": "extras",
            "words": [(braced % word, about) for word, about in EXTRAS.items()],
            "people": braced % "行:老年人",
            "units": (braced % "行:社区", braced % "行:网格"),
        },
        {"kind": "facts", "words": [(braced % word, label) for label, word in facts if word]},
        {"kind": "sets", "words": sets, "example": braced % "残疾人·享受补贴"},
        {"kind": "filters", "words": list(FILTERS), "examples": (braced % "行:老年人·80岁以上·女", braced % "人数:残疾人")},
    ]
