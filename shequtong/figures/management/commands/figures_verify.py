"""`manage.py figures_verify`: prove that the counts are what the facts amount to; exit code 1 and one line for each that is not."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from shequtong.core.places import places
from shequtong.core.snapshot import snapshot
from shequtong.figures.verification import Difference, Verification


class Command(BaseCommand):
    """Reads only; writers go on meanwhile."""

    help = "Compare every count with the facts behind it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object with all differences")
        parser.add_argument("--subdistrict", type=int, help="storage number of the only subdistrict to look at")

    def handle(self, *args: Any, **options: Any) -> None:
        found: list[Difference] = []
        keys = 0
        only = options["subdistrict"]
        for number in [only] if only is not None else [place.number for place in places()]:
            with snapshot():
                pass_ = Verification(number)
                found += list(pass_.differences())
            keys += pass_.keys
        if options["json"]:
            told = [
                {
                    **each.key._asdict(),
                    "day": str(each.key.day),
                    "facts": each.facts if each.claimed else None,
                    "figures": each.figures,
                }
                for each in found
            ]
            self.stdout.write(json.dumps({"keys": keys, "differences": told}, ensure_ascii=False))
        else:
            for each in found:
                self.stdout.write(each.line())
            self.stdout.write(
                _("%(keys)s counts compared, %(found)s differ from the facts") % {"keys": keys, "found": len(found)}
            )
        if found:
            sys.exit(1)
