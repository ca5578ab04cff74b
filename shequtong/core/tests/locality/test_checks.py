"""The system check: each rule broken once, and caught by its id; what obeys them all passes."""

from typing import Any

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.core.checks import run_checks
from django.db import models
from django.db.models.functions import Lower

from shequtong.core.locality import BlockIdField, Coordinator, Local, LocalForeignKey, LocalIdField, Shared
from shequtong.core.locality.checks import check_locality, check_models, check_table, kind_of
from shequtong.core.models import Subdistrict
from shequtong.core.tests.locality.probe.tables import PROBES


class Maker:
    """Makes models in a registry that ends with the test."""

    def __init__(self) -> None:
        self.registry = Apps()
        self.registry.all_models["core"]["subdistrict"] = Subdistrict

    def __call__(self, name: str, *bases: type, meta: dict[str, Any] | None = None, **fields: Any) -> type[models.Model]:
        inner = type("Meta", (), {"apps": self.registry, "app_label": "broken", **(meta or {})})
        made: Any = type(bases[0])(name, bases, {"__module__": __name__, "Meta": inner, **fields})
        return made  # type: ignore[no-any-return]  # Django does not say what a factory makes


@pytest.fixture
def make() -> Maker:
    return Maker()


def ids(*found: type[models.Model]) -> list[str]:
    return sorted({str(message.id).removeprefix("locality.") for message in check_models(found)})


def test_every_installed_model_obeys() -> None:
    assert check_locality() == []


def test_the_made_up_street_obeys() -> None:
    assert ids(*PROBES) == []


def test_the_check_is_registered(settings: Any) -> None:
    settings.THIRD_PARTY_COORDINATOR_ONLY = []
    assert "locality.E001" in {message.id for message in run_checks(tags=["models"])}


def test_a_model_of_no_kind(make: Maker, settings: Any) -> None:
    stranger = make("Stranger", models.Model)
    assert ids(stranger) == ["E001"]
    settings.THIRD_PARTY_COORDINATOR_ONLY = ["broken.Stranger"]
    assert ids(stranger) == []
    assert kind_of(stranger) == "coordinator"


@pytest.mark.parametrize(
    ("bases", "said"),
    [((Shared, Coordinator), "shared"), ((Local,), "shared"), ((models.Model,), "local"), ((Coordinator,), "shared")],
)
def test_a_model_of_two_kinds(make: Maker, bases: tuple[type, ...], said: str) -> None:
    assert ids(make("Both", *bases, locality_kind=said)) == ["E002"]


def test_a_model_of_ours_in_the_third_party_table(make: Maker, settings: Any) -> None:
    settings.THIRD_PARTY_COORDINATOR_ONLY = ["broken.Ours"]
    assert ids(make("Ours", Local)) == ["E002"]


def test_a_stale_entry_of_the_third_party_table(settings: Any) -> None:
    settings.THIRD_PARTY_COORDINATOR_ONLY = [*settings.THIRD_PARTY_COORDINATOR_ONLY, "gone.Away"]
    assert [message.id for message in check_table(apps.get_models())] == ["locality.E003"]


@pytest.mark.parametrize(
    ("owner", "target", "expected"),
    [
        (Local, Shared, []),
        (Local, Coordinator, ["E010"]),
        (Shared, Shared, []),
        (Shared, Local, ["E010"]),
        (Shared, Coordinator, ["E010"]),
        (Coordinator, Shared, []),
        (Coordinator, Coordinator, []),
        (Coordinator, Local, ["E010"]),
        (Local, Local, ["E011"]),
    ],
)
@pytest.mark.parametrize("key", [models.ForeignKey, models.OneToOneField])
def test_where_a_foreign_key_may_point(make: Maker, key: Any, owner: type, target: type, expected: list[str]) -> None:
    pointed = make("Target", target)
    one_to_one = ["E025"] if key is models.OneToOneField and owner is Local else []
    assert ids(make("Owner", owner, to=key(pointed, models.PROTECT))) == sorted(expected + one_to_one)


