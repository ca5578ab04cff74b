"""`manage.py triage_train FILE… [--out MODEL]`: weights that suggest a class while somebody types (训练分类建议).

FILE is a CSV (or .csv.gz) with a column label and tokens, text, or title and body. A label is a class code of ours, or a word that
`--mapping` (JSON: label -> class code, or a list of them) turns into one. `--from-cases` learns from the closed cases of this installation.
Nothing is trained beforehand: without weights every page works, and suggests nothing. `docs/operations/suggestions.md`.
"""

import json
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shequtong.cases.catalogue import catalogue
from shequtong.cases.lookups.taught import stations_of_classes, taught
from shequtong.triage.labelled import BadFile, Labelled, read_labelled
from shequtong.triage.model import forget_weights, model_path
from shequtong.triage.weights import write_weights


class Command(BaseCommand):
    """See the docstring of the file."""

    help = "Train the weights that suggest a class while somebody types."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Files, or the cases; where the weights go; what labels mean."""
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument("--from-cases", action="store_true", help="learn from the closed cases of this installation, too")
        parser.add_argument("--mapping", type=Path, help="JSON: label -> class code, or a list of codes")
        parser.add_argument("--out", type=Path, help="where the weights go (default: where the pages look for them)")
        parser.add_argument("--json", action="store_true", help="print what was trained as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, train, write whole, tell."""
        from shequtong.triage.training import CannotTrain, train  # scikit-learn wakes slowly, and for training alone

        now, stations = datetime.now(UTC), {}
        try:
            rows = [row for path in options["files"] for row in read_labelled(path)]
            if options["from_cases"]:
                rows += taught()
                stations = stations_of_classes()
            classes = _classes(rows, options["mapping"])
            weights = train(rows, classes, stations=stations, now=now)
        except (BadFile, CannotTrain, OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        out = options["out"] or model_path()
        write_weights(out, weights)
        forget_weights()
        about = weights.about
        told = {
            "out": str(out),
            "bytes": out.stat().st_size,
            "rows": about.rows,
            "labels": len(about.labels),
            "grams": len(weights.keys),
            "macro_f1": about.macro_f1,
            "without_class": sorted(label for label in about.labels if not about.classes.get(label)),
        }
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for name, value in told.items():
            self.stdout.write(f"{name}: {value}")


def _classes(rows: list[Labelled], mapping: Path | None) -> dict[str, list[str]]:
    """Label -> codes. Raises ValueError for a code that is none of ours; a label that names no class suggests nothing."""
    known, told = catalogue().by_code, json.loads(mapping.read_text(encoding="utf-8")) if mapping else {}
    found: dict[str, list[str]] = {}
    for label in dict.fromkeys(row.label for row in rows):
        meant = told.get(label, [label] if label in known else [])
        found[label] = [meant] if isinstance(meant, str) else [str(code) for code in meant]
    strange = sorted({code for codes in found.values() for code in codes if code not in known})
    if strange:
        raise ValueError(f"no such class: {', '.join(strange)}")
    return found
