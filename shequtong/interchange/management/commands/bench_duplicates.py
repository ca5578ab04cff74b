"""`manage.py bench_duplicates [FILE]`: precision and recall of the look-up for likely duplicates, by the marks of a city's own clerks.

Definition. Requests are taken one by one in the order they came (one a number, its latest closing). Offered is what the look-up of a new
report (cases/nearby.py) would show: earlier ones of the same class, within some metres and days, not closed before that day. The truth is
the city's own mark ("… - Dup"): a marked request with at least one earlier one offered is found, a marked one with none is missed, an
unmarked one with any offered is a false alarm. Which request a marked one repeats the city does not say. Cities without marks are left out.

The sweep goes over metres, days, likeness of words and finer class. The first part in time chooses, the later part judges. Everything is
done in memory, without a database. docs/operations/duplicates.md says what came out and what the product does with it.
"""

import json
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shequtong.cases.flow import Rules
from shequtong.core.refusals import Refusal
from shequtong.interchange.history.tables import Table
from shequtong.interchange.management.duplicate_pairs import pairs_of, requests_of
from shequtong.interchange.management.duplicate_scores import DAYS, METRES, Score, Scored, Setting, best, scored, split_at, sweep

FILE = Path(settings.BASE_DIR).parent / "shared/data/service_requests_311/requests_unified_train.parquet"
COLUMNS = ("city", "request_id", "created", "closed", "status", "category", "subcategory", "address", "lat", "lon")
_SAY_EVERY = 2.0  # seconds


class Command(BaseCommand):
    """See the docstring of the file."""

    help = "Measure the look-up for likely duplicates."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=FILE)
        parser.add_argument("--split", type=float, default=0.6, help="share of the requests, by time, that chooses (default 0.6)")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        begun = self._said = time.monotonic()
        self._quiet = options["json"]
        try:
            table = Table(options["file"])
            if missing := [name for name in COLUMNS if name not in table.header]:
                raise CommandError(f"The file lacks the columns {', '.join(missing)}.")
            requests, left = requests_of(table.rows())
        except (Refusal, OSError) as error:
            raise CommandError(str(error)) from error
        if not requests:
            raise CommandError('No request of the file is marked as a duplicate ("Dup" in its status).')
        pairs = pairs_of(requests, self._say)
        border = split_at(pairs, options["split"])
        found = list(sweep(pairs, border))
        rules = Rules()
        ours = scored(pairs, Setting(rules.near_metres, rules.near_days), border)
        told = {
            "requests": len(requests),
            "marked": int(pairs.marked.sum()),
            "left_out": left,
            "pairs": len(pairs.at),
            "later_part_from": requests[border].created.date().isoformat(),
            "product": _plain(ours),
            "best": _plain(best(found)),
            "best_within_product_metres": _plain(
                best([one for one in found if one.setting.metres == ours.setting.metres] or found)
            ),
            "sweep": [_plain(one) for one in found],
            "seconds": round(time.monotonic() - begun, 1),
        }
        self.stdout.write(json.dumps(told) if self._quiet else "\n".join(_lines(told, found)))

    def _say(self, done: int) -> None:
        if not self._quiet and time.monotonic() - self._said > _SAY_EVERY:
            self._said = time.monotonic()
            self.stdout.write(f"  {done:,} requests looked at")
            self.stdout.flush()


def _plain(one: Scored) -> dict[str, Any]:
    return {"setting": asdict(one.setting), "train": one.train.plain(), "test": one.test.plain()}


def _lines(told: dict[str, Any], found: list[Scored]) -> Iterator[str]:
    left = ", ".join(f"{n:,} {why}" for why, n in told["left_out"].items())
    yield f"{told['requests']:,} requests, {told['marked']:,} marked as duplicates by the city; left out: {left}"
    yield f"{told['pairs']:,} pairs within reach of the sweep; the part from {told['later_part_from']} on judges; {told['seconds']} s"
    yield ""
    yield "Precision / recall / F1 of the later part, by metres (down) and days (across), words not asked"
    yield "        " + "".join(f"{days:>19}" for days in DAYS)
    plain = {(one.setting.metres, one.setting.days): one.test for one in found if _by_place_and_time(one.setting)}
    for metres in METRES:
        yield f"{metres:>6} m" + "".join(f"  {_three(plain[metres, days])}" for days in DAYS)
    yield ""
    for name in ("product", "best", "best_within_product_metres"):
        one = told[name]
        setting = ", ".join(f"{key} {value}" for key, value in one["setting"].items())
        yield f"{name.replace('_', ' ')}: {setting}"
        for part in ("train", "test"):
            score = one[part]
            yield (
                f"  {part:<5} precision {score['precision']:.3f}  recall {score['recall']:.3f}  F1 {score['f1']:.3f}"
                f"  ({score['right']:,} of {score['marked']:,} found, {score['offered'] - score['right']:,} false alarms)"
            )


def _by_place_and_time(setting: Setting) -> bool:
    return setting.alike == 0 and not setting.same_nature


def _three(score: Score) -> str:
    return f"{score.precision:.3f}/{score.recall:.3f}/{score.f1:.3f}"
