"""The demo's monthly sheets (演示月度报表): the three ready-made templates, one filled for the last month and for this one, with a little changed between."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.utils import timezone

from shequtong.access.actor import AccountActor
from shequtong.interchange.models import SheetTemplate
from shequtong.interchange.sheets_out.examples import EXAMPLES, Example, workbook
from shequtong.interchange.sheets_out.received import received
from shequtong.interchange.usecases import SheetSettings, ask_sheet, keep_sheet_template
from shequtong.people.lookups.listed import Wanted, persons_of, sets_of
from shequtong.people.usecases import write_set
from shequtong.tasks.usecases import run_tasks

_CHANGED = 3


def build_sheets(subdistrict: int, cast: Mapping[str, AccountActor], now: datetime) -> int:
    """Keep them unless there are some; how many."""
    if SheetTemplate.objects.within(subdistrict).exists():
        return 0
    boss, worker = cast["supervisor"], cast["community"]
    kept = {name: _kept(one, boss, now) for name, one in EXAMPLES.items()}
    post = worker.in_use
    if post is None or not persons_of(worker, Wanted(marks=("disability",)), page=1).rows:
        return len(kept)
    this = timezone.localdate(now).replace(day=1)
    _filled(kept["disability"], post.path, (this - timedelta(days=1)).replace(day=1), worker, this, now)
    some = persons_of(worker, Wanted(marks=("disability",)), page=_CHANGED).rows
    for person_id, held in sets_of(some, ["disability"]).items():
        grade = "3" if getattr(held["disability"], "grade", "") == "2" else "2"
        write_set(person_id=person_id, name="disability", values={"grade": grade}, source="visit", by=worker, now=now)
    _filled(kept["disability"], post.path, this, worker, this, now)
    return len(kept)


def _kept(one: Example, by: AccountActor, now: datetime) -> SheetTemplate:
    file = received(workbook(one), f"{one.title}.xlsx", place=by.home, by=by, now=now, faults=[])
    told = SheetSettings(one.title, one.level, one.due_day)
    return keep_sheet_template(told=told, file=file, by=by, now=now)


def _filled(template: SheetTemplate, path: str, month: date, by: AccountActor, this: date, now: datetime) -> None:
    """In its month, by its day; where a second person is to approve, it waits for them."""
    when = now if month == this else now - timedelta(days=timezone.localdate(now).day + 5)
    _sheet, _export, task = ask_sheet(template_id=template.pk, path=path, month=month, in_clear=False, by=by, now=when)
    if task is not None:
        run_tasks(worker="demo", clock=lambda: when)
