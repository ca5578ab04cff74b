"""The field's published spike profile (突发流量): lifecycles arrive 1 → 15 → 1 → 25 → 2 → 35 → 10 a second, whether the last ones are answered or not.

Behind nginx as `deploy/` has it, two server processes. Who is told 503 waits as long as Retry-After says and sends the same form again.
What must hold: nothing answered is lost, nothing times out, beyond capacity comes 503 with Retry-After, and ten seconds after the last
peak every call is answered at once again. Each client has a loopback address of its own, as residents have.
"""

import http.client
import os
import ssl
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue
from typing import Any
from urllib.parse import urlencode

from bench.inside import inside
from bench.lifecycles import TOLD

RATES = (1, 15, 1, 25, 2, 35, 10)  # a second, one phase after another
PHASE = 20.0  # seconds
PATIENCE = 60.0  # seconds a call may take: what nginx and a browser wait
NORMAL = 10.0  # seconds after the last peak
QUICK_PART = 4  # a quick run has phases a quarter as long
ENOUGH = 1800  # visitors: as many as all that arrive, since who is told to come back waits with the lifecycle in hand
SOME = 20  # that stand in line for a moment because threads take turns
Result = dict[str, Any]


@dataclass
class Seen:
    """What all clients saw. `calls` are (when sent, seconds, status); status 0 is a call that was never answered."""

    calls: list[tuple[float, float, int]] = field(default_factory=list)
    created: list[str] = field(default_factory=list)  # numbers that an answer named
    whole: int = 0
    without_retry_after: int = 0
    closed_idle: int = 0  # lines that the server closed while nobody asked anything
    wrong: Counter[str] = field(default_factory=Counter)


def _trusting() -> ssl.SSLContext:
    """For all visitors. One for each read the certificates of the machine: 16 ms, twice a lifecycle, of the cores that the server shares."""
    found = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    found.check_hostname, found.verify_mode = False, ssl.CERT_NONE
    return found


_TRUSTING = _trusting()


