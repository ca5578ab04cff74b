"""A boundary redrawn in another process is seen by locate within two seconds."""

import multiprocessing
import time
from multiprocessing.connection import Connection
from typing import Any

import pytest
from django.db import connection, connections

from shequtong.core import held
from shequtong.core.locality import blocks
from shequtong.territory.locate import locate
from shequtong.territory.testing import NOON, SIDE, SOUTH, SYSTEM, WEST, cell, make_ground
from shequtong.territory.usecases.redraw_units import redraw_units
from shequtong.testing.patience import PATIENCE

MUST_BE_SEEN = 2.0  # seconds


def _redraw(settings: dict[str, Any], first: int, second: int, drawn: list[dict[str, Any]], told: Connection) -> None:
    """Another process with a connection and a memory of its own."""
    connections["default"].close()
    connections["default"].settings_dict.update(settings)
    held.drop_all()
    redraw_units(boundaries_by_unit={first: drawn[0], second: drawn[1]}, day=NOON.date(), by=SYSTEM, now=NOON)
    connections["default"].close()
    told.send(time.monotonic())


@pytest.mark.django_db(transaction=True)
def test_a_change_by_another_process_is_seen_within_two_seconds() -> None:
    blocks.forget()
    ground = make_ground()
    spot = (WEST + 1.25 * SIDE, SOUTH + 0.5 * SIDE)
    wide, narrow = cell(0, 0), cell(1, 0)
    for corner in (1, 2):
        wide["coordinates"][0][corner][0] = WEST + 1.5 * SIDE
    for corner in (0, 3, 4):
        narrow["coordinates"][0][corner][0] = WEST + 1.5 * SIDE
    before = locate(*spot)
    assert before is not None
    assert before.id == ground.grids[1].pk

    hear, tell = multiprocessing.get_context("fork").Pipe(duplex=False)
    settings = dict(connection.settings_dict)
    connection.close()
    other = multiprocessing.get_context("fork").Process(
        target=_redraw, args=(settings, ground.grids[0].pk, ground.grids[1].pk, [wide, narrow], tell)
    )
    other.start()
    assert hear.poll(PATIENCE)
    changed_at = hear.recv()
    other.join(PATIENCE)
    assert other.exitcode == 0

    while (found := locate(*spot)) is not None and found.id == before.id and time.monotonic() - changed_at < 2 * MUST_BE_SEEN:
        time.sleep(0.01)
    seen_after = time.monotonic() - changed_at
    assert found is not None
    assert found.id == ground.grids[0].pk
    assert seen_after < MUST_BE_SEEN
