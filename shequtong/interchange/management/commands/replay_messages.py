"""`manage.py replay_messages FILE`: real citizens' messages run through the way of a resident's report; what became of them is printed.

Mapping: `--mapping FILE`, a JSON object label -> class code. Place: a building drawn from the message's id. Time: shifted by whole weeks so
that the last is yesterday (or the nearest day before it with its weekday); both times are stored. `--keep-time` keeps the times of the file
and turns clocks and messages off. Broken off, it goes on where it stopped; a second run adds nothing.
"""

import json
import time
from argparse import ArgumentParser
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shequtong.core.actors import SystemActor
from shequtong.core.models import Subdistrict
from shequtong.core.places import places
from shequtong.interchange.messages import BadFile, Message, drawn_from, read_messages, weeks_to_yesterday
from shequtong.interchange.usecases import Outcome, replay_message
from shequtong.territory.models import Building

MAPPING = Path(__file__).parents[2] / "mappings" / "citizen_messages.json"
_SAY_EVERY = 2.0  # seconds


class Command(BaseCommand):
    """See the docstring of the file."""

    help = "Run real citizens' messages through the resident's way."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--mapping", type=Path, default=MAPPING, help="JSON: label -> class code")
        parser.add_argument("--keep-time", action="store_true", help="keep the file's times; no clocks, no messages")
        parser.add_argument("--place", default="SS", help="letters of the subdistrict (default %(default)s)")
        parser.add_argument("--json", action="store_true", help="print the summary as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        here = next(
            (one for one in places() if one.letters == options["place"] and one.kind == Subdistrict.Kind.SUBDISTRICT), None
        )
        buildings = (
            list(Building.objects.filter(subdistrict=here.number).order_by("address").values_list("id", flat=True))
            if here
            else []
        )
        if here is None or not buildings:
            raise CommandError(f"There is no place {options['place']} with buildings. Build one first: manage.py demo --small")
        try:
            mapping: dict[str, str] = json.loads(options["mapping"].read_text(encoding="utf-8"))
            messages = list(read_messages(options["file"], here.zone))
        except (OSError, ValueError, BadFile) as error:
            raise CommandError(f"The file cannot be read: {error}") from error
        if not messages:
            raise CommandError("The file holds no message.")
        now = datetime.now(UTC)
        shift = timedelta() if options["keep_time"] else weeks_to_yesterday(max(one.written_at for one in messages), now)
        self._quiet = options["json"]
        self._report(self._replay(messages, mapping, buildings, shift, options["keep_time"], now), shift)

    def _replay(
        self,
        messages: list[Message],
        mapping: dict[str, str],
        buildings: list[int],
        shift: timedelta,
        keep_time: bool,
        now: datetime,
    ) -> list[tuple[Message, str, Outcome]]:
        by, found, said = SystemActor("留言回放"), [], time.monotonic()
        for done, message in enumerate(sorted(messages, key=lambda one: (one.written_at, one.row_id)), 1):
            code = mapping.get(message.label, "")
            if not code:
                outcome = Outcome(refused=f"no class for the label {message.label!r}")
            else:
                outcome = replay_message(
                    message=message,
                    class_code=code,
                    building_id=buildings[drawn_from(message.message_id, len(buildings))],
                    at=message.written_at + shift,
                    keep_time=keep_time,
                    by=by,
                    now=now,
                )
            found.append((message, code, outcome))
            if not self._quiet and time.monotonic() - said > _SAY_EVERY:
                said = time.monotonic()
                self.stdout.write(f"  {done} of {len(messages)} …")
                self.stdout.flush()
        return found

    def _report(self, found: list[tuple[Message, str, Outcome]], shift: timedelta) -> None:
        accepted = [(code, outcome) for _message, code, outcome in found if not outcome.refused]
        refused = Counter(outcome.refused for _message, _code, outcome in found if outcome.refused)
        classes = Counter(code for code, _outcome in accepted)
        stations = Counter(outcome.station or "(none: waits for the dispatcher)" for _code, outcome in accepted if outcome.is_new)
        summary = {
            "messages": len(found),
            "accepted": len(accepted),
            "new": sum(outcome.is_new for _code, outcome in accepted),
            "already_there": sum(not outcome.is_new for _code, outcome in accepted),
            "refused": sum(refused.values()),
            "refused_because": dict(refused.most_common()),
            "classes": dict(classes.most_common()),
            "largest_class_share": round(max(classes.values(), default=0) / max(len(accepted), 1), 4),
            "dispatched_to": dict(stations.most_common()),
            "shifted_weeks": shift.days // 7,
        }
        if self._quiet:
            self.stdout.write(json.dumps(summary, ensure_ascii=False, indent=2))
            return
        self.stdout.write(
            f"{summary['accepted']} of {summary['messages']} accepted ({len(accepted) / len(found):.1%}), {summary['new']} new,"
            f" {summary['already_there']} there already, {summary['refused']} refused; shifted by {summary['shifted_weeks']} weeks"
        )
        for title, counted in (("refused", refused), ("class", classes), ("dispatched to", stations)):
            for name, n in counted.most_common():
                self.stdout.write(f"  {title}: {name}  {n} ({n / len(found):.1%})")
        for message, _code, outcome in found:
            if outcome.refused:
                self.stdout.write(f"  refused {message.row_id}: {outcome.refused}")
