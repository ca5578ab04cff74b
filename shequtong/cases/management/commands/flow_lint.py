"""`manage.py flow_lint FILE …`: check a flow before it is published anywhere (流程检查). Fails when one could not be published."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from shequtong.cases.flow_files import FlowFile, read_file


class Command(BaseCommand):
    """Print what is found, file by file."""

    help = "Check flows written as JSON files, and say what could not be published and why."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Files to check."""
        parser.add_argument("files", nargs="+", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Check each; fail when any is refused."""
        refused = []
        with translation.override(settings.LANGUAGE_CODE):
            for path in options["files"]:
                try:
                    found = read_file(path)
                except OSError as error:
                    raise CommandError(f"{path}: {error.strerror}") from error
                self._print(path, found)
                if found.is_refused:
                    refused.append(str(path))
        if refused:
            raise CommandError(f"refused: {', '.join(refused)}")

    def _print(self, path: Path, found: FlowFile) -> None:
        self.stdout.write(f"{path}: {'refused' if found.is_refused else 'good'}")
        for fault in found.reading.faults:
            self.stdout.write(f"  {fault.place or '-'}: {fault.words}")
        for finding in found.findings:
            mark = "!" if finding.refuses else "·"
            self.stdout.write(f"  {mark} {finding.name} {finding.place}: {finding.words}")