class Visitor:
    """One connection from an address of its own; `who` is signed in."""

    def __init__(self, port: int, n: int, cookies: dict[str, str]) -> None:
        here = (f"127.0.{1 + n // 250}.{1 + n % 250}", 0)
        self.line = http.client.HTTPSConnection("127.0.0.1", port, timeout=PATIENCE, source_address=here, context=_TRUSTING)
        self.cookies = cookies

    def ask(self, seen: Seen, method: str, address: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and where it leads; told to come back, it comes back with the same form. What is answered otherwise than hoped is counted."""
        while True:
            sent = time.perf_counter()
            try:
                status, location, wait = self._on_any_line(seen, method, address, form)
            except (OSError, http.client.HTTPException) as error:
                self.line.close()
                seen.calls.append((sent, time.perf_counter() - sent, 0))
                seen.wrong[f"{method}: {type(error).__name__}"] += 1
                return 0, ""
            seen.calls.append((sent, time.perf_counter() - sent, status))
            if status != 503:
                if status != (302 if form is not None else 200):
                    seen.wrong[f"{method} {address.rstrip('/').rpartition('/')[2][:20]}: {status}"] += 1
                return status, location
            if not wait:
                seen.without_retry_after += 1
            self.line.close()  # nobody keeps a line open while they wait; the next call opens another
            time.sleep(float(wait) if wait.isdigit() else 15)

    def _on_any_line(self, seen: Seen, method: str, address: str, form: dict[str, str] | None) -> tuple[int, str, str]:
        """On a line that stood idle and was closed meanwhile, once more on a new one, as browsers do (RFC 9112, 9.3.1): a form has its key."""
        stood = self.line.sock is not None
        try:
            return self._once(method, address, form)
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError, ConnectionError, http.client.RemoteDisconnected):
            self.line.close()
            if not stood:
                raise
            seen.closed_idle += 1
            return self._once(method, address, form)

    def _once(self, method: str, address: str, form: dict[str, str] | None) -> tuple[int, str, str]:
        headers = {"Host": "localhost", "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            token = self.cookies.get("csrftoken", "")
            body = urlencode({**form, "csrfmiddlewaretoken": token})
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": "https://localhost"}
        self.line.request(method, address, body, headers)
        answer = self.line.getresponse()
        answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _equals, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), answer.headers.get("Retry-After", "")


class Crowd:
    """Lifecycles in flight, each by a visitor of its own."""

    def __init__(self, port: int, facts: dict[str, Any]) -> None:
        self.port, self.facts, self.seen = port, facts, Seen()
        self.keys = {who: iter(some) for who, some in facts["keys"].items()}
        self.lock, self.todo = threading.Lock(), Queue[int | None]()  # None: nobody comes any more

    def live(self, n: int) -> None:
        """One lifecycle. What is answered otherwise than hoped ends it, and is counted."""
        office, station = (Visitor(self.port, n, {"sessionid": self.facts["sessions"][who]}) for who in ("chen", "wang"))
        if office.ask(self.seen, "GET", "/desk/keys/")[0] != 200 or station.ask(self.seen, "GET", "/desk/keys/")[0] != 200:
            return
        status, sheet = self._post(office, "chen", f"/desk/cases/new/?building={self.facts['building']}", TOLD)
        if status != 302:
            return
        sheet = sheet.partition("?")[0]
        self.seen.created.append(sheet.rstrip("/").rpartition("/")[2])
        moves = (
            (office, "chen", "register_dispatch", {"to": str(self.facts["police"])}),
            (station, "wang", "accept_handle", {"note": "已更换灯泡，恢复照明。"}),
            (office, "chen", "verify_close", {"note": "", "text": "您好，楼道灯已修好。"}),
        )
        for visitor, who, way, told in moves:
            if self._post(visitor, who, f"{sheet}{way}/", told)[0] != 302:
                return
        if office.ask(self.seen, "GET", sheet)[0] == 200:
            self.seen.whole += 1

    def _post(self, visitor: Visitor, who: str, address: str, told: dict[str, str]) -> tuple[int, str]:
        with self.lock:
            key = next(self.keys[who])
        return visitor.ask(self.seen, "POST", address, {**told, "submit_key": key})

    def work(self) -> None:
        """Take arrivals until there are none any more. Who waits for one costs nothing."""
        while (n := self.todo.get()) is not None:
            self.live(n)


def played(
    folder: Path,
    grounds: Iterator[tuple[dict[str, str], dict[str, Any], int]],
    *,
    quick: bool,
) -> Iterator[Result]:
    """The profile on each ground, and how many of the cases that an answer named are not there."""
    import django

    django.setup()
    from tests.deploy.stand import shipped_environment, standing

    phase = PHASE / QUICK_PART if quick else PHASE
    for environment, facts, size in grounds:
        shipped = shipped_environment(Path(environment["SHEQUTONG_DATA"]), environment.get("DATABASE_URL", ""))
        shipped |= {"DJANGO_SETTINGS_MODULE": "bench.settings"}
        who = (facts["street"], facts["accounts"]["chen"], facts["accounts"]["wang"])
        facts |= inside(shipped, "prepare", str(int(sum(RATES) * phase)), *map(str, who))
        where = {"engine": "postgresql" if "DATABASE_URL" in environment else "sqlite", "size": size}
        with standing(folder, shipped) as stand:
            for result in measure(stand.https, facts, phase):
                named, wrong = result.pop("numbers", None), result.pop("wrong", None)
                yield {**result, **where, "load_average": round(os.getloadavg()[0], 2)}
                if wrong:
                    sys.stdout.write(f"{wrong}\n")
                if named is not None:
                    lost = len(set(named)) - inside(shipped, "there", *sorted(set(named)))["there"]
                    yield {"name": "spike: lost", "value": lost, "unit": "", "bar": 0, **where, "load_average": 0.0}


def measure(port: int, facts: dict[str, Any], phase: float = PHASE) -> Iterator[Result]:
    """Play the profile; what came of it. `created` of the last figure is for whoever looks whether they are all there."""
    crowd = Crowd(port, facts)
    threads = [threading.Thread(target=crowd.work, daemon=True) for _n in range(min(ENOUGH, int(sum(RATES) * phase)))]
    for thread in threads:
        thread.start()
    arrived, waited, began = 0, 0, time.perf_counter()
    ends = []
    for turn, rate in enumerate(RATES):
        for n in range(int(rate * phase)):
            due = began + turn * phase + n / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            crowd.todo.put(arrived)
            waited = max(waited, crowd.todo.qsize())
            arrived += 1
        ends.append(began + (turn + 1) * phase)
    time.sleep(max(0.0, ends[-1] - time.perf_counter()))
    for _thread in threads:
        crowd.todo.put(None)
    for thread in threads:
        thread.join(240)  # who was told to come back more than once
    yield from _figures(crowd.seen, arrived, normal_from=ends[-2] + NORMAL * phase / PHASE)
    # Beyond the visitors there are nobody arrives as the profile says: such a run is void.
    yield {"name": "spike: arrivals kept waiting", "value": max(0, waited - SOME), "unit": "", "bar": 0}


def _figures(seen: Seen, arrived: int, normal_from: float) -> Iterator[Result]:
    told = Counter(status for _sent, _took, status in seen.calls)
    later = [(took, status) for sent, took, status in seen.calls if sent >= normal_from]
    slow, refused = sum(took > 1.0 for took, status in later if status != 503), sum(status == 503 for _took, status in later)
    yield {"name": "spike: lifecycles begun", "value": arrived, "unit": "", "bar": None}
    yield {"name": "spike: gone to the end", "value": seen.whole, "unit": "", "bar": None}
    yield {"name": "spike: told to come back", "value": told[503], "unit": "", "bar": None}
    yield {"name": "spike: 503 without Retry-After", "value": seen.without_retry_after, "unit": "", "bar": 0}
    yield {"name": "spike: never answered", "value": told[0], "unit": "", "bar": 0}
    yield {"name": "spike: answered otherwise", "value": sum(seen.wrong.values()) - told[0], "unit": "", "bar": 0}
    yield {"name": "spike: idle lines closed", "value": seen.closed_idle, "unit": "", "bar": None}
    for name, n in (("slow", slow), ("refused", refused)):
        share = round(n / len(later), 4) if later else 1.0
        yield {"name": f"spike: {name} 10 s after", "value": share, "unit": "", "bar": 0.01}
    yield {
        "name": "spike: created",
        "value": len(seen.created),
        "unit": "",
        "bar": None,
        "numbers": seen.created,
        "wrong": dict(seen.wrong),
    }
