"""`manage.py figures_rebuild`: make the counts agree with the facts, while changes go on."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from shequtong.core.places import places
from shequtong.figures.usecases import rebuild_figures


class Command(BaseCommand):
    """One line for each count that was wrong, then the sum."""

    help = "Correct every count that differs from the facts behind it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--subdistrict", type=int, help="storage number of the only subdistrict to correct")

    def handle(self, *args: Any, **options: Any) -> None:
        only = options["subdistrict"]
        corrected = 0
        for number in [only] if only is not None else [place.number for place in places()]:
            for each in rebuild_figures(subdistrict_id=number):
                corrected += each.claimed
                self.stdout.write(each.line())
        self.stdout.write(_("%(count)s counts corrected") % {"count": corrected})