def test_a_local_foreign_key_elsewhere(make: Maker) -> None:
    shared = make("Target", Shared)
    made = make("Owner", Local, to=LocalForeignKey(shared, models.PROTECT))
    assert "E012" in ids(made)


def test_a_local_foreign_key_to_another_column(make: Maker) -> None:
    target = make("Target", Local, serial=models.BigIntegerField(unique=True))
    assert "E013" in ids(make("Owner", Local, to=LocalForeignKey(target, models.PROTECT, to_field="serial")))


def test_a_hidden_many_to_many_table(make: Maker) -> None:
    target = make("Target", Shared)
    owner = make("Owner", Local, many=models.ManyToManyField(target))
    assert "E020" in ids(owner, owner._meta.get_field("many").remote_field.through)  # type: ignore[union-attr]  # stubs: a field without `through`


def test_a_concrete_parent(make: Maker) -> None:
    assert ids(make("Child", make("Parent", Local))) == ["E011", "E021"]


def test_another_key(make: Maker) -> None:
    assert ids(make("Plain", Local, id=BlockIdField(primary_key=True))) == ["E022"]
    assert ids(make("Renamed", Local, id=LocalIdField(primary_key=True, db_column="number"))) == ["E022"]


def test_counting_by_itself(make: Maker) -> None:
    assert ids(make("Counts", Local, id=models.BigAutoField(primary_key=True))) == ["E022", "E024"]


@pytest.mark.parametrize(
    "home",
    [
        models.ForeignKey("core.Subdistrict", models.PROTECT, null=True, related_name="+"),
        models.ForeignKey("core.Subdistrict", models.PROTECT, db_column="place", related_name="+"),
    ],
)
def test_another_home(make: Maker, home: Any) -> None:
    assert ids(make("Homeless", Local, subdistrict=home)) == ["E023"]


def test_unique_over_the_city(make: Maker) -> None:
    assert ids(make("Once", Local, phone=models.CharField(max_length=9, unique=True))) == ["E025"]


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ({"constraints": [models.UniqueConstraint(fields=["phone"], name="u")]}, ["E026"]),
        ({"constraints": [models.UniqueConstraint(Lower("phone"), name="u")]}, ["E026"]),
        ({"constraints": [models.UniqueConstraint(fields=["phone"], condition=models.Q(phone="1"), name="u")]}, ["E026"]),
        ({"unique_together": [("phone", "id")]}, ["E026"]),
        ({"constraints": [models.UniqueConstraint(fields=["phone", "subdistrict"], name="u")]}, []),
        ({"constraints": [models.UniqueConstraint(Lower("phone"), models.F("subdistrict"), name="u")]}, []),
        ({"unique_together": [("phone", "subdistrict")]}, []),
    ],
)
def test_uniqueness_without_the_subdistrict(make: Maker, meta: dict[str, Any], expected: list[str]) -> None:
    assert ids(make("Twice", Local, meta=meta, phone=models.CharField(max_length=9))) == expected


@pytest.mark.parametrize("lost", ["_home", "_parent_home"])
def test_a_lost_or_weakened_check(make: Maker, lost: str) -> None:
    made = make("Bare", Local, parent=LocalForeignKey("self", models.PROTECT, null=True))
    assert ids(made) == []
    kept = [each for each in made._meta.constraints if each.name != "broken_bare" + lost]
    made._meta.constraints = kept
    assert ids(made) == ["E027"]
    made._meta.constraints = [*kept, models.CheckConstraint(name="broken_bare" + lost, condition=models.Q(id__gt=0))]
    assert ids(made) == ["E027"]


def test_a_name_postgresql_would_cut(make: Maker) -> None:
    assert ids(make("Long", Local, meta={"db_table": "l" * 60})) == ["E028"]


def test_a_proxy_is_what_its_model_is(make: Maker) -> None:
    assert ids(make("Proxy", make("Real", Local), meta={"proxy": True})) == []
