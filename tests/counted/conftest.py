"""Everything counted once for this folder: at 1, 50 and 10,000 cases, in one transaction that is undone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import MAIN_LINE
from shequtong.core import held
from shequtong.core.locality import blocks
from shequtong.testing.crowd import copy_cases
from shequtong.testing.statements import Seen, count_statements
from shequtong.testing.town import Town, build_town
from tests.counted.pages import Counted, Scene
from tests.counted.side_moves import ALL

SIZES = (1, 50, 10_000)
STAGES = MAIN_LINE


@contextmanager
def _undone() -> Iterator[None]:
    """Roll back what is done inside; what the process holds stays warm."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _count_all(scene: Scene) -> Iterator[tuple[str, Seen]]:
    """Each of ALL, on one case that is played for those that want the same; what each did is undone."""
    by_case = sorted(ALL, key=lambda counted: (counted.stage, counted.teller))
    for (stage, teller), some in groupby(by_case, lambda counted: (counted.stage, counted.teller)):
        with _undone():
            case = scene.case(stage, teller)
            for counted in some:
                yield str(counted), _count(counted, scene, case)


def _count(counted: Counted, scene: Scene, case: Case) -> Seen:
    with _undone():
        request = counted.prepare(scene, case)
        with count_statements() as seen:
            answer = request()
    assert answer.status_code == counted.code, f"{counted}: {answer.status_code}"
    return Seen([one for one in seen.statements if not re.match(r'SELECT "core_revision"', one.sql)])


@dataclass
class Measured:
    """What was counted, by what and at how many rows; the scene stands at the most rows."""

    scene: Scene
    seen: dict[tuple[str, int], Seen] = field(default_factory=dict)


@pytest.fixture(scope="package")
def measured(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Measured]:
    """Everything of ALL counted at all sizes, once for this folder; undone at its end."""
    quick: dict[str, Any] = {
        "PASSWORD_HASHERS": ["shequtong.accounts.testing.QuickHasher"],
        "SECURE_SSL_REDIRECT": False,
        # Noted at most so often; on a slow machine the small sizes would be counted before that, the large one after.
        "SESSION_SEEN_STEP": timedelta(days=1),
        # The originals are told by one number; past its cap a move would tell nobody and cost a statement less.
        "TEXTS_PER_PHONE_DAY": 10**6,
        "AUDIT_FOLDER": str(tmp_path_factory.mktemp("audit")),
    }
    with django_db_blocker.unblock(), override_settings(**quick), _undone():
        held.drop_all()
        blocks.forget()
        found = Measured(Scene(build_town()))
        found.scene.sign_in()
        dict(_count_all(found.scene))  # warms the process
        for size in SIZES:
            _grow(found.scene.town, size)
            found.seen |= {(name, size): seen for name, seen in _count_all(found.scene)}
        yield found
    held.drop_all()
    blocks.forget()


def _grow(town: Town, size: int) -> None:
    """Up to `size` cases with the one that is played for each count."""
    wanted = size - 1 - Case.objects.filter(subdistrict=town.street.subdistrict_id).count()
    if wanted <= 0:
        return
    originals = list(Case.objects.filter(subdistrict=town.street.subdistrict_id, serial__lt=1_000_000))
    if not originals:
        originals = [make_case(town, stage=stage, now=timezone.now() - timedelta(days=1)) for stage in STAGES]
        wanted -= len(originals)
    # Half of them elsewhere in the street, so that a precinct's reach is a part of it.
    paths = [town.grid.path, town.other_grid.path, "320505/002/P2/031/001/", "320505/002/P2/031/002/"]
    copy_cases(originals, wanted, paths=paths, first_serial=1_000_000 * size)
