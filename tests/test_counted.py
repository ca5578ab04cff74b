"""Counted (计数的预算): how many statements a page or a move asks of the database on a warm process, the same at 1, 50 and 10,000 rows.

Transaction control is not counted; nor is the question for revisions (`core.held`), which a process asks at most once a second, whatever
its load. A number block that runs out (one intake in twenty, one id in a thousand) adds a statement to whoever meets it.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import timezone

from shequtong.accounts.testing import signed_in
from shequtong.cases import usecases
from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.core import held
from shequtong.core.locality import blocks
from shequtong.testing.crowd import copy_cases
from shequtong.testing.statements import Seen, count_statements
from shequtong.testing.town import Town, build_town

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("counted")]

SIZES = (1, 50, 10_000)
PAGE_BYTES = 60_000  # raw HTML, before compression
STAGES = tuple(stage for stage in Stage if stage is not Stage.VOIDED)


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


Request = Callable[[], HttpResponse]


@dataclass(frozen=True)
class Counted:
    """Something counted. `prepare` plays what must be there, and gives the one request that is counted."""

    name: str
    most: int
    prepare: Callable[[Scene], Request]
    code: int = 200

    def __str__(self) -> str:
        return self.name


def _submit_key(page: HttpResponse) -> str:
    found = re.search(r'name="submit_key" value="([^"]+)"', page.content.decode())
    assert found, f"no form with a submit key: {page.status_code}"
    return found.group(1)


def _page(name: str, most: int, who: str, address: str, stage: Stage = Stage.HANDLING) -> Counted:
    """A page somebody opens; "{number}" stands for the number of a case at `stage`."""

    def prepare(scene: Scene) -> Request:
        case = scene.case(stage, teller="qian" if who == "qian" else "")
        return lambda: scene.browser(who).get(address.format(number=case.number))

    return Counted(f"{name} {who} {address}", most, prepare)


def _move(verb: str, who: str, stage: Stage, before: Callable[[Scene, Case], None] | None = None, **typed: Any) -> Counted:
    """A move made by pressing the button of its form; a callable value is asked of the scene."""

    def prepare(scene: Scene) -> Request:
        case = scene.case(stage, teller="qian" if who == "qian" else "")
        if before:
            before(scene, case)
        client = scene.browser(who)
        address = f"/r/{case.number}/{verb}/" if who == "qian" else f"/desk/cases/{case.number}/{verb}/"
        data = {name: value(scene) if callable(value) else value for name, value in typed.items()}
        data["submit_key"] = _submit_key(client.get(address))
        return lambda: client.post(address, data)

    return Counted(f"{verb} by {who}{' with words' if any(typed.values()) else ''}", 12, prepare, 302)


def _ask_urban(scene: Scene, case: Case) -> None:
    usecases.ask_assistance(
        number=case.number, station_id=scene.town.urban.pk, task="请协助清理", by=scene.town.wang, now=timezone.now()
    )


def _answer(scene: Scene, case: Case) -> None:
    usecases.answer_case(number=case.number, text="您好，已修复。", publish=True, by=scene.town.lin, now=timezone.now())


def _report(who: str) -> Counted:
    """The three steps of the resident's page; the last one opens the case."""

    def prepare(scene: Scene) -> Request:
        scene.case(Stage.INTAKE)  # so that the number blocks are in hand
        client, place = scene.browser(who), f"?building={scene.town.building.pk}"
        told = {"cls": "L01", "text": "楼道灯坏了三天，晚上老人上下楼不安全。"}
        page = client.post(f"/report/what/{place}", told)
        contact = {"name": "赵小燕", "consent": "on"} | ({} if who else {"phone": "13812345678"})
        data = {**told, **contact, "submit_key": _submit_key(page)}
        return lambda: client.post(f"/report/send/{place}", data)

    return Counted(f"report by {who or 'anybody'}", 12, prepare, 302)


def _taken_in(scene: Scene) -> Request:
    scene.case(Stage.INTAKE)
    client, address = scene.browser("shen"), f"/desk/cases/new/?building={scene.town.building.pk}"
    data = {
        "channel": "phone",
        "cls": "L01",
        "text": "来电反映楼道灯坏了三天。",
        "name": "赵小燕",
        "phone": "13812345678",
        "consent": "on",
        "submit_key": _submit_key(client.get(address)),
    }
    return lambda: client.post(address, data)


