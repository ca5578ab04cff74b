"""Bulk loads: a text arrives as it was, whatever characters it holds, on both engines."""

import pytest
from django.utils import timezone

from shequtong.core import bulk
from shequtong.core.models import Heartbeat

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text", ["plain", "two\nlines", "tab\there", "back\\slash", "back\\\\nslash", "a\u2028b\u0085c\x0bd\x0ce", "\\N"]
)
def test_a_text_arrives_as_it_was(text: str) -> None:
    values = {"name": bulk.escaped(text), "at": timezone.now().isoformat(), "facts": "{}"}
    line = "\t".join(values.get(field.name, "1") for field in bulk.columns_of(Heartbeat))
    bulk.copy_lines(Heartbeat, f"{line}\n")
    assert Heartbeat.objects.get().name == text
    bulk.copy_lines(Heartbeat, "")
