"""Two supervisors publish at the same moment: one wins, the other is told to look again; no version is made twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import connection

from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import CaseStandard
from shequtong.cases.standings import line_of, preview_of
from shequtong.cases.usecases import prepare_standards, publish_batch
from shequtong.cases.usecases.publish_standard import CannotPublish
from shequtong.testing.patience import PATIENCE
from shequtong.testing.town import MORNING, TOWN_HALL, Town

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_publications_one_wins(town: Town) -> None:
    found = catalogue().by_code["0101"]
    lines = [replace(line_of(found, found.standards[0]), limit_amount=amount) for amount in (5, 6)]
    batches = [prepare_standards(source="表", lines=[line], by=TOWN_HALL, now=MORNING) for line in lines]
    orders = [(batch.pk, preview_of(batch).fingerprint) for batch in batches]
    start = Barrier(len(orders))

    def publish(order: tuple[int, str]) -> bool:
        try:
            start.wait(PATIENCE)
            publish_batch(batch_id=order[0], fingerprint=order[1], by=TOWN_HALL, now=MORNING)
        except CannotPublish:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(orders)) as pool:
        assert sorted(pool.map(publish, orders)) == [False, True]
    versions = CaseStandard.objects.filter(case_class__code="0101").order_by("version").values_list("version", flat=True)
    assert list(versions) == [1, 2]
