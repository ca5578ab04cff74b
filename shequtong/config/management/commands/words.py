"""`manage.py words gather|compile|check`: the catalogue of shown words (界面文字), without system gettext."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shequtong.config.words import catalogue, faults, sources


class Command(BaseCommand):
    help = "gather: strings of code and templates into the catalogue; compile: what Django reads; check: nothing is missing or wrong."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["gather", "compile", "check"])

    def handle(self, *args: Any, **options: Any) -> None:
        {"gather": self._gather, "compile": self._compile, "check": self._check}[options["what"]]()

    def _gather(self) -> None:
        made = catalogue.gathered(sources.sources(), catalogue.read(), catalogue.fragments())
        catalogue.CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        made.save(str(catalogue.CATALOGUE))
        untranslated = sum(not catalogue.words_of(entry) for entry in made)
        self.stdout.write(f"{len(made)} strings, {untranslated} without Chinese: {catalogue.CATALOGUE.name}")
        self._compile()

    def _compile(self) -> None:
        catalogue.compiled()

    def _check(self) -> None:
        found = faults.faults(sources.sources(), catalogue.read())
        if found:
            raise CommandError("\n".join([*found, f"{len(found)} faults. `make words` gathers; then translate what is empty."]))
        self.stdout.write("Every string is translated.")
