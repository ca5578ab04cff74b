"""What is counted (计数对象): the pages and moves, by the members of the town that use them, each within its budget (issue 2 §4)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from typing import Any, Protocol
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from shequtong.accounts.testing import signed_in
from shequtong.cases import usecases
from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.files.testing import photo, upload
from shequtong.testing.town import Town


@dataclass
class Scene:
    """The town with browsers in which its cast is signed in; `case` is the one case that is played, the others are copies."""

    town: Town
    browsers: dict[str, Client] = field(default_factory=dict)

    def browser(self, name: str) -> Client:
        """Where `name` of the cast is signed in; "" is somebody new, who is not."""
        if not name:
            return Client()
        return self.browsers[name]

    def sign_in(self) -> None:
        """Everybody, and one page each: what is noted of a session once in a while is noted now."""
        for name, account in self.town.accounts.items():
            self.browsers[name] = signed_in(account)
            self.browsers[name].get("/privacy/")

    def case(self, stage: Stage, teller: str = "") -> Case:
        """A case of a resident, an hour old."""
        account = self.town.accounts[teller].pk if teller else None
        return make_case(self.town, stage=stage, now=timezone.now() - timedelta(hours=1), account_id=account)


class Answer(Protocol):
    """What a browser of the tests gets."""

    @property
    def status_code(self) -> int:
        """302 after a move."""

    @property
    def content(self) -> bytes:
        """The page."""


Request = Callable[[], Answer]
_PHONES = count(12_345_678)


@dataclass(frozen=True)
class Counted:
    """Something counted on a case at `stage`, told by `teller`. `prepare` does what comes before the one request that is counted."""

    name: str
    most: int
    prepare: Callable[..., Request]  # of scene and case; where photos may come, how many
    code: int = 200
    stage: Stage = Stage.HANDLING
    teller: str = ""

    def __str__(self) -> str:
        return self.name


def new_phone() -> str:
    """One that has had no message yet today: the caps on messages are counted elsewhere."""
    return f"138{next(_PHONES):08}"


def with_photos(how_many: int) -> dict[str, Any]:
    """What a form says with photos, all different; nothing for none."""
    return {"photos": [upload(photo(f"{uuid4()}")) for _each in range(how_many)]} if how_many else {}


def submit_key(page: Answer) -> str:
    """The key of the form on a page."""
    found = re.search(r'name="submit_key" value="([^"]+)"', page.content.decode())
    assert found, f"no form with a submit key: {page.status_code}"
    return found.group(1)


def _page(name: str, most: int, who: str, address: str, stage: Stage = Stage.HANDLING) -> Counted:
    """A page somebody opens; "{number}" stands for the number of a case at `stage`, the others for what one may filter by."""

    def prepare(scene: Scene, case: Case) -> Request:
        town = scene.town
        wanted = address.format(number=case.number, station=town.police.pk, grid=town.grid.code, community=town.community.code)
        return lambda: scene.browser(who).get(wanted)

    return Counted(f"{name} {who} {address}", most, prepare, stage=stage, teller="qian" if who == "qian" else "")


def move(verb: str, who: str, stage: Stage, before: Callable[[Scene, Case], None] | None = None, **typed: Any) -> Counted:
    """A move made by pressing the button of its form; a callable value is asked of the scene."""

    def prepare(scene: Scene, case: Case, photos: int = 0) -> Request:
        if before:
            before(scene, case)
        client = scene.browser(who)
        address = f"/r/{case.number}/{verb}/" if who == "qian" else f"/desk/cases/{case.number}/{verb.split()[0]}/"
        data = {name: value(scene) if callable(value) else value for name, value in typed.items()}
        data["submit_key"] = submit_key(client.get(address))
        data |= with_photos(photos)
        return lambda: client.post(address, data)

    name = f"{verb} by {who}{' with words' if typed.get('note') else ''}"
    return Counted(name, 12, prepare, 302, stage, "qian" if who == "qian" else "")


def _ask_urban(scene: Scene, case: Case) -> None:
    usecases.ask_assistance(
        number=case.number, station_id=scene.town.urban.pk, task="请协助清理", by=scene.town.wang, now=timezone.now()
    )


def _offer_urban(scene: Scene, case: Case) -> None:
    usecases.hand_over_case(
        number=case.number, to=scene.town.urban.pk, reason="属城管职责", by=scene.town.wang, now=timezone.now()
    )


def _send_back_twice(scene: Scene, case: Case) -> None:
    now = timezone.now()
    usecases.send_back_case(number=case.number, reason="不属本单位职责", by=scene.town.wang, now=now)
    usecases.dispatch_case(number=case.number, to=scene.town.urban.pk, by=scene.town.lin, now=now)
    usecases.send_back_case(number=case.number, reason="不属本单位职责", by=scene.town.zhou, now=now)


def _answer(scene: Scene, case: Case) -> None:
    usecases.answer_case(number=case.number, text="您好，已修复。", publish=True, by=scene.town.lin, now=timezone.now())


def _join(scene: Scene, case: Case, photos: int = 0) -> Request:
    client, address = scene.browser(""), f"/r/{case.number}/join/"
    data = {"name": "", "phone": new_phone(), "consent": "on", "submit_key": submit_key(client.get(address))}
    return lambda: client.post(address, data)


def _report(who: str) -> Counted:
    """The three steps of the resident's page; the last one opens the case."""

    def prepare(scene: Scene, case: Case, photos: int = 0) -> Request:
        client, place = scene.browser(who), f"?building={scene.town.building.pk}"
        told = {"cls": "L01", "text": "楼道灯坏了三天，晚上老人上下楼不安全。"}
        page = client.post(f"/report/what/{place}", told, follow=True)
        contact = {"name": "赵小燕", "consent": "on"} | ({} if who else {"phone": new_phone()})
        data = {**told, **contact, "submit_key": submit_key(page), **with_photos(photos)}
        return lambda: client.post(f"/report/send/{place}", data)

    return Counted(f"report by {who or 'anybody'}", 12, prepare, 302, Stage.INTAKE)


