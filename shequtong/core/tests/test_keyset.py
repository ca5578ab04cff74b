"""A pager link names a row or nothing; no address makes the database answer with an error."""

from datetime import UTC, datetime

import pytest

from shequtong.core.keyset import parse_keyset


def test_a_link_of_ours_reads_back() -> None:
    at = datetime(2026, 3, 1, 8, 30, 0, 123456, tzinfo=UTC)
    assert parse_keyset(f"{at.isoformat()}_140737488355767") == (at, 140737488355767)
    assert parse_keyset("2026-03-01T16:30:00.123456+08:00_5") == (at, 5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "_",
        "2026-03-01T08:30:00+00:00",
        "2026-03-01T08:30:00_5",
        "0001-01-01T00:00:00+23:59_1",
        "9999-12-31T23:59:59-23:59_1",
        "2026-03-01T08:30:00+00:00_" + "9" * 25,
        "2026-03-01T08:30:00+00:00_" + "9" * 5000,
        "2026-03-01T08:30:00+00:00_-1",
        "2026-03-01T08:30:00+00:00_x",
        "\x00_\x00",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert parse_keyset(text) is None
