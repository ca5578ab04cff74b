"""`manage.py city`: an empty database becomes a city with a million cases, to measure at size."""

import secrets
import time
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from shequtong.core.actors import SystemActor
from shequtong.pages.city.build import City, NotEmpty, build_city
from shequtong.pages.city.homes import fill_city
from shequtong.pages.city.pattern import of_history, plain


class Command(BaseCommand):
    """All cases come in one transaction; a run that is broken off leaves a place without any, and the next one says what to do."""

    help = "Fill an empty, migrated database with a generated city, to measure at size."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=int, default=1_000_000, help="how many cases (default 1,000,000)")
        parser.add_argument("--subdistricts", type=int, default=100, help="over how many subdistricts, by Zipf (default 100)")
        parser.add_argument("--people", type=int, default=0, help="how many people in its homes (default none)")
        parser.add_argument("--seed", type=int, default=1, help="another number gives another city")
        parser.add_argument("--history", metavar="FILE", help="Parquet with a column `created`: its hours, days and weeks")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["subdistricts"] <= 500 or options["cases"] < options["subdistricts"]:
            raise CommandError("between 1 and 500 subdistricts, and a case for each at least")
        began, password = time.monotonic(), secrets.token_urlsafe(9)
        pattern = of_history(options["history"]) if options["history"] else plain()
        try:
            with override("zh-hans"):
                city = build_city(
                    cases=options["cases"],
                    subdistricts=options["subdistricts"],
                    seed=options["seed"],
                    pattern=pattern,
                    password=password,
                    by=SystemActor("建城"),
                    now=datetime.now(UTC),
                    say=self._say,
                )
        except NotEmpty as refusal:
            raise CommandError(str(refusal)) from refusal
        self._tell(city, time.monotonic() - began)
        if options["people"]:
            self._people(city, options["people"], options["seed"])
        self.stdout.write(f"\nSign in at /sign-in/ with a telephone and the password {password}")
        for one in city.shown:
            self.stdout.write(f"  {one.phone}  {one.post}  {one.actor.name}")

    def _people(self, city: City, people: int, seed: int) -> None:
        began = time.monotonic()
        self._say("Homes …")
        with override("zh-hans"):
            made = fill_city(city.streets, people, seed, SystemActor("建城"), datetime.now(UTC), self._say)
        self._say(f"{made:,} people in {time.monotonic() - began:.0f} s")

    def _tell(self, city: City, seconds: float) -> None:
        loaded = city.loaded
        self._say(
            f"{loaded.cases:,} cases ({loaded.open:,} open), {loaded.rows.total():,} rows in {loaded.seconds:.0f} s: "
            f"{loaded.rate:,.0f} rows/s; with the place {seconds:.0f} s"
        )
        if loaded.bare_rate:
            self._say(
                f"A bare COPY of the same lines: {loaded.bare_rate:,.0f} rows/s; this load {loaded.rate / loaded.bare_rate:.0%} of it"
            )
        for table, rows in sorted(loaded.rows.items()):
            self._say(f"  {table}: {rows:,}")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
