"""`manage.py flow_picture`: draw the flow from the table of moves into docs/ (流转图), or say whether what is there is out of date."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from shequtong.cases.flow_picture import picture
from shequtong.cases.workflow import MOVES

PICTURES: Final = {"flow.svg": "zh-hans", "flow.en.svg": "en"}


def drawn(language: str) -> str:
    """The picture of the whole table in a language."""
    with translation.override(language):
        return picture(MOVES, standalone=True)


class Command(BaseCommand):
    """One file a language."""

    help = "Draw the flow from the table of moves into docs/flow.svg and docs/flow.en.svg."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and whether only to look."""
        parser.add_argument("--into", type=Path, default=Path(settings.BASE_DIR) / "docs")
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a picture is not what the table says")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw, or compare."""
        for name, language in PICTURES.items():
            path, wanted = options["into"] / name, drawn(language)
            if not options["check"]:
                path.write_text(wanted, encoding="utf-8")
                self.stdout.write(str(path))
            elif not path.is_file() or path.read_text(encoding="utf-8") != wanted:
                raise CommandError(f"{name} is out of date: run manage.py flow_picture")
