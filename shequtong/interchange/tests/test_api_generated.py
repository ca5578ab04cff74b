"""Whatever a generator of calls makes of the OpenAPI document, nothing is found: schemathesis, all its checks, right data and wrong."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.interchange import rates
from shequtong.interchange.testing import make_key
from shequtong.interchange.views import api
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db
EXAMPLES = 4  # calls an operation beside those of the boundaries; the seed is fixed
CONFIG: dict[str, Any] = {"seed": 20251130, "generation": {"mode": "all", "deterministic": True, "max-examples": EXAMPLES}}
# In the document in place of numbers that the town's cases will have.
STAGES = (Stage.INTAKE, Stage.REGISTERED, Stage.VERIFICATION, Stage.CLOSED)
_APPLICATION = get_wsgi_application()
STAND_IN = {f"SS-2026-00000{place}-X": stage for place, stage in enumerate(STAGES)}


def lively() -> dict[str, Any]:
    """The document with what exists in the town among the values, so that calls do something."""
    found: dict[str, Any] = json.loads(json.dumps(api.document()))
    real = {"number": list(STAND_IN), "code": ["L01", "320505002015001", "none"], "station_id": ["1", "2"], "photo_id": ["1"]}
    for path in found["paths"].values():
        for operation in path.values():
            for one in operation.get("parameters", []):
                if one["in"] == "path":
                    one["schema"] = {"type": "string", "enum": real[one["name"]]}
    for body in ("CaseNew", "SettledNew"):
        found["components"]["schemas"][body]["properties"]["class_code"] = {"type": "string", "enum": ["L01", "L02"]}
    return found


def over_https(environ: dict[str, Any], start_response: Any) -> Any:
    """Our own door, as it stands behind nginx."""
    return _APPLICATION({**environ, "wsgi.url_scheme": "https"}, start_response)


def schema_of(document: dict[str, Any]) -> Any:
    """Behind our own door, without a network."""
    schema = schemathesis.openapi.from_dict(document, config=SchemathesisConfig.from_dict(CONFIG))
    schema.app = over_https
    return schema


AS_IT_IS, LIVELY = schema_of(json.loads(json.dumps(api.document()))), schema_of(lively())


@pytest.fixture(autouse=True)
def _connection_stays() -> Iterator[None]:
    """Calls come in the transaction of the test: its connection is not closed after each of them."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def key(town: Town, monkeypatch: pytest.MonkeyPatch) -> str:
    """One that may do everything, as often as it likes."""
    monkeypatch.setattr(rates, "wait_for", lambda *_args, **_named: 0)
    monkeypatch.setattr("shequtong.interchange.views.api.door.count", lambda *_args, **_named: 0)
    return make_key(town.street, may="read,words,create,move,reporter", acts_as="precinct_head")[1]


@pytest.fixture
def walker(town: Town, key: str) -> str:
    """One whose post settles things on the spot; `key` lifted the bounds of how often."""
    return make_key(town.street, may="read,words,create,move", acts_as="grid_worker")[1]


@pytest.fixture
def numbers(town: Town) -> dict[str, str]:
    """The number of a case at each stage, by what stands in its place."""
    return {stand_in: make_case(town, stage=stage).number for stand_in, stage in STAND_IN.items()}


@LIVELY.parametrize()  # type: ignore[untyped-decorator]  # the schema is Any to the types
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_calls_about_what_exists_find_nothing(case: Any, key: str, walker: str, numbers: dict[str, str]) -> None:
    if "number" in case.path_parameters:
        given = case.path_parameters["number"]
        case.path_parameters["number"] = numbers.get(given, given)
    key = walker if case.path.endswith("/self_handle") else key
    case.call_and_validate(headers={"Authorization": f"Bearer {key}"})


@AS_IT_IS.exclude(path_regex="/moves/(?!dispatch)").parametrize()  # type: ignore[untyped-decorator]  # the schema is Any to the types
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_calls_about_anything_find_nothing(case: Any, key: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {key}"})
