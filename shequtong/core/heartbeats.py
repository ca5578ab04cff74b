"""Signs of life (心跳): a worker says that it is at work, whoever asks is told how long ago that was."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shequtong.core.models import Heartbeat


@dataclass(frozen=True)
class Sign:
    """When a kind of worker was last seen, and the numbers it left."""

    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)


def beat(name: str, now: datetime, facts: Mapping[str, Any] | None = None) -> None:
    """Note that `name` is at work. One statement, two the first time."""
    values = {"at": now, "facts": dict(facts or {})}
    if not Heartbeat.objects.filter(name=name).update(**values):
        Heartbeat.objects.bulk_create([Heartbeat(name=name, **values)], ignore_conflicts=True)


def signs() -> dict[str, Sign]:
    """The latest of each kind, by name. One statement."""
    return {name: Sign(at, facts) for name, at, facts in Heartbeat.objects.values_list("name", "at", "facts")}
