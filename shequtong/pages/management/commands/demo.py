"""`manage.py demo`: 狮山街道 at full size with half a year of cases; `--small`: one community and fifty cases. And who can sign in."""

import time
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from shequtong.access import roles
from shequtong.access.actor import AccountActor
from shequtong.access.usecases.make_administrator import ADMINISTRATORS
from shequtong.cases.catalogue import catalogue
from shequtong.cases.examples import EXAMPLES, STAGE_LIMITS
from shequtong.cases.standards.trees import example_duties, example_lines
from shequtong.cases.standings import agencies, preview_of
from shequtong.cases.usecases import prepare_standards, publish_batch, publish_standard, set_stage_limit
from shequtong.core.actors import SystemActor
from shequtong.pages.demo.cases import play_cases
from shequtong.pages.demo.duty import build_rosters
from shequtong.pages.demo.full.place import build_full
from shequtong.pages.demo.full.play import CASES as FULL_CASES
from shequtong.pages.demo.full.play import play_half_a_year
from shequtong.pages.demo.full.staff import build_staff
from shequtong.pages.demo.people import (
    ADMIN_PASSWORD,
    CAST,
    PASSWORD,
    Person,
    actors,
    build_administrators,
    build_people,
)
from shequtong.pages.demo.place import STREET_CODE, build_small
from shequtong.pages.demo.plays_hotline import play_hotline
from shequtong.pages.demo.plays_roots import play_roots
from shequtong.pages.demo.residents import fill_homes
from shequtong.pages.demo.sheets import build_sheets
from shequtong.pages.demo.special_care import fill_care
from shequtong.territory.models import Building
from shequtong.territory.units import with_code

SMALL_CASES = 50
RESIDENTS = ("resident", "resident2")


class Command(BaseCommand):
    """Builds the demo; a second run adds nothing."""

    help = "Build the demo place with people and cases (only with SHEQUTONG_DEMO=1)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--small", action="store_true", help=f"one community, {SMALL_CASES} cases")
        parser.add_argument("--cases", type=int, help=f"how many cases (default {FULL_CASES:,}, small {SMALL_CASES})")

        parser.add_argument(
            "--bare", action="store_true", help="without the orders of 12345 and without residents, so that none are none"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SHEQUTONG_DEMO:
            raise CommandError(
                "The demo's sign-ins are printed; it is built only where SHEQUTONG_DEMO=1 says that this is a demo."
            )
        small, cases = options["small"], options["cases"]
        self._refuse_the_other(small=small)
        started, now, by = time.monotonic(), datetime.now(UTC), SystemActor("演示")
        with override("zh-hans"):
            self._say("Place …")
            place = None if small else build_full(by=by, now=now, say=self._say)
            ground = place.small if place else build_small(by=by, now=now)
            self._say("Standards …")
            publish_all(by, now)
            self._say("People …")
            cast = actors(build_people(ground, by, now))
            build_administrators(by, now)
            staff = build_staff(place, cast, by, now) if place else None
            build_rosters(ground.subdistrict, by, now)
            self._say("Residents …")
            homed = 0 if options["bare"] else self._homes(ground.subdistrict, cast, by, now, full=not small)
            self._say("Cases …")
            buildings = list(Building.objects.filter(subdistrict=ground.subdistrict).order_by("id"))
            if staff is None:
                made = play_cases(SMALL_CASES if cases is None else cases, buildings, cast, now)
            else:
                residents = [account_id for account_id in (cast[key].account_id for key in RESIDENTS) if account_id is not None]
                wanted = FULL_CASES if cases is None else cases
                made, broken = play_half_a_year(
                    wanted, buildings, staff, residents, by, now, lambda done: self._progress(done, wanted)
                )
                if broken:
                    self._say(f"  {broken} stories ended earlier than they were meant to")
            play_hotline(buildings, cast, now, orders=not options["bare"])
            play_roots(cast, now)
        self._say(
            f"{made} cases played, {homed:,} people registered, {len(buildings)} buildings, {time.monotonic() - started:.0f} s"
        )
        self._who()

    def _homes(self, place: int, cast: dict[str, AccountActor], by: SystemActor, now: datetime, *, full: bool) -> int:
        """How many people were loaded behind the doors; some of them are in the store of special care; sheets are made of them."""
        homed = fill_homes(place, full=full, by=by, now=now, say=self._say)
        if homed:
            fill_care(cast, full=full, now=now)
            build_sheets(place, cast, now)
        return homed

    def _refuse_the_other(self, *, small: bool) -> None:
        """The two demos share codes and sign-ins, and lie differently."""
        if with_code(STREET_CODE) is not None and small == (with_code(f"{STREET_CODE}-P2") is not None):
            other = "full" if small else "small"
            raise CommandError(f"The {other} demo is here already. Name another folder with SHEQUTONG_DATA, or clear this one.")

    def _progress(self, done: int, wanted: int) -> None:
        """One line in ten, or in place on a terminal."""
        if self.stdout.isatty():
            self.stdout.write(f"  {done:,} of {wanted:,}", ending="\r" if done < wanted else "\n")
            self.stdout.flush()
        elif done % 1000 == 0 or done == wanted:
            self._say(f"  {done:,} of {wanted:,}")

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


def publish_all(by: SystemActor, now: datetime) -> None:
    """Examples, trees and limits of stages."""
    for example in EXAMPLES:
        publish_standard(new=example, by=by, now=now)
    publish_trees(by, now)
    for stage, minutes, kind in STAGE_LIMITS:
        set_stage_limit(stage=stage, minutes=minutes, kind=kind, by=by, now=now)


def publish_trees(by: SystemActor, now: datetime) -> None:
    """Every class of the shipped trees; a second run finds them there."""
    if all(line.code in catalogue().by_code for line in example_lines()):
        return
    duties = example_duties(agency.code for agency in agencies().values())
    batch = prepare_standards(source="examples", lines=example_lines(), duties=duties, by=by, now=now)
    publish_batch(batch_id=batch.pk, fingerprint=preview_of(batch).fingerprint, by=by, now=now)
