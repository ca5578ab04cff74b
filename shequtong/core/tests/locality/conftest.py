"""Tables of the made-up street, its places, and the statements a test sends."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from shequtong.core.locality import Local, blocks
from shequtong.core.locality.blocks import IDS
from shequtong.core.models import Subdistrict
from shequtong.core.tests.locality.probe.tables import PROBES, Body, Household, Matter, Person
from shequtong.testing.statements import Seen, watch_statements


@pytest.fixture(scope="module")
def probe_tables(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    # Dropped again with the module: `flush` knows nothing of them, and on PostgreSQL they would keep it from emptying core's tables.
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            for model in PROBES:
                editor.create_model(model)
        yield
        with connection.schema_editor() as editor:
            for model in reversed(PROBES):
                editor.delete_model(model)


@pytest.fixture
def nothing_held() -> Iterator[None]:
    """This process holds no block of numbers when the test begins, nor when it ends."""
    blocks.forget()
    yield
    blocks.forget()


@pytest.fixture
def series() -> str:
    """A series of numbers nobody has counted in."""
    return f"tests/{uuid4().hex}"


@pytest.fixture(params=[IDS, "series"])
def name(request: pytest.FixtureRequest) -> str:
    """The ids, then a series of its own."""
    return IDS if request.param == IDS else f"tests/{uuid4().hex}"


@dataclass
class Street:
    """Two persons of one household in place 7, one person in place 8, one matter of the first person."""

    body: Body
    household: Any  # mypy does not see the reverse side of models in a registry of their own
    a: Person
    b: Person
    elsewhere: Person
    matter: Any


@pytest.fixture
def street(probe_tables: None, db: None) -> Street:
    make_places()
    body = Body(name="u")
    body.save()
    household = Household.objects.create(subdistrict_id=7, room="1-101")
    a = Person.objects.create(subdistrict_id=7, household=household, name="a", idno="1")
    b = Person.objects.create(subdistrict_id=7, household=household, name="b", idno="2")
    elsewhere = Person.objects.create(subdistrict_id=8, name="c", idno="1")
    matter = Matter.objects.create(subdistrict_id=7, person=a, handler=body, kind="k")
    return Street(body, household, a, b, elsewhere, matter)


def make_places() -> None:
    Subdistrict.objects.bulk_create(
        Subdistrict(id=number, kind=Subdistrict.Kind.SUBDISTRICT, letters=f"Q{number}", name=f"s{number}")
        for number in range(1, 21)
    )


def watched() -> AbstractContextManager[Seen]:
    """Fails when a statement of the body touches a local table of the made-up street without its subdistrict."""
    return watch_statements(also_local=[model._meta.db_table for model in PROBES if issubclass(model, Local)])


@pytest.fixture
def seen(street: Street) -> Iterator[Seen]:
    """What the test sends; the street stands before."""
    with watched() as sent:
        yield sent
