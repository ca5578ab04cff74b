"""`manage.py triage_eval FILE… [--also FILE] [--json]`: how well a class is guessed from a text (评估分类建议). Nothing is kept.

Macro-F1 over labels, mean of five folds (seed 20251122, stratified). Near-duplicates (cosine of grams above 0.8) and rows with the same
row_id are never on both sides. Several files are measured together and each by itself; what `--also` names teaches and is not scored.
"""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shequtong.triage.labelled import BadFile, read_labelled


class Command(BaseCommand):
    """See the docstring of the file."""

    help = "Measure how well a class is guessed from a text."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Files that are scored, files that only teach."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--also", action="append", type=Path, default=[], metavar="FILE", help="teaches, is not scored")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, measure, tell."""
        from shequtong.triage.training import FOLDS, SEED, CannotTrain, measure  # scikit-learn: for commands alone

        begun = time.monotonic()
        try:
            rows = [row for path in [*options["files"], *options["also"]] for row in read_labelled(path)]
            found = measure(rows, frozenset(path.name for path in options["files"]))
        except (BadFile, CannotTrain) as error:
            raise CommandError(str(error)) from error
        told = {
            "macro_f1": found.macro_f1,
            "folds": found.folds,
            "rows": found.rows,
            "groups": found.groups,
            "by_label": found.by_label,
            "by_file": found.by_source,
            "n_folds": FOLDS,
            "seed": SEED,
            "seconds": round(time.monotonic() - begun, 1),
        }
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(f"macro-F1 {found.macro_f1:.4f}, folds {', '.join(f'{one:.3f}' for one in found.folds)}")
        self.stdout.write(f"{found.rows} rows, {found.groups} groups, seed {SEED}")
        for name, each in found.by_source.items():
            self.stdout.write(f"  {name}: {each['macro_f1']:.4f} ({each['rows']} rows)")
        for label, one in found.by_label.items():
            self.stdout.write(f"  {label}: {one:.3f}")
