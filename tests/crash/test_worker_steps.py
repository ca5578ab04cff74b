"""A worker killed at every step of its loop loses nothing, does nothing twice, and its successor finishes what it left."""

import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.crash.test_kill import inside, own_database

pytestmark = [pytest.mark.crash, pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("crash")]


def test_killed_at_every_step(tmp_path: Path) -> None:
    with own_database(tmp_path) as environment:
        building = inside("make", environment)["building"]
        done = inside(str(building), environment, "tests.crash.steps")
        stands = inside("look", environment)
    sys.stdout.write(f"{done}\n")
    assert done["deaths"] > 60
    assert done["failed"] == 0
    assert (stands["figures"], stands["audit"], stands["jobs_failed"]) == ("", "", 0)
    assert stands["cases"] == stands["reporters"] == done["cases"]
    assert stands["steps"]
    assert stands["traces"]
    messages = stands["messages"]
    assert len(messages) == stands["about"]
    assert set(messages.values()) == {"sent"}
    lines = [json.loads(line)["ref"] for line in (tmp_path / "sent.jsonl").read_text().splitlines()]
    assert set(lines) == set(messages)
    # Twice only where the provider had taken it and the worker died before it noted that: with the same reference.
    assert sum(times - 1 for times in Counter(lines).values()) <= done["deaths"] // 20
