"""Every page at city size (城市规模): the 95th of a hundred requests to each, through two server processes, and what a process then weighs.

The database is filled by `manage.py city`, or named by `--database`; where there are two, one client asks them in turns. Then four ask the
larger one for everything until each process has answered thousands of requests.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.client import Browser
from bench.inside import ROOT, inside
from bench.server import Server, serving

SLOWEST = 100.0  # ms: the 95th of a hundred
GROWN = 1.3  # at the largest size, of the smallest
ASKED, WARM = 100, 8
MIXED = 10_000  # requests, before a process is weighed
CLIENTS, APART = 4, 11  # so many pages between what two of them ask for
HEAVIEST = 200.0  # MB, the proportional set of a process
ALMOST = 3.0  # ms below which a quotient says nothing
STREETS = 100
IN_STREET = ", in one street"
Result = dict[str, Any]


def fill(environment: Mapping[str, str], log: Path, *, cases: int, streets: int = STREETS, people: int = 0) -> None:
    """An empty database becomes a city, of every size of as many streets; more cases have more communities and grids, as in a city."""
    asked = ["--cases", str(cases), "--subdistricts", str(streets), "--people", str(people)]
    for command in (["migrate", "-v", "0"], ["city", *asked]):
        with log.open("ab") as out:
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, stdout=out, check=True)
    inside(environment, "floor")


@dataclass(frozen=True)
class Ground:
    """A filled database: its environment, how many cases or people it holds, how long a page of it may take, and what its figures are called besides."""

    environment: Mapping[str, str]
    size: int
    slowest: float = SLOWEST  # ms
    called: str = ""

    @property
    def engine(self) -> str:
        return "postgresql" if "DATABASE_URL" in self.environment else "sqlite"


def measured(
    folder: Path, grounds: Sequence[Ground], *, quick: bool, weigh: bool, of: str = "bench.city_place"
) -> Iterator[Result]:
    """All pages that `of` names, on all grounds in turns, so that each meets the machine in the same state; then the weight of the last one's processes."""
    with ExitStack() as stack:
        asked = [_Asked(stack, folder, ground, of) for ground in grounds]
        for name in asked[-1].pages:
            yield from _page(name, [one for one in asked if name in one.pages], ASKED // 5 if quick else ASKED)
        if weigh:
            last = asked[-1]
            yield from (last.told(figure) for figure in _weighed(last.facts, last.server, MIXED // 10 if quick else MIXED))


class _Asked:
    """A ground with its server running and somebody at each of its desks."""

    def __init__(self, stack: ExitStack, folder: Path, ground: Ground, of: str) -> None:
        self.ground, self.facts = ground, inside(ground.environment, module=of)
        self.pages: dict[str, tuple[str, str]] = {
            name: page for name, page in self.facts["pages"].items() if not (ground.called and name.startswith("district"))
        }
        self.server = stack.enter_context(serving(ground.environment, ROOT, folder / "server.log", workers=2))
        self.browsers = {who: Browser(self.server.port, session) for who, session in self.facts["sessions"].items()}

    def ask(self, name: str) -> str:
        """The page's text."""
        who, address = self.pages[name]
        return self.browsers[who].get(address)

    def told(self, figure: Result) -> Result:
        """The figure with where it was taken."""
        return {
            **figure,
            "name": figure["name"] + self.ground.called,
            "engine": self.ground.engine,
            "size": self.ground.size,
            "load_average": _load(),
        }


def grown(results: list[Result]) -> Iterator[Result]:
    """Of each page how much longer it takes in the largest city than in the small one; a street's page also than in one street of as many cases as that.

    Where there is a street to compare with, it has the bar: it holds 10,000 cases itself, where the largest of the small city's hundred holds 2,000.
    """
    p95 = {(one["name"], one["size"]): one["value"] for one in results if one["unit"] == "ms" and "p95" in one["name"]}
    sizes = sorted({size for _name, size in p95})
    if len(sizes) < 2:
        return
    for name, size in [one for one in p95 if one[1] == sizes[-1]]:
        street, city = p95.get((name + IN_STREET, sizes[0])), p95.get((name, sizes[0]))
        for before, told, bar in ((street, " from one street", GROWN), (city, "", GROWN if street is None else None)):
            if before is not None:
                figure = {"name": name.replace("p95", "grown") + told, "value": round(p95[name, size] / max(before, ALMOST), 2)}
                yield {**figure, "unit": "×", "bar": bar, "engine": results[0]["engine"], "size": size, "load_average": _load()}


def _page(name: str, grounds: list[_Asked], times: int) -> Iterator[Result]:
    long = [[len(one.ask(name).encode()) for _turn in range(WARM)][-1] for one in grounds]
    took: list[list[float]] = [[] for _one in grounds]
    for _turn in range(times):
        for one, times_of_one in zip(grounds, took, strict=True):
            since = time.perf_counter()
            one.ask(name)
            times_of_one.append((time.perf_counter() - since) * 1000)
    for one, size, its in zip(grounds, long, took, strict=True):
        yield one.told({"name": f"{name}, answer", "value": round(size / 1000, 1), "unit": "kB", "bar": None})
        yield one.told({"name": f"{name}, median", "value": round(median(its), 1), "unit": "ms", "bar": None})
        p95 = round(quantiles(its, n=20)[-1], 1)
        yield one.told({"name": f"{name}, p95", "value": p95, "unit": "ms", "bar": one.ground.slowest})


def _weighed(facts: dict[str, Any], server: Server, requests: int) -> Iterator[Result]:
    """The heaviest process after so many requests of all kinds to all of them."""
    pages = list(facts["pages"].values())
    with ThreadPoolExecutor(CLIENTS) as clients:
        turns = (islice(cycle(pages), first, first + requests // CLIENTS) for first in range(0, CLIENTS * APART, APART))
        # Whoever is refused ends the bench: what was not asked weighs nothing.
        list(clients.map(partial(_ask, server.port, facts["sessions"]), turns))
    yield {"name": f"a process after {requests:,}", "value": round(max(server.weights()), 1), "unit": "MB", "bar": HEAVIEST}


def _ask(port: int, sessions: dict[str, str], pages: Iterator[tuple[str, str]]) -> None:
    browsers = {who: Browser(port, session) for who, session in sessions.items()}
    for who, address in pages:
        browsers[who].get(address)


def _load() -> float:
    return round(os.getloadavg()[0], 2)
