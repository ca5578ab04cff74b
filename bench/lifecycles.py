"""Whole lifecycles (全流程吞吐): create, dispatch, handle, close with an answer, read back; each one signed-in HTTP call, each write durable.

A pinned short flow (`short` of a street's flow): every move is made with its own step, trace, count and messages, three presses for seven
moves. Submit keys are made beforehand, as a page makes them when it is opened; nothing else is left out. Two server processes, no worker.
"""

import http.client
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from bench.client import Browser

CALLS = ("create", "dispatch", "handle", "close", "read back")
LEAST = 25.0  # lifecycles a second on two cores (issue 5); the peer: 37 on eight
KEPT = 0.95  # of the rate of the empty database
CLIENTS = 6  # lifecycles in flight
WARM, LASTS = 3.0, 15.0  # seconds
TOLD = {
    "cls": "L01",
    "text": "楼道灯坏了三天，晚上老人上下楼不安全。",
    "channel": "phone",
    "name": "赵小燕",
    "phone": "13812345678",
    "consent": "on",
}
Result = dict[str, Any]


@dataclass
class Tally:
    """What the clients saw: when each lifecycle ended, how long each call took, and the first error."""

    ended: list[float] = field(default_factory=list)
    took: dict[str, list[float]] = field(default_factory=lambda: {call: [] for call in CALLS})
    error: str = ""


class Client:
    """One lifecycle after another, over two connections: the office's and the station's."""

    def __init__(self, port: int, facts: dict[str, Any], keys: dict[str, Iterator[str]]) -> None:
        self.facts, self.keys = facts, keys
        self.office, self.station = (_signed_in(port, facts["sessions"][who]) for who in ("chen", "wang"))

    def live(self, tally: Tally) -> None:
        """Make one."""
        began = time.perf_counter()

        def done(call: str) -> None:
            nonlocal began
            now = time.perf_counter()
            tally.took[call].append(now - began)
            began = now

        self._post(self.office, "chen", f"/desk/cases/new/?building={self.facts['building']}", TOLD)
        sheet = self.office.location.partition("?")[0]
        done("create")
        self._post(self.office, "chen", f"{sheet}register_dispatch/", {"to": str(self.facts["police"])})
        done("dispatch")
        self._post(self.station, "wang", f"{sheet}accept_handle/", {"note": "已更换灯泡，恢复照明。"})
        done("handle")
        self._post(self.office, "chen", f"{sheet}verify_close/", {"note": "", "text": "您好，楼道灯已修好。"})
        done("close")
        self.office.get(sheet)
        done("read back")

    def _post(self, browser: Browser, who: str, address: str, told: dict[str, str]) -> None:
        browser.post(address, {**told, "submit_key": next(self.keys[who]), "csrfmiddlewaretoken": browser.cookies["csrftoken"]})


def _signed_in(port: int, session: str) -> Browser:
    browser = Browser(port, session)
    browser.get("/desk/")
    if "csrftoken" not in browser.cookies:
        browser.get("/desk/cases/new/")
    return browser


def measure(facts: dict[str, Any], server: Any, *, quick: bool = False) -> Iterator[Result]:
    """Lifecycles a second, each call's milliseconds, and the processor time a call takes of the server's processes."""
    lasts = LASTS / 3 if quick else LASTS
    tally, stop = Tally(), threading.Event()
    keys = {who: iter(some) for who, some in facts["keys"].items()}
    clients = [Client(server.port, facts, keys) for _n in range(CLIENTS)]
    threads = [threading.Thread(target=_go, args=(client, tally, stop), daemon=True) for client in clients]
    for thread in threads:
        thread.start()
    time.sleep(WARM)
    used, begun, calls = server.cpu(), time.perf_counter(), _calls(tally)
    time.sleep(lasts)
    used, until, calls = server.cpu() - used, time.perf_counter(), _calls(tally) - calls
    stop.set()
    for thread in threads:
        thread.join(60)
    if tally.error:
        raise RuntimeError(tally.error)
    n = sum(begun <= at < until for at in tally.ended)
    yield {"name": "lifecycles", "value": round(n / (until - begun), 2), "unit": "1/s", "bar": LEAST, "better": "more"}
    yield {"name": "lifecycles: processor a call", "value": round(used / calls * 1000, 2), "unit": "ms", "bar": None}
    for call, took in tally.took.items():
        p95 = quantiles(took, n=20)[-1] * 1000
        yield {"name": f"lifecycles: {call}, p95", "value": round(p95, 1), "unit": "ms", "bar": None}


def _calls(tally: Tally) -> int:
    return sum(len(took) for took in tally.took.values())


def _go(client: Client, tally: Tally, stop: threading.Event) -> None:
    try:
        while not stop.is_set() and not tally.error:
            client.live(tally)
            tally.ended.append(time.perf_counter())
    except (RuntimeError, OSError, http.client.HTTPException, StopIteration) as error:
        tally.error = tally.error or f"{type(error).__name__}: {error}"
