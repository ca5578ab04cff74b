"""Whoever watches asks from this machine: then all is open, whoever is signed in; from elsewhere see config/tests/test_watch.py."""

from django.utils import timezone

from shequtong.core.heartbeats import beat
from shequtong.testing.permission_table import Row, Scene, Values, anyone


def alive(_scene: Scene) -> Values:
    """A worker at work, so that it is ready."""
    beat("work", timezone.now())
    return {}


ROWS = [
    Row("config:healthz", anyone(200)),
    Row("config:readyz", anyone(200), kwargs=alive),
    Row("config:metrics", anyone(200)),
]