QUEUES = (
    *(_page("queue", 8, who, "/desk/cases/") for who in ("supervisor", "chen", "lin", "wang", "ma", "hu", "xu")),
    _page("queue", 8, "chen", "/desk/cases/?stage=handling&light=red"),
    _page("queue", 8, "chen", "/desk/cases/?stage=all"),
    _page("queue", 8, "chen", "/desk/cases/?reach=all"),
    _page("queue", 8, "wang", "/desk/cases/?light=amber"),
)
CASE_PAGES = (
    *(_page("case page", 14, who, "/desk/cases/{number}/", Stage.CLOSED) for who in ("chen", "wang", "supervisor", "zhou", "xu")),
    _page("case page", 14, "lin", "/desk/cases/{number}/", Stage.REGISTERED),
    _page("case page", 14, "", "/r/{number}/", Stage.CLOSED),
    _page("case page", 14, "qian", "/r/{number}/", Stage.CLOSED),
)
WORKBENCHES = tuple(
    _page("workbench", 10, who, "/desk/") for who in ("supervisor", "chen", "shen", "lin", "wang", "sun", "hu", "xu")
)
INTAKES = (_report(""), _report("qian"), Counted("intake at the desk", 12, _taken_in, 302))
_NOTE = "已到现场查看，情况属实。"
MOVES = (
    *(_move("register", "shen", Stage.INTAKE, note=note) for note in ("", _NOTE)),
    *(_move("dispatch", "lin", Stage.REGISTERED, to=lambda scene: scene.town.police.pk, note=note) for note in ("", _NOTE)),
    _move("accept", "wang", Stage.DISPATCHED),
    _move("send_back", "wang", Stage.HANDLING, note=_NOTE),
    _move("assist", "wang", Stage.HANDLING, station=lambda scene: scene.town.urban.pk, note=_NOTE),
    _move("answer_assist", "zhou", Stage.HANDLING, _ask_urban, done="yes", note=_NOTE),
    _move("handle", "wang", Stage.HANDLING, note=_NOTE),
    *(_move("verify", "sun", Stage.VERIFICATION, note=note) for note in ("", _NOTE)),
    _move("rework", "sun", Stage.VERIFICATION, note=_NOTE),
    _move("answer", "lin", Stage.CLOSING, text="您好，楼道灯已修复。", publish="on"),
    *(_move("close", "shen", Stage.CLOSING, _answer, note=note) for note in ("", _NOTE)),
    _move("reopen", "chen", Stage.CLOSED, note=_NOTE),
    _move("void", "shen", Stage.INTAKE, note=_NOTE),
    _move("reopen", "qian", Stage.CLOSED, note=_NOTE),
    _move("evaluate", "qian", Stage.CLOSED, solved="yes", score="5", comment=_NOTE),
)
ALL = (*QUEUES, *CASE_PAGES, *WORKBENCHES, *INTAKES, *MOVES)


