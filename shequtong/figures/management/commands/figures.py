"""`manage.py figures`: every count there is, read from the database: rows of each kind, and the figures that moves have written."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from shequtong.core.places import places
from shequtong.figures.inventory import inventory
from shequtong.figures.read import counts
from shequtong.figures.verification import Verification


class Command(BaseCommand):
    """Rows by subdistrict, model and kind; figures by subdistrict, measure, stage and class, over all days."""

    help = (
        "Print all counts: rows by subdistrict, model and kind; figures by subdistrict, measure, stage and class over all days."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="a JSON object of `rows` and `figures` instead of lines")
        parser.add_argument("--subdistrict", type=int, help="storage number of the only subdistrict to print")

    def handle(self, *args: Any, **options: Any) -> None:
        only = options["subdistrict"]
        rows: list[dict[str, Any]] = []
        figures: list[dict[str, Any]] = []
        for number in [only] if only is not None else [place.number for place in places()]:
            rows += [{"subdistrict": number, **row} for row in inventory(number)]
            measures = Verification(number).measures()
            found = counts(number, measures, by=("measure", "stage", "class_code")) if measures else {}
            for (measure, stage, class_code), n in sorted(found.items()):
                figures.append({"subdistrict": number, "measure": measure, "stage": stage, "class": class_code, "n": n})
        if options["json"]:
            self.stdout.write(json.dumps({"rows": rows, "figures": figures}, ensure_ascii=False))
            return
        for row in [*rows, *figures]:
            self.stdout.write("\t".join(str(value) or "-" for value in row.values()))
