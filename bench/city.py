"""Every page at city size (城市规模): the 95th of a hundred requests to each, through two server processes, and what a process then weighs.

The database is filled by `manage.py city`, in each size that is asked for, or named by `--database`. One client asks; then four ask for
everything in turns until each process has answered thousands of requests.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
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
Result = dict[str, Any]


def fill(environment: Mapping[str, str], log: Path, *, cases: int, streets: int = STREETS, people: int = 0) -> None:
    """An empty database becomes a city, of every size of as many streets; more cases have more communities and grids, as in a city."""
    asked = ["--cases", str(cases), "--subdistricts", str(streets), "--people", str(people)]
    for command in (["migrate", "-v", "0"], ["city", *asked]):
        with log.open("ab") as out:
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, stdout=out, check=True)
    inside(environment, "floor")


def measured(
    folder: Path,
    environment: Mapping[str, str],
    *,
    quick: bool,
    weigh: bool,
    of: str = "bench.city_place",
    slowest: float = SLOWEST,
) -> Iterator[Result]:
    """All pages that `of` names of one database, then the weight of the processes where `weigh` says so."""
    facts = inside(environment, module=of)
    with serving(environment, ROOT, folder / "server.log", workers=2) as server:
        browsers = {who: Browser(server.port, session) for who, session in facts["sessions"].items()}
        for name, (who, address) in facts["pages"].items():
            yield from _page(name, browsers[who], address, ASKED // 5 if quick else ASKED, slowest)
        if weigh:
            yield from _weighed(facts, server, MIXED // 10 if quick else MIXED)


def grown(results: list[Result]) -> Iterator[Result]:
    """Of each page how much longer it takes at the largest size than at the smallest."""
    sizes = sorted({one["size"] for one in results})
    if len(sizes) < 2:
        return
    p95 = {(one["name"], one["size"]): one["value"] for one in results if one["unit"] == "ms"}
    for name, size in list(p95):
        if size == sizes[-1] and name.endswith("p95") and (name, sizes[0]) in p95:
            least = max(p95[name, sizes[0]], ALMOST)
            told = {"name": name.replace("p95", "grown"), "value": round(p95[name, size] / least, 2), "unit": "×"}
            yield {**told, "bar": GROWN, "engine": results[0]["engine"], "size": size, "load_average": _load()}


def _page(name: str, browser: Browser, address: str, times: int, slowest: float) -> Iterator[Result]:
    for _turn in range(WARM):
        answer = browser.get(address)
    yield {
        "name": f"{name}, answer",
        "value": round(len(answer.encode()) / 1000, 1),
        "unit": "kB",
        "bar": None,
        "load_average": _load(),
    }
    took = []
    for _turn in range(times):
        since = time.perf_counter()
        browser.get(address)
        took.append((time.perf_counter() - since) * 1000)
    yield {"name": f"{name}, median", "value": round(median(took), 1), "unit": "ms", "bar": None, "load_average": _load()}
    p95 = round(quantiles(took, n=20)[-1], 1)
    yield {"name": f"{name}, p95", "value": p95, "unit": "ms", "bar": slowest, "load_average": _load()}


def _weighed(facts: dict[str, Any], server: Server, requests: int) -> Iterator[Result]:
    """The heaviest process after so many requests of all kinds to all of them."""
    pages = list(facts["pages"].values())
    with ThreadPoolExecutor(CLIENTS) as clients:
        turns = (islice(cycle(pages), first, first + requests // CLIENTS) for first in range(0, CLIENTS * APART, APART))
        # Whoever is refused ends the bench: what was not asked weighs nothing.
        list(clients.map(partial(_ask, server.port, facts["sessions"]), turns))
    value = max(server.weights())
    yield {
        "name": f"a process after {requests:,}",
        "value": round(value, 1),
        "unit": "MB",
        "bar": HEAVIEST,
        "load_average": _load(),
    }


def _ask(port: int, sessions: dict[str, str], pages: Iterator[tuple[str, str]]) -> None:
    browsers = {who: Browser(port, session) for who, session in sessions.items()}
    for who, address in pages:
        browsers[who].get(address)


def _load() -> float:
    return round(os.getloadavg()[0], 2)
