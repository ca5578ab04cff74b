"""What is measured at several sizes (分规模测量): the town grown, or a city, beside a city that is there already."""

import argparse
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.city import IN_STREET, Ground, fill, grown, measured
from bench.inside import ROOT, inside
from bench.lifecycles import KEPT, measure
from bench.server import serving
from shequtong.testing.apart import apart

SIZES, QUICK_SIZES = (50, 10_000), (50,)
REGISTRY, SLOWEST_OF_A_MILLION = (64_060,), 150.0  # people; ms
CITY = (10_000,)  # one: an empty database becomes a city but once
Result = dict[str, Any]


def grounds(environment: dict[str, str], options: argparse.Namespace) -> Iterator[tuple[dict[str, str], dict[str, Any], int]]:
    """Environment, facts and number of cases: the town at each size, then the city that was named."""
    usual = (50,) if options.spike else QUICK_SIZES if options.quick else SIZES
    sizes = [size for size in options.sizes or usual if size]
    facts = inside(environment, "make") if sizes else {}
    for size in sizes:
        yield environment, facts, inside(environment, "grow", str(size))["cases"]
    if options.database:
        there = _named(environment, options)
        yield there, inside(there, module="bench.city_place"), inside(there, "cases")["cases"]


def _named(environment: dict[str, str], options: argparse.Namespace) -> dict[str, str]:
    """The environment of the city that was named; its table for the floor is made when it has none, and what was left unfolded is folded."""
    there = {**environment, "DATABASE_URL": options.database, "SHEQUTONG_DATA": options.data or environment["SHEQUTONG_DATA"]}
    inside(there, "floor")
    inside(there, "fold")
    return there


def of_city(folder: Path, environment: dict[str, str], options: argparse.Namespace) -> Iterator[Result]:
    """What `bench/city.py` measures, in a city made for it and in the one that was named, asked in turns; then how much each page grew.

    Beside a city that was named stands a street of as many cases as the small city has, too.
    """
    cities: list[Ground] = []
    results: list[Result] = []
    with ExitStack() as stack:
        for size in filter(None, options.sizes or CITY):
            fill(environment, folder / "city.log", cases=size)
            cities.append(Ground(environment, size))
            if options.database:
                street = stack.enter_context(apart(folder / "street", environment.get("DATABASE_URL", ""), "street"))
                street["DJANGO_SETTINGS_MODULE"] = "bench.settings"
                fill(street, folder / "street.log", cases=size, streets=1)
                cities.append(Ground(street, size, called=IN_STREET))
        if options.database:
            there = _named(environment, options)
            cities.append(Ground(there, inside(there, "cases")["cases"]))
        for result in measured(folder, cities, quick=options.quick, weigh=True):
            results.append(result)
            yield result
    yield from grown(results)


def of_registry(folder: Path, environment: dict[str, str], options: argparse.Namespace) -> Iterator[Result]:
    """Pages of the registry: one street of so many people (64,060), and the city that was named, asked in turns."""
    streets: list[Ground] = []
    for people in filter(None, options.sizes or REGISTRY):
        fill(environment, folder / "city.log", cases=1000, streets=1, people=people)
        streets.append(Ground(environment, people))
    if options.database:
        there = _named(environment, options)
        streets.append(Ground(there, inside(there, "people")["people"], SLOWEST_OF_A_MILLION))
    yield from measured(folder, streets, quick=options.quick, weigh=False, of="bench.registry_place")


def of_lifecycles(folder: Path, environment: dict[str, str], options: argparse.Namespace) -> Iterator[Result]:
    """What `bench/lifecycles.py` measures, at each size; at the later ones how much of the first one's rate is kept."""
    engine, first = "postgresql" if "DATABASE_URL" in environment else "sqlite", 0.0
    for there, facts, cases in grounds(environment, options):
        facts |= inside(there, "prepare", "3000", *map(str, _who(facts)))
        with serving(there, ROOT, folder / "server.log", workers=2) as server:
            for result in measure(facts, server, quick=options.quick):
                where = {"engine": engine, "size": cases, "load_average": round(os.getloadavg()[0], 2)}
                yield {**result, **where}
                if result["name"] == "lifecycles" and first:
                    kept = {"name": "lifecycles: of the first rate", "value": round(result["value"] / first, 3), "unit": "×"}
                    yield {**kept, "bar": KEPT, "better": "more", **where}
                elif result["name"] == "lifecycles":
                    first = result["value"]


def _who(facts: dict[str, Any]) -> tuple[int, int, int]:
    """The street, and who handles its cases at the office and at the station."""
    return facts["street"], facts["accounts"]["chen"], facts["accounts"]["wang"]
