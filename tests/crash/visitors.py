"""Residents with plain browsers (真实表单的访客): they fill in the three steps of a report, and press "send" until it is answered."""

import html
import http.client
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

TIMEOUT = 10.0  # seconds for one answer; after that the button is pressed again
_HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|submit_key)" value="([^"]+)"')
_DONE = re.compile(r"/report/done/([^/]+)/")


@dataclass
class Page:
    """What came back."""

    code: int
    text: str
    location: str


class Visitor:
    """One browser: cookies, and pages asked for until they come."""

    def __init__(self, port: int, until: float, chance: random.Random) -> None:
        self._port, self._until, self._chance = port, until, chance
        self._cookies: dict[str, str] = {}
        self.tries = 0
        self.away: Counter[int] = Counter()  # answers that told to come back, by code
        self.said = ""  # the last of them

    def get(self, address: str) -> Page:
        """The page; asked for again while nobody answers."""
        return self._insist("GET", address, "")

    def post(self, address: str, fields: dict[str, str]) -> Page:
        """The answer to the form; the same form is sent again while nobody answers."""
        return self._insist("POST", address, urlencode(fields))

    def _insist(self, method: str, address: str, body: str) -> Page:
        while time.monotonic() < self._until:
            self.tries += 1
            try:
                page = self._ask(method, address, body)
            except (OSError, http.client.HTTPException):
                page = None
            if page is not None and page.code < 500:
                return page
            if page is not None:
                self.away[page.code] += 1
                self.said = page.text
            time.sleep(self._chance.uniform(0.01, 0.08))
        raise TimeoutError(f"{method} {address}: no answer after {self.tries} tries")

    def _ask(self, method: str, address: str, body: str) -> Page:
        line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=TIMEOUT)
        try:
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
            if method == "POST":
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            line.request(method, address, body, headers)
            answer = line.getresponse()
            text = answer.read().decode()
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                name, _equals, value = cookie.split(";")[0].partition("=")
                self._cookies[name] = value
            return Page(answer.status, text, answer.headers.get("Location", ""))
        finally:
            line.close()


@dataclass
class Reports:
    """What was reported: number of the case by key of the form. Shared by the threads of the visitors."""

    wanted: int
    seed: int
    building: int
    port: int
    until: float
    answered: dict[str, str] = field(default_factory=dict)
    with_phone: int = 0
    tries: int = 0
    away: Counter[int] = field(default_factory=Counter)
    said: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    _taken: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def count(self) -> int:
        return len(self.answered)

    def run(self) -> None:
        """Report one after another until all are told; the body of a thread."""
        while not self.wrong:
            with self._lock:
                if self._taken >= self.wanted:
                    return
                self._taken += 1
                number = self._taken
            try:
                self._report(number)
            except Exception as error:
                self.wrong.append(f"report {number}: {error!r}")

    def _report(self, number: int) -> None:
        chance = random.Random(f"{self.seed}-{number}")
        visitor, place = Visitor(self.port, self.until, chance), f"?building={self.building}"
        visitor.away = self.away  # counts of all; one more or less is no matter
        told = {"cls": "L01", "text": f"第{number}号：楼道灯坏了三天，晚上老人上下楼不安全。", "name": "", "phone": ""}
        if number % 2:
            told |= {"name": "赵小燕", "phone": f"138{number:08d}", "consent": "on"}
        hidden = dict(_HIDDEN.findall(visitor.get(f"/report/what/{place}").text))
        page = visitor.get(visitor.post(f"/report/what/{place}", {**told, **hidden}).location)
        hidden = {name: html.unescape(value) for name, value in _HIDDEN.findall(page.text)}
        if "submit_key" not in hidden:
            raise AssertionError(f"no third step: {page.code} {page.text[:400]}")
        key = hidden["submit_key"].split(":")[0]
        # Some press twice although it was answered: the second press gets the first answer.
        for _press in range(1 + (chance.random() < 0.2)):
            answer = visitor.post(f"/report/send/{place}", {**told, **hidden})
            found = _DONE.search(answer.location)
            if answer.code != 302 or found is None:
                raise AssertionError(f"not taken in: {answer.code} {answer.text[:400]}")
            with self._lock:
                if self.answered.setdefault(key, found[1]) != found[1]:
                    raise AssertionError(f"{key} was answered with {self.answered[key]} and with {found[1]}")
        with self._lock:
            self.tries += visitor.tries
            self.said |= {visitor.said} - {""}
            self.with_phone += number % 2


def start(reports: Reports, visitors: int) -> Callable[[], None]:
    """Let so many people report at once; the returned function waits for them."""
    threads = [threading.Thread(target=reports.run, name=f"visitor {n}", daemon=True) for n in range(visitors)]
    for thread in threads:
        thread.start()

    def finished() -> None:
        for thread in threads:
            thread.join(max(0.0, reports.until - time.monotonic()))
        assert not any(thread.is_alive() for thread in threads), "some visitors still wait for an answer"

    return finished