def _taken_in(scene: Scene, case: Case, photos: int = 0) -> Request:
    client, address = scene.browser("shen"), f"/desk/cases/new/?building={scene.town.building.pk}"
    data = {
        "channel": "phone",
        "cls": "L01",
        "text": "来电反映楼道灯坏了三天。",
        "name": "赵小燕",
        "phone": new_phone(),
        "consent": "on",
        "submit_key": submit_key(client.get(address)),
        **with_photos(photos),
    }
    return lambda: client.post(address, data)


READERS = ("supervisor", "chen", "lin", "wang", "ma", "hu", "xu")  # of the queue
QUEUES = (
    *(_page("queue", 8, who, "/desk/cases/") for who in READERS),
    _page("queue", 8, "chen", "/desk/cases/?stage=handling&light=red"),
    *(_page("queue", 8, "chen", f"/desk/cases/?{name}=all") for name in ("stage", "reach")),
    *(_page("queue", 8, "wang", f"/desk/cases/?{filters}") for filters in ("light=amber", "stage=closed")),
    _page("queue", 8, "wang", "/desk/cases/?reach=all&station={station}"),
    *(_page("queue", 8, who, "/desk/cases/?waits=me") for who in ("shen", "wang")),
    _page("queue", 8, "chen", "/desk/cases/?under={grid}"),
    _page("queue", 8, "supervisor", "/desk/cases/?station={station}&under={community}&stage=all"),
)
BULK = (
    _page("bulk", 8, "lin", "/desk/cases/bulk/dispatch/?case={number}", Stage.REGISTERED),
    _page("bulk", 8, "wang", "/desk/cases/bulk/accept/?case={number}", Stage.DISPATCHED),
    _page("verdict", 12, "sun", "/desk/cases/{number}/verify/", Stage.VERIFICATION),
)
CASE_PAGES = (
    *(_page("case page", 14, who, "/desk/cases/{number}/", Stage.CLOSED) for who in ("chen", "wang", "supervisor", "zhou", "xu")),
    _page("case page", 14, "lin", "/desk/cases/{number}/", Stage.REGISTERED),
    _page("case page", 14, "", "/r/{number}/", Stage.CLOSED),
    _page("case page", 14, "qian", "/r/{number}/", Stage.CLOSED),
)
WORKBENCHES = tuple(
    _page("workbench", 10, who, "/desk/") for who in ("supervisor", "chen", "shen", "lin", "wang", "sun", "hu", "xu", "zhou")
)
INTAKES = (_report(""), _report("qian"), Counted("intake at the desk", 12, _taken_in, 302, Stage.INTAKE))
_NOTE = "已到现场查看，情况属实。"
STATION_MOVES = (
    move(
        "dispatch with assistants",
        "lin",
        Stage.REGISTERED,
        to=lambda scene: scene.town.police.pk,
        assisting=lambda scene: [station.pk for code, station in scene.town.stations.items() if code != "police"][:5],
        task=_NOTE,
    ),
    move("assign", "wang", Stage.HANDLING, person=lambda scene: scene.town.accounts["wang"].pk),
    move("take_assist", "zhou", Stage.HANDLING, _ask_urban),
    move("hand_over", "wang", Stage.HANDLING, station=lambda scene: scene.town.urban.pk, note=_NOTE),
    # Told by somebody signed in; a typed number costs the count of its texts (messaging), one statement more.
    replace(move("take_over", "zhou", Stage.HANDLING, _offer_urban), teller="qian"),
    move("refuse_over", "zhou", Stage.HANDLING, _offer_urban, note=_NOTE),
    move("decide", "chen", Stage.DISPATCHED, _send_back_twice, station=lambda scene: scene.town.urban.pk, note=_NOTE),
)
MOVES = (
    *(move("register", "shen", Stage.INTAKE, note=note) for note in ("", _NOTE)),
    *(move("dispatch", "lin", Stage.REGISTERED, to=lambda scene: scene.town.police.pk, note=note) for note in ("", _NOTE)),
    move("accept", "wang", Stage.DISPATCHED),
    move("send_back", "wang", Stage.HANDLING, note=_NOTE),
    move("assist", "wang", Stage.HANDLING, station=lambda scene: scene.town.urban.pk, note=_NOTE),
    move("answer_assist", "zhou", Stage.HANDLING, _ask_urban, done="yes", note=_NOTE),
    move("handle", "wang", Stage.HANDLING, note=_NOTE),
    *STATION_MOVES,
    *(move("verify", "sun", Stage.VERIFICATION, note=note) for note in ("", _NOTE)),
    move("rework", "sun", Stage.VERIFICATION, note=_NOTE),
    move("answer", "lin", Stage.CLOSING, text="您好，楼道灯已修复。", publish="on"),
    *(move("close", "shen", Stage.CLOSING, _answer, note=note) for note in ("", _NOTE)),
    move("reopen", "chen", Stage.CLOSED, note=_NOTE),
    move("void", "shen", Stage.INTAKE, note=_NOTE),
    move("correct", "shen", Stage.INTAKE, cls="L02", note=_NOTE),
    move("add", "qian", Stage.HANDLING, note=_NOTE),
    move("withdraw", "qian", Stage.INTAKE, note=_NOTE),
    move("correct", "qian", Stage.INTAKE, cls="L02", note=_NOTE),
    Counted("join by anybody", 12, _join, 302, Stage.HANDLING),
    move("reopen", "qian", Stage.CLOSED, note=_NOTE),
    move("evaluate", "qian", Stage.CLOSED, solved="yes", score="5", comment=_NOTE),
)
ALL = (*QUEUES, *BULK, *CASE_PAGES, *WORKBENCHES, *INTAKES, *MOVES)
