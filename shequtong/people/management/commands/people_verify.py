"""people_verify (核对人房登记): proves that head counts, marks, places and search terms are what the rows say; `--renew` makes terms and marks anew."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from shequtong.core.actors import SystemActor
from shequtong.core.places import places
from shequtong.people.usecases import renew_terms
from shequtong.people.verification import findings

_TOLD = 20


class Command(BaseCommand):
    """Ends with an error when something differs."""

    help = "Prove that what is kept beside the registry's rows is what the rows say; --renew makes search terms and marks anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--renew", action="store_true", help="first make terms and marks anew, for instance after rotate_keys"
        )

    def handle(self, *args: Any, renew: bool = False, **options: Any) -> None:
        found: Counter[str] = Counter()
        for place in places():
            if renew:
                self._renew(place.number)
            for one in findings(place.number):
                found[one.what] += 1
                if found.total() <= _TOLD:
                    self.stderr.write(f"{place.letters}: {one.what} of {one.id}")
        if found:
            raise CommandError("Not as the rows say: " + ", ".join(f"{what} {n}" for what, n in sorted(found.items())))
        self.stdout.write("All as the rows say.")

    def _renew(self, place: int) -> None:
        by, after, done = SystemActor("people_verify"), 0, 0
        while (last := renew_terms(place=place, after=after, by=by, now=timezone.now())) is not None:
            after, done = last, done + 1
            if done % 50 == 0:
                self.stdout.write(f"  {place}: {done * 200:,} people")
