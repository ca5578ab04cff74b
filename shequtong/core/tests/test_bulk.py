"""Bulk loads: a text arrives as it was, whatever characters it holds, on both engines."""

from datetime import date
from decimal import Decimal

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


@pytest.mark.parametrize("text", ["plain", "two\nlines", "tab\there", "back\\slash", "\\N", "张三"])
def test_rows_arrive_as_they_were(text: str) -> None:
    adapted, now = bulk.adapter(), timezone.now()
    values = {"name": text, "at": now, "facts": {"who": text, "n": 1}}
    bulk.copy_rows(Heartbeat, [[adapted(values.get(field.name, 1)) for field in bulk.columns_of(Heartbeat)]])
    kept = Heartbeat.objects.get()
    assert (kept.name, kept.at, kept.facts) == (text, now, {"who": text, "n": 1})


@pytest.mark.parametrize(("value", "here"), [(Decimal("650.50"), "650.50"), (date(2026, 1, 5), "2026-01-05")])
def test_amounts_and_days_are_told_as_text(value: object, here: str) -> None:
    assert bulk.adapter()(value) == here
