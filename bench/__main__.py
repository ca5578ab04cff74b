"""`make bench`: measure pages and moves on the real server against the floor, and write bench/results.json (性能测量).

One client, one kept-open connection, one server process, no worker; each figure is the median of five runs after a warm-up. The floor is a
bare view doing one durable INSERT on the same server and database, measured anew for each size. docs/operations/bench.md says how to read it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.machine import machine

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results.json"
READ, SLOWEST = ("queue", "case page", "workbench"), 100.0  # pages whose 95th of 100 requests has a bar, in ms
OPEN311 = 8.33  # a case by Open311, of the floor: 12 % of its rate
RUNS, QUICK_RUNS = 5, 3
QUICK_PART = 4  # a quick run has one request in four
BESIDE = 50  # requests to the floor beside each run
GRIDS, QUICK_GRIDS = 30_000, 3_000
WAKES, QUICK_WAKES = 10_000, 200
Result = dict[str, Any]


def main() -> int:
    """Measure, print, write. 0 when every bar holds."""
    options = _options()
    url = os.environ.get("DATABASE_URL", "")
    if options.engine == "postgresql" and not url.startswith("postgres"):
        return _with_postgresql()
    if options.engine == "sqlite":
        url = os.environ.pop("DATABASE_URL", "") and ""
    from shequtong.testing.apart import apart

    started, results = time.monotonic(), []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, apart(Path(folder), url) as environment:
        environment["DJANGO_SETTINGS_MODULE"] = "bench.settings"
        os.environ.update(environment)
        for result in chain(machine("before"), _asked(Path(folder), environment, options), _afterwards()):
            results.append(result)
            _say(result)
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n")
    sys.stdout.write(f"{time.monotonic() - started:.0f} s; {len(results)} figures in {RESULTS.relative_to(ROOT)}\n")
    return 0 if all(_holds(result) for result in results) else 1


def _afterwards() -> Iterator[Result]:
    """Asked only when the others have been."""
    yield from machine("after")


def _asked(folder: Path, environment: dict[str, str], options: argparse.Namespace) -> Iterator[Result]:
    """The figures of the bench that was asked for."""
    from bench.at_size import grounds, of_city, of_lifecycles, of_registry
    from bench.files import of_files
    from bench.spike import played

    if options.city:
        return of_city(folder, environment, options)
    if options.registry:
        return of_registry(folder, environment, options)
    if options.lifecycles:
        return of_lifecycles(folder, environment, options)
    if options.people:
        return iter(_of_people(environment))
    if options.files:
        return of_files(folder, environment)
    if options.spike:
        return played(folder, grounds(environment, options), quick=options.quick)
    pages = _of_pages(folder, environment, options)
    return pages if options.pages_only else chain(pages, _beside(environment, options))


def _beside(environment: dict[str, str], options: argparse.Namespace) -> Iterator[Result]:
    """What is measured in a process of its own, one after another."""
    yield from _of_locate(environment, options)
    yield from _of_paper(environment)
    yield from _of_wake(options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description="Measure pages and moves against the floor.")
    parser.add_argument("--quick", action="store_true", help="50 cases, three runs, few grids: under a minute")
    parser.add_argument("--sizes", type=_sizes, help="how many cases, e.g. 6000 or 50,200000 (default 50,10000); 0 for none")
    parser.add_argument("--pages-only", action="store_true", help="neither locate nor paper nor the worker")
    parser.add_argument("--lifecycles", action="store_true", help="whole lifecycles through two server processes, nothing else")
    parser.add_argument("--spike", action="store_true", help="the field's spike profile behind nginx, nothing else")
    parser.add_argument("--people", action="store_true", help="the import of 64,060 people from a workbook, nothing else")
    parser.add_argument("--files", action="store_true", help="how much slower the queue is while files come in, nothing else")
    parser.add_argument(
        "--city", action="store_true", help="every page of `manage.py city` at these sizes (default 10000), nothing else"
    )
    parser.add_argument("--registry", action="store_true", help="pages of a street of 64,060 people, nothing else")
    parser.add_argument("--database", help="a city that is there already, beside or after the sizes; its keys in --data")
    parser.add_argument("--data", help="the data folder of that city")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), help="default: what DATABASE_URL says, else SQLite")
    options = parser.parse_args()
    if options.city and len(options.sizes or ()) > 1:
        parser.error("--city fills one database apart: one size; name a larger city with --database")
    return options


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(one) for one in text.split(","))


def _with_postgresql() -> int:
    """The same in a cluster of our own, as `make test-pg` makes one."""
    script = '. tools/postgresql; start_postgresql || exit 1; trap stop_postgresql EXIT; "$@"'
    return subprocess.call(["bash", "-c", script, "bench", sys.executable, "-m", "bench", *sys.argv[1:]], cwd=ROOT)


def _of_pages(folder: Path, environment: dict[str, str], options: argparse.Namespace) -> Iterator[Result]:
    from bench.at_size import QUICK_SIZES, SIZES
    from bench.inside import inside
    from bench.pages import Place
    from bench.server import serving

    engine = "postgresql" if "DATABASE_URL" in environment else "sqlite"
    facts = inside(environment, "make")
    for size in options.sizes or (QUICK_SIZES if options.quick else SIZES):
        cases = inside(environment, "grow", str(size))["cases"]
        with serving(environment, ROOT, folder / "server.log") as server:
            place = Place(facts, server.port)
            for result in _measured(place, server.cpu, quick=options.quick):
                yield {**result, "engine": engine, "size": cases, "load_average": round(os.getloadavg()[0], 2)}


def _measured(place: Any, cpu: Callable[[], float], *, quick: bool) -> Iterator[Result]:
    """Milliseconds, rate and processor time of each page, and how often the floor they are.

    Before each run of a page there is a short one of the floor, so that both meet the machine as it is at that time.
    """
    from bench.pages import PAGES, floor

    bare = 0.0
    for name, (prepare, whole) in PAGES.items():
        times, runs = (whole // QUICK_PART, QUICK_RUNS) if quick else (whole, RUNS)
        _run(prepare(place, max(5, times // 4)), cpu)
        found, each = [], list[float]()
        for _turn in range(runs):
            wall, used = _run(prepare(place, times), cpu, each)
            found.append((wall, used, wall / _run(floor(place, BESIDE), cpu)[0]))
        wall, used, ratio = (median(row[at] for row in found) for at in range(3))
        bare = bare or used
        for kind, value, unit in (
            ("", wall, "ms"),
            (": rate", 1000 / wall, "1/s"),
            (": processor", used, "ms"),
            (": processor to the floor", used / bare, "×"),
            (": to the floor", 1.0 if prepare is floor else ratio, "×"),
        ):
            bar = OPEN311 if name == "open311" and kind == ": to the floor" else None
            yield {"name": f"{name}{kind}", "value": round(value, 2), "unit": unit, "bar": bar}
        if name in READ:
            yield {"name": f"{name}: p95", "value": round(quantiles(each, n=20)[-1], 2), "unit": "ms", "bar": SLOWEST}


def _run(
    prepared: Iterator[Callable[[], object]], cpu: Callable[[], float], each: list[float] | None = None
) -> tuple[float, float]:
    """Milliseconds a request, on the clock and of the server's processors; those of `each` are added to it. What is prepared is prepared before."""
    requests = list(prepared)
    used, began = cpu(), time.perf_counter()
    for request in requests:
        since = time.perf_counter()
        request()
        if each is not None:
            each.append((time.perf_counter() - since) * 1000)
    wall = time.perf_counter() - began
    return wall / len(requests) * 1000, (cpu() - used) / len(requests) * 1000


