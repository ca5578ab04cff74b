"""`manage.py demo --small`: a small place with staff of every role and fifty cases, and who can sign in."""

import time
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from shequtong.access import roles
from shequtong.access.usecases.make_administrator import ADMINISTRATORS
from shequtong.cases.catalogue import catalogue
from shequtong.cases.examples import EXAMPLES, STAGE_LIMITS
from shequtong.cases.standards.trees import example_duties, example_lines
from shequtong.cases.standings import agencies, preview_of
from shequtong.cases.usecases import prepare_standards, publish_batch, publish_standard, set_stage_limit
from shequtong.core.actors import SystemActor
from shequtong.pages.demo.cases import play_cases
from shequtong.pages.demo.people import (
    ADMIN_PASSWORD,
    CAST,
    PASSWORD,
    Person,
    actors,
    build_administrators,
    build_people,
)
from shequtong.pages.demo.place import build_small
from shequtong.pages.demo.plays_hotline import play_hotline
from shequtong.territory.models import Building

CASES = 50


class Command(BaseCommand):
    """Builds the demo; a second run adds nothing."""

    help = "Build the demo place with people and cases (only with SHEQUTONG_DEMO=1)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--small", action="store_true", help="one community, fifty cases")
        parser.add_argument("--cases", type=int, default=CASES, help="how many cases (default %(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SHEQUTONG_DEMO:
            raise CommandError(
                "The demo's sign-ins are printed; it is built only where SHEQUTONG_DEMO=1 says that this is a demo."
            )
        if not options["small"]:
            raise CommandError("This release has the small demo: manage.py demo --small")
        started, now, by = time.monotonic(), datetime.now(UTC), SystemActor("演示")
        with override("zh-hans"):
            self._say("Place …")
            place = build_small(by=by, now=now)
            self._say("Standards …")
            for example in EXAMPLES:
                publish_standard(new=example, by=by, now=now)
            self._trees(by, now)
            for stage, minutes, kind in STAGE_LIMITS:
                set_stage_limit(stage=stage, minutes=minutes, kind=kind, by=by, now=now)
            self._say("People …")
            cast = actors(build_people(place, by, now))
            build_administrators(by, now)
            self._say("Cases …")
            buildings = list(Building.objects.filter(subdistrict=place.subdistrict).order_by("id"))
            made = play_cases(options["cases"], buildings, cast, now)
            play_hotline(buildings, cast, now)
        self._say(f"{made} cases played, {len(buildings)} buildings, {time.monotonic() - started:.0f} s")
        self._who()

    def _trees(self, by: SystemActor, now: datetime) -> None:
        """Every class of the shipped trees; a second run finds them there."""
        if all(line.code in catalogue().by_code for line in example_lines()):
            return
        duties = example_duties(agency.code for agency in agencies().values())
        batch = prepare_standards(source="examples", lines=example_lines(), duties=duties, by=by, now=now)
        publish_batch(batch_id=batch.pk, fingerprint=preview_of(batch).fingerprint, by=by, now=now)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def _who(self) -> None:
        """Everyone who can sign in, with role."""
        with override("zh-hans"):
            known = {code: str(role.label) for code, role in roles.table().roles.items()}
        self.stdout.write(
            f"\nSign in at /sign-in/ with phone and code (read the code at /dev/outbox/), or with password {PASSWORD}\n"
        )
        for person in CAST:
            self.stdout.write(f"  {person.phone}  {_told(person, known)}  {person.name}")
        self.stdout.write(f"\nAdministrators: user name, password {ADMIN_PASSWORD}, then the code that stands at /dev/outbox/\n")
        for username, role in ADMINISTRATORS.items():
            self.stdout.write(f"  {username:<11}  {known[role]}")


def _told(person: Person, known: dict[str, str]) -> str:
    """A person's role in words, with what a visitor may try with them."""
    if not person.role:
        return "居民"
    if person.also[0]:
        return f"{known[person.role]}（兼{known[person.also[0]]}：点右上角姓名切换岗位）"
    return f"{known[person.role]}{'（邻街，看不到本街道的案件）' if person.key == 'neighbour' else ''}"
