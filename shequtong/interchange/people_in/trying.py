"""A trial (试导入): what would become of each row, in numbers, with nothing written; and some rows to look at, masked."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils import timezone

from shequtong.core.actors import Actor
from shequtong.interchange.models import PeopleTable
from shequtong.interchange.people_in.batches import batches, refusals
from shequtong.interchange.people_in.differing import MOST, Told, told_of
from shequtong.interchange.people_in.heads import Head
from shequtong.interchange.people_in.places import Places
from shequtong.interchange.people_in.table import Row
from shequtong.interchange.people_in.translate import Translator
from shequtong.people.lookups.load_plan import Decision, plan_of

OUTCOMES = ("created", "updated", "unchanged", "refused")
Wrong = list[tuple[int, dict[int, str]]]


@dataclass
class Trial:
    """Counts by outcome; how often each column was at fault; what else the clerk is told."""

    counts: Counter[str] = field(default_factory=Counter)
    columns: Counter[int] = field(default_factory=Counter)
    by_name: int = 0  # known by name, birthday and door, not by a number
    kept: int = 0  # rows of which a stronger source keeps something
    without_number: int = 0
    over: int = 0  # persons of whom a set ends, since the table says no
    changed: list[Told] = field(default_factory=list)  # the first rows that change somebody, with what

    @property
    def rows(self) -> int:
        return sum(self.counts.values())

    def note(self, decisions: Iterable[Decision], wrong: Wrong) -> None:
        """Count a batch."""
        for one in decisions:
            self.counts[one.outcome] += not one.why
            self.by_name += one.by_name and not one.why
            self.kept += bool(one.kept)
            self.over += any(each.values is None for each in one.sets.values()) and not one.why
            self.without_number += not one.why and not one.facts.get("id_number")
        self.counts["refused"] += len(wrong)
        self.columns.update(column for _number, why in wrong for column in why)

    def as_json(self) -> dict[str, Any]:
        """As a row keeps it."""
        more = {"by_name": self.by_name, "kept": self.kept, "without_number": self.without_number, "over": self.over}
        return {**{name: self.counts[name] for name in OUTCOMES}, **more, "columns": sorted(self.columns.items())}


def translator_of(table: PeopleTable, by: Actor, now: datetime) -> Translator:
    """What reads the rows of a table, with the doors within reach in memory."""
    head = Head(table.head_row, tuple(table.names))
    return Translator(head, table.targets, Places(table.subdistrict_id, by), timezone.localdate(now))


def tried(
    table: PeopleTable,
    rows: Iterable[Row],
    *,
    by: Actor,
    now: datetime,
    watch: Callable[[int], None],
    wrong_rows: Callable[[Wrong], None],
) -> Trial:
    """Every row, decided and let go. `watch` is told how far it is, `wrong_rows` what is refused, a batch at a time."""
    trial, translator, done = Trial(), translator_of(table, by, now), 0
    for batch in batches(rows, translator):
        incoming = [line.incoming for line in batch.lines if line.incoming is not None]
        plan = plan_of(rows=incoming, subdistrict=table.subdistrict_id, source=table.source, by=by)
        wrong = refusals(batch.lines, plan.decisions, translator)
        trial.note(plan.decisions, wrong)
        trial.changed += islice(told_of(plan.decisions, by), MOST - len(trial.changed))
        wrong_rows(wrong)
        done += len(batch.lines)
        watch(done)
    return trial
