"""`manage.py grams_rebuild`: write what cases are found by, after cases came by bulk load."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from shequtong.cases.usecases.rebuild_grams import rebuild_grams
from shequtong.core.places import places


class Command(BaseCommand):
    """A line for each subdistrict that has cases; on a terminal how far it has come."""

    help = "Write the grams by which cases are found, where they are missing; may be broken off and begun again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--subdistrict", type=int, help="storage number of the only subdistrict")

    def handle(self, *args: Any, **options: Any) -> None:
        only = options["subdistrict"]
        for number in [only] if only is not None else [place.number for place in places()]:
            done = self._subdistrict(number)
            if done:
                self.stdout.write(_("%(place)s: %(count)s cases can be found by their words") % {"place": number, "count": done})

    def _subdistrict(self, number: int) -> int:
        done, after = 0, 0
        while True:
            some, after = rebuild_grams(subdistrict_id=number, after=after)
            if not some:
                return done
            done += some
            if self.stderr.isatty():
                self.stderr.write(f"\r{done}", ending="")