@contextmanager
def _undone() -> Iterator[None]:
    """Roll back what is done inside; what the process holds stays warm."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _count(counted: Counted, scene: Scene) -> Seen:
    with _undone():
        request = counted.prepare(scene)
        with count_statements() as seen:
            answer = request()
    assert answer.status_code == counted.code, f"{counted}: {answer.status_code}"
    return Seen([one for one in seen.statements if not re.match(r'SELECT "core_revision"', one.sql)])


@dataclass
class Measured:
    """What was counted, by what and at how many rows; the scene stands at the most rows."""

    scene: Scene
    seen: dict[tuple[str, int], Seen] = field(default_factory=dict)


@pytest.fixture(scope="module")
def measured(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Measured]:
    """Everything of ALL counted at all sizes, once for this module; undone at its end."""
    quick: dict[str, Any] = {
        "PASSWORD_HASHERS": ["shequtong.accounts.testing.QuickHasher"],
        "SECURE_SSL_REDIRECT": False,
        "AUDIT_FOLDER": str(tmp_path_factory.mktemp("audit")),
    }
    with django_db_blocker.unblock(), override_settings(**quick), _undone():  # type: ignore[attr-defined]  # pytest-django's own
        held.drop_all()
        blocks.forget()
        found = Measured(Scene(build_town()))
        found.scene.sign_in()
        for counted in ALL:
            _count(counted, found.scene)  # warms the process
        for size in SIZES:
            _grow(found.scene.town, size)
            for counted in ALL:
                found.seen[str(counted), size] = _count(counted, found.scene)
        yield found
    held.drop_all()
    blocks.forget()


def _grow(town: Town, size: int) -> None:
    """Up to `size` cases with the one that is played for each count."""
    wanted = size - 1 - Case.objects.filter(subdistrict=town.street.subdistrict_id).count()
    if wanted <= 0:
        return
    originals = list(Case.objects.filter(subdistrict=town.street.subdistrict_id, serial__lt=1_000_000))
    if not originals:
        originals = [make_case(town, stage=stage, now=timezone.now() - timedelta(days=1)) for stage in STAGES]
        wanted -= len(originals)
    # Half of them elsewhere in the street, so that a precinct's reach is a part of it.
    paths = [town.grid.path, town.other_grid.path, "320505/002/P2/031/001/", "320505/002/P2/031/002/"]
    copy_cases(originals, wanted, paths=paths, first_serial=1_000_000 * size)


@pytest.mark.parametrize("counted", ALL, ids=str)
def test_within_its_budget_and_the_same_at_any_size(counted: Counted, measured: Measured) -> None:
    found = {size: measured.seen[str(counted), size] for size in SIZES}
    totals = {size: seen.total for size, seen in found.items()}
    listing = "\n".join(
        f"at {size}: " + "\n".join(line[:150] for line in seen.listing.split("\n")) for size, seen in found.items()
    )
    assert max(totals.values()) <= counted.most, listing
    assert len(set(totals.values())) == 1, f"{totals}\n{listing}"


READERS = ("supervisor", "chen", "lin", "wang", "ma", "hu", "xu")
_BAD_ON_SQLITE = re.compile(r"\bSCAN (?!CONSTANT)|TEMP B-TREE|AUTOMATIC")
_BAD_ON_POSTGRESQL = frozenset({"Seq Scan", "Sort", "Incremental Sort", "Bitmap Heap Scan"})


def _plans(client: Client, address: str) -> list[tuple[str, Any]]:
    """The reads of cases that a page makes, each with the database's plan of it."""
    sent: list[tuple[str, Any]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if 'FROM "cases_case"' in sql:
            sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        assert client.get(address).status_code == 200
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN (ANALYZE, FORMAT JSON) "
    found = []
    with connection.cursor() as cursor:
        for sql, params in sent:
            cursor.execute(explain + sql, params)
            found.append((sql, cursor.fetchall()))
    assert found, "the page read no case"
    return found


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from _nodes(inner)


@pytest.mark.parametrize(
    "address", ["/desk/cases/", "/desk/cases/?stage=handling", "/desk/cases/?light=red", "/desk/cases/?stage=all"]
)
@pytest.mark.parametrize("who", READERS)
def test_the_queue_is_read_in_the_order_of_an_index(who: str, address: str, measured: Measured) -> None:
    for sql, plan in _plans(measured.scene.browser(who), address):
        if connection.vendor == "sqlite":
            bad = [row[3] for row in plan if _BAD_ON_SQLITE.search(row[3])]
        else:
            tree = json.loads(plan[0][0]) if isinstance(plan[0][0], str) else plan[0][0]
            bad = [node["Node Type"] for node in _nodes(tree[0]["Plan"]) if node["Node Type"] in _BAD_ON_POSTGRESQL]
        assert not bad, f"{bad}\n{sql}"


@pytest.mark.parametrize(("who", "elsewhere"), [("supervisor", 1), ("wang", 1), ("chen", 3)])
def test_the_queue_reads_no_more_rows_than_it_shows(who: str, elsewhere: int, measured: Measured) -> None:
    """A precinct reads past the cases of the others, which the index tells it without the row; `elsewhere` allows for them."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite does not tell how many rows it read; the plan is looked at above")
    for sql, plan in _plans(measured.scene.browser(who), "/desk/cases/"):
        tree = json.loads(plan[0][0]) if isinstance(plan[0][0], str) else plan[0][0]
        scans = [node for node in _nodes(tree[0]["Plan"]) if "Scan" in node["Node Type"]]
        read = sum(node["Actual Rows"] + node.get("Rows Removed by Filter", 0) for node in scans)
        assert read <= 51 * elsewhere, sql


@pytest.mark.parametrize(("who", "address"), [*((who, "/desk/cases/") for who in READERS), ("", "/report/"), ("chen", "/desk/")])
def test_pages_are_light(who: str, address: str, measured: Measured) -> None:
    page = measured.scene.browser(who).get(address)
    assert page.status_code == 200
    assert len(page.content) <= PAGE_BYTES, f"{len(page.content)} bytes"


def test_the_steps_of_a_report_are_light(measured: Measured) -> None:
    client, place = Client(), f"?building={measured.scene.town.building.pk}"
    what = client.get(f"/report/what/{place}")
    send = client.post(f"/report/what/{place}", {"cls": "L01", "text": "楼道灯坏了三天，晚上老人上下楼不安全。"})
    assert _submit_key(send)
    for page in (what, send):
        assert len(page.content) <= PAGE_BYTES, f"{len(page.content)} bytes"
