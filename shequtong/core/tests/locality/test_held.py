"""Shared data held in memory: seen soon by others, at once by its own transaction, and never when it was rolled back."""

import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import transaction

from shequtong.core import held
from shequtong.core.held import Held, changed, drop_all, look_again
from shequtong.core.models import Revision, Subdistrict
from shequtong.core.places import REVISION, place, place_lettered, places
from shequtong.core.tests.locality.crowd import UndoneError, in_threads
from shequtong.testing.statements import count_statements

transactional = pytest.mark.django_db(transaction=True)


class Names:
    """The installation's name, held."""

    def __init__(self) -> None:
        self.revision, self.loads = f"tests/{uuid4().hex[:20]}", 0
        self.value = Held(self.revision, self._load)

    def _load(self) -> str:
        self.loads += 1
        return Subdistrict.objects.get(pk=0).name

    def rename(self, name: str) -> None:
        Subdistrict.objects.filter(pk=0).update(name=name)
        changed(self.revision)

    def seen_by_another_thread(self) -> str:
        seen: list[str] = []
        in_threads(lambda: seen.append(self.value()))
        return seen[0]


@pytest.fixture
def names() -> Iterator[Names]:
    made = Names()
    yield made
    held._all.remove(made.value)


@transactional
def test_is_loaded_once_and_again_when_it_changed(names: Names) -> None:
    assert [names.value(), names.value(), names.loads] == ["平台", "平台", 1]
    with transaction.atomic():
        names.rename("new")
    assert [names.value(), names.value(), names.loads] == ["new", "new", 2]


@transactional
def test_costs_no_statement_while_fresh_and_one_for_all_revisions_after(names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    names.value()
    with count_statements() as seen:
        names.value()
    assert seen.total == 0, seen.listing
    later = time.monotonic() + held.STALE_AFTER
    monkeypatch.setattr(time, "monotonic", lambda: later)
    with count_statements() as seen:
        names.value()
    assert seen.total == 1, seen.listing


@transactional
def test_a_change_by_another_process_is_seen_within_the_time(names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    names.value()
    monkeypatch.setattr(held, "look_again", lambda: None)  # what another process does tells this one nothing
    with transaction.atomic():
        names.rename("new")
    assert names.value() == "平台"
    later = time.monotonic() + held.STALE_AFTER
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert names.value() == "new"
    assert held.STALE_AFTER < 2


@transactional
def test_an_open_transaction_sees_its_own_change_and_nobody_else_does(names: Names) -> None:
    names.value()
    with transaction.atomic():
        names.rename("new")
        assert names.value() == "new"
        assert names.seen_by_another_thread() == "平台"
        loads = names.loads
        assert names.value() == "new"
        assert names.loads == loads, "loaded once for the transaction"
        names.rename("newer")
        assert names.value() == "newer"
    assert names.value() == names.seen_by_another_thread() == "newer"


@transactional
def test_what_was_rolled_back_is_never_seen_again(names: Names) -> None:
    names.value()
    for name in ("undone", "undone again"):
        try:
            with transaction.atomic():
                names.rename(name)
                assert names.value() == name
                raise UndoneError
        except UndoneError:
            pass
        assert names.value() == "平台"
    # The revision of the rolled-back change is given to another one now.
    with transaction.atomic():
        names.rename("new")
    assert names.value() == "new"


@transactional
def test_a_savepoint_that_is_rolled_back_takes_only_its_own_change(names: Names) -> None:
    with transaction.atomic():
        names.rename("outer")
        assert names.value() == "outer"
        try:
            with transaction.atomic():
                names.rename("inner")
                assert names.value() == "inner"
                raise UndoneError
        except UndoneError:
            pass
        assert names.value() == "outer"
    assert names.value() == "outer"


@transactional
def test_revisions_asked_before_a_change_are_not_kept_after_it(names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    names.value()
    asked = Revision.objects.values_list

    def slow(*fields: str) -> object:
        found = list(asked(*fields))
        with monkeypatch.context() as patch:
            patch.setattr(Revision.objects, "values_list", asked)
            names.rename("meanwhile")
        return found

    look_again()
    with monkeypatch.context() as patch:
        patch.setattr(Revision.objects, "values_list", slow)
        names.value()
    assert names.value() == "meanwhile"


@transactional
def test_many_changes_at_once_lose_none(names: Names) -> None:
    def work() -> None:
        for _ in range(10):
            with transaction.atomic():
                changed(names.revision)

    in_threads(*[work] * 4)
    assert Revision.objects.get(name=names.revision).number == 40


@pytest.mark.django_db
def test_drop_all_forgets_what_a_test_rolled_back(names: Names) -> None:
    names.value()
    Subdistrict.objects.filter(pk=0).update(name="not told")
    drop_all()
    assert names.value() == "not told"


@pytest.mark.django_db
def test_places_by_number_and_letters() -> None:
    Subdistrict.objects.create(id=7, kind=Subdistrict.Kind.SUBDISTRICT, letters="SS", name="狮山")
    changed(REVISION)
    assert (place(7).letters, place(7).zone.key) == ("SS", "Asia/Shanghai")
    assert place_lettered("SS") == place(7)
    assert place_lettered("XX") is None
    assert [found.number for found in places()] == [0, 7]
    with pytest.raises(KeyError):
        place(8)