def _of_locate(environment: dict[str, str], options: argparse.Namespace) -> list[Result]:
    """What `bench/locate.py` measures, in a process and test database of its own."""
    grids = QUICK_GRIDS if options.quick else GRIDS
    own = {**environment, "DJANGO_SETTINGS_MODULE": "shequtong.config.settings"}
    command = [sys.executable, str(ROOT / "bench" / "locate.py"), str(grids)]
    done = subprocess.run(command, cwd=ROOT, env=own, stdout=subprocess.PIPE, text=True, check=True, timeout=240)
    return [json.loads(line) for line in done.stdout.splitlines()]


def _of_people(environment: dict[str, str]) -> list[Result]:
    """What `bench/people.py` measures, likewise."""
    own = {**environment, "DJANGO_SETTINGS_MODULE": "shequtong.config.settings"}
    command = [sys.executable, str(ROOT / "bench" / "people.py")]
    done = subprocess.run(command, cwd=ROOT, env=own, stdout=subprocess.PIPE, text=True, check=True, timeout=900)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def _of_paper(environment: dict[str, str]) -> list[Result]:
    """What `bench/paper.py` measures, likewise."""
    own = {**environment, "DJANGO_SETTINGS_MODULE": "shequtong.config.settings"}
    command = [sys.executable, str(ROOT / "bench" / "paper.py")]
    done = subprocess.run(command, cwd=ROOT, env=own, stdout=subprocess.PIPE, text=True, check=True, timeout=240)
    return [json.loads(line) for line in done.stdout.splitlines()]


def _of_wake(options: argparse.Namespace) -> list[Result]:
    """What `bench/wake.py` measures, in a place of its own on the same engine; fewer cases in a quick run."""
    cases = QUICK_WAKES if options.quick else WAKES
    own = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    command = [sys.executable, str(ROOT / "bench" / "wake.py"), str(cases)]
    done = subprocess.run(command, cwd=ROOT, env=own, stdout=subprocess.PIPE, text=True, check=True, timeout=900)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def _holds(result: Result) -> bool:
    """Whether a figure with a bar is on its right side."""
    bar, value = result["bar"], result["value"]
    return bar is None or (value >= bar if result.get("better") == "more" else value <= bar)


def _say(result: Result) -> None:
    """One line a page, as its figures come; one line for any other figure."""
    page, _colon, kind = result["name"].partition(": ")
    value = f"{result['value']:>9,} {result['unit']:<4}"
    held = "" if result["bar"] is None else f"  bar {result['bar']:,}: {'holds' if _holds(result) else 'BROKEN'}"
    if (
        page in ("machine", "lifecycles", "spike", "people", "files")
        or "," in result["name"]
        or (result["unit"] in ("MB", "×") and not kind.endswith("floor"))
    ):
        sys.stdout.write(f"{result['engine']:<11}{result['size']:>9,}  {result['name']:<40}{value}{held}\n")
        sys.stdout.flush()
        return
    if kind == "p95":
        value = f"{'':<32}p95{value}{held}\n"
    elif result["unit"] == "ms" and not kind:
        value = f"{result['engine']:<11}{result['size']:>7,}  {page:<12}{value}"
    elif not kind:
        value = f"{result['engine']:<11}{result['size']:>7,}  {page:<22}{result['value']:>10,} {result['unit']}{held}\n"
    end = f"  load {result['load_average']:.1f}\n" if kind == "to the floor" else ""
    sys.stdout.write(value + (f" {kind}" if kind not in ("", "rate", "p95") else "") + end)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
