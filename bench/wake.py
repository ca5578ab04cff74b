"""Measures what the worker does when time is up: 10,000 due cases, by one worker and by two (定时流转).

Run: `python bench/wake.py [cases]` on the engine of DATABASE_URL (SQLite without). Workers are processes, as in production; the cases are
copies of one in hand that is due for its reminder. Writes one flat JSON object a figure, like bench/locate.py.
"""

import json
import os
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

CASES = 10_000
BAR = 60.0  # seconds for 10,000 on PostgreSQL (issue 3); two workers are not slower than one


def main(wanted: int = CASES) -> None:
    """A database of its own, one run with one worker, one with two."""
    from shequtong.testing.apart import apart

    with (
        TemporaryDirectory(prefix="bench-wake-") as folder,
        apart(Path(folder), os.environ.get("DATABASE_URL", "")) as environment,
    ):
        environment["DJANGO_SETTINGS_MODULE"] = "bench.settings"
        engine = "postgresql" if "DATABASE_URL" in environment else "sqlite"
        _inside(environment, "make", str(wanted))
        for workers in (1, 2):
            until = json.loads(_inside(environment, "due", str(workers)))["until"]
            began = time.monotonic()
            running = [_start(environment, "work", until) for _worker in range(workers)]
            woken = sum(json.loads(each.communicate()[0].splitlines()[-1])["woken"] for each in running)
            seconds = time.monotonic() - began
            left = json.loads(_inside(environment, "left", until))["left"]
            if woken < wanted or left:
                raise SystemExit(f"{woken} of {wanted} were woken, {left} are left")
            _say(f"wake {workers} worker(s)", seconds, engine, wanted, BAR * wanted / CASES if engine == "postgresql" else None)


def _say(name: str, seconds: float, engine: str, size: int, bar: float | None) -> None:
    found: dict[str, Any] = {"name": name, "value": round(seconds, 1), "unit": "s", "bar": bar, "better": "less"}
    found |= {"engine": engine, "size": size, "load_average": round(os.getloadavg()[0], 2)}
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


def _start(environment: dict[str, str], *what: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(Path(__file__).resolve()), *what]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def _inside(environment: dict[str, str], *what: str) -> str:
    started = _start(environment, *what)
    said = started.communicate()[0]
    if started.returncode:
        raise SystemExit(started.returncode)
    return said.splitlines()[-1]


def _work(what: list[str]) -> dict[str, Any]:
    """One process of the measured place: make it, let cases be due, work, or count what is left."""
    import django

    django.setup()
    from shequtong.cases.models import Case
    from shequtong.testing.town import STREET

    if what[0] == "make":
        return {"made": _make(int(what[1]))}
    if what[0] == "due":
        return {"until": _due(int(what[1]))}
    until = datetime.fromisoformat(what[1])
    if what[0] == "left":
        return {"left": Case.objects.filter(subdistrict=STREET, wake_at__lte=until).count()}
    from shequtong.cases.usecases.wake_cases import wake_cases
    from shequtong.core.actors import SystemActor

    woken = 0
    while done := wake_cases(subdistrict_id=STREET, by=SystemActor("Clock"), now=until):
        woken += done
    return {"woken": woken}


def _make(wanted: int) -> int:
    """The town, and for each of the two runs `wanted` cases in hand, which wait for nothing yet."""
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from shequtong.cases.models import NEVER, Case
    from shequtong.cases.testing import make_case
    from shequtong.cases.workflow import Stage
    from shequtong.testing.crowd import FIRST_SERIAL, copy_cases
    from shequtong.testing.town import STREET, build_town

    town, earlier = build_town(), timezone.now() - timedelta(days=1)
    for turn in (1, 2):
        case = make_case(town, stage=Stage.HANDLING, now=earlier)
        copy_cases([case], wanted - 1, first_serial=FIRST_SERIAL * turn)
        # Each run is found again by a number of its own.
        Case.objects.filter(subdistrict=STREET, wake_at=case.wake_at).update(
            wake_at=NEVER, amber_at=case.amber_at, due_at=case.due_at, warned=0, external_number=f"run {turn}"
        )
    return wanted


def _due(turn: int) -> str:
    """Let the cases of a run be due for their reminder; the moment."""
    from django.db.models import F

    from shequtong.cases.models import Case
    from shequtong.testing.town import STREET

    cases = Case.objects.filter(subdistrict=STREET, external_number=f"run {turn}")
    cases.update(wake_at=F("amber_at"))
    return str(cases.values_list("amber_at", flat=True)[0].isoformat())


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].isdigit():
        sys.stdout.write(json.dumps(_work(sys.argv[1:])) + "\n")
    else:
        main(*(int(argument) for argument in sys.argv[1:]))
