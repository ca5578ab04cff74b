"""The table of rights (权限表): every address × every kind of account × what it gets. Rows stand in `tests/permission_rows/<area>.py`.

A row is one request that succeeds for the right person; everybody else sends the very same. What it changed is undone after each.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from shequtong.access import roles
from shequtong.access.testing import make_appointment
from shequtong.accounts.models import Account
from shequtong.accounts.testing import make_account
from shequtong.core import held
from shequtong.core.locality import blocks
from shequtong.core.submissions import FIELD, new_submit_key
from shequtong.testing.town import Town


class Kind(StrEnum):
    """Who asks (design.md 6). `STAFF` is the row's own member of the cast; the four after it differ from them by one thing each."""

    ANONYMOUS = "anonymous"
    RESIDENT = "resident"  # Qian, who told the case where there is one
    OTHER_RESIDENT = "another resident"  # Fang
    STAFF = "full staff"
    NEIGHBOUR = "same post, next street"
    FOREIGN_STATION = "foreign station, same place"
    ENDED = "ended appointment"
    CLERK = "limited staff"
    SYSTEM_ADMIN = "system administrator"
    SECURITY_ADMIN = "security administrator"
    AUDIT_ADMIN = "audit administrator"


ADMINISTRATORS = (Kind.SYSTEM_ADMIN, Kind.SECURITY_ADMIN, Kind.AUDIT_ADMIN)
SIGN_IN = "sign-in"  # led to the sign-in page
Outcome = int | str
Values = dict[str, Any]  # of an address or a form, as Django's test client takes them


@dataclass
class Scene:
    """The town with everybody who asks; rows make their objects in it."""

    town: Town
    staff: str
    accounts: dict[Kind, Account] = field(default_factory=dict)

    def account(self, kind: Kind) -> Account:
        """The account of a kind, appointed when first asked for."""
        if kind not in self.accounts:
            self.accounts[kind] = self._make(kind)
        return self.accounts[kind]

    @property
    def resident(self) -> Account:
        """Who told the case."""
        return self.account(Kind.RESIDENT)

    def _make(self, kind: Kind) -> Account:
        cast = {Kind.RESIDENT: "qian", Kind.OTHER_RESIDENT: "fang", Kind.STAFF: self.staff, Kind.CLERK: "xu"}
        if kind in cast:
            return self.town.accounts[cast[kind]]
        account = make_account(kind.value, staff=True)
        if kind in ADMINISTRATORS:
            make_appointment(account, kind.name.lower())
            return account
        post = self.town.actor(self.staff).in_use
        role = post.role if post else roles.table().roles["precinct_head"]
        station = next((one for one in self.town.stations.values() if post and one.pk == post.station), None)
        if kind is Kind.NEIGHBOUR:
            next_precinct = self.town.actor("gao").in_use
            assert next_precinct is not None
            make_appointment(account, role.code, self.town.next_street, self.town.next_police if role.at_station else None)
        elif kind is Kind.FOREIGN_STATION:
            code = role.code if role.at_station else "station_head"
            make_appointment(account, code, self.town.street, self.town.stations["ecology"])
        elif kind is Kind.ENDED:
            make_appointment(account, role.code, self.town.precinct, station, ends_on=date(2025, 12, 31))
        return account


def nothing(scene: Scene) -> Values:
    """No arguments."""
    return {}


def no_change(scene: Scene, client: Client) -> None:
    """Nothing to prepare."""


@dataclass(frozen=True)
class Row:
    """One request of the address `name`. `expect` says what each kind gets, `others` what the rest do: a status, or SIGN_IN.

    `kwargs` makes the objects the address names, `data` what is posted (the submit key comes by itself), `before` prepares the session.
    `staff` is the member of the cast who may; `label` tells rows of one address apart.
    """

    name: str
    expect: Mapping[Kind, Outcome]
    others: Outcome = 404
    method: str = "GET"
    staff: str = "chen"
    kwargs: Callable[[Scene], Values] = nothing
    data: Callable[[Scene], Values] = nothing
    before: Callable[[Scene, Client], None] = no_change
    label: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.method, self.name, self.label) if part)


def anyone(outcome: Outcome) -> dict[Kind, Outcome]:
    """The same for every kind."""
    return dict.fromkeys(Kind, outcome)


def signed_in(outcome: Outcome) -> dict[Kind, Outcome]:
    """The same for whoever is signed in; nobody in particular is led to the sign-in page."""
    return {**dict.fromkeys(Kind, outcome), Kind.ANONYMOUS: SIGN_IN}


def only(*kinds: Kind, outcome: Outcome = 200, anonymous: Outcome = SIGN_IN) -> dict[Kind, Outcome]:
    """`outcome` for these, the sign-in page for nobody in particular, and "not found" (a row's `others`) for the rest."""
    return {Kind.ANONYMOUS: anonymous, **dict.fromkeys(kinds, outcome)}


def rows() -> list[Row]:
    """Every row of every area."""
    package = importlib.import_module("tests.permission_rows")
    found: list[Row] = []
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda one: one.name):
        found += importlib.import_module(f"tests.permission_rows.{module.name}").ROWS
    return found


def addresses() -> set[str]:
    """The names of all addresses of the project; one without a name stands as its pattern, and is found fault with."""

    def walk(resolver: URLResolver, spaces: tuple[str, ...]) -> Iterator[str]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                yield from walk(entry, (*spaces, entry.namespace) if entry.namespace else spaces)
            elif isinstance(entry, URLPattern):
                yield ":".join((*spaces, entry.name)) if entry.name else f"unnamed {entry.pattern}"

    return set(walk(get_resolver(), ()))


def outcomes(row: Row, town: Town) -> dict[Kind, tuple[Outcome, Outcome]]:
    """What each kind was to get and got. Everything each of them did is undone."""
    scene = Scene(town, row.staff)
    for kind in Kind:
        if kind is not Kind.ANONYMOUS:
            scene.account(kind)
    address = reverse(row.name, kwargs=row.kwargs(scene))
    found = {}
    for kind in Kind:
        with undone():
            found[kind] = (row.expect.get(kind, row.others), ask(row, scene, kind, address))
    return found


def ask(row: Row, scene: Scene, kind: Kind, address: str, method: str = "") -> Outcome:
    """Send the request of `row` to its address as `kind`, by another method if one is named, and say what came of it."""
    return outcome_of(answer_of(row, scene, kind, address, method))


def answer_of(row: Row, scene: Scene, kind: Kind, address: str, method: str = "") -> HttpResponseBase:
    """The answer itself."""
    client = Client(raise_request_exception=False)
    if kind is not Kind.ANONYMOUS:
        client.force_login(scene.account(kind))
    row.before(scene, client)
    if (method or row.method) == "GET":
        return client.get(address, row.data(scene))
    return client.post(address, {FIELD: key_of(scene, kind), **row.data(scene)})


def key_of(scene: Scene, kind: Kind) -> str:
    """A submit key of a form that this kind has opened."""
    return new_submit_key(_request_of(None if kind is Kind.ANONYMOUS else scene.account(kind)))


def outcome_of(answer: HttpResponseBase) -> Outcome:
    """The status, or SIGN_IN."""
    location = answer.headers.get("Location", "")
    return SIGN_IN if answer.status_code == 302 and location.startswith("/sign-in/") else answer.status_code


def _request_of(account: Account | None) -> HttpRequest:
    request = HttpRequest()
    if account is not None:
        request.user = account
    return request


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is rolled back, and what processes remember of it forgotten."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # the security log then counts it as the test's own transaction
    with block:
        yield
        transaction.set_rollback(True)
    held.drop_all()
    blocks.forget()
