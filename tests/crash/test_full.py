"""A full database (数据库写满): refused in plain words, nothing half kept, and the same form is taken once there is room. On both engines, by any user."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from shequtong.audit.models import Entry
from shequtong.cases.models import Case
from shequtong.core.models import Submission
from shequtong.testing.town import Town
from tests.crash.visitors import _HIDDEN

pytestmark = pytest.mark.django_db(transaction=True)
FULL = "CREATE FUNCTION full_disk() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$ LANGUAGE plpgsql"


@contextmanager
def full() -> Iterator[None]:
    """SQLite may not grow by a page; PostgreSQL answers as it does on a full disk."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FULL)
            cursor.execute("CREATE TRIGGER full_disk BEFORE INSERT ON audit_entry EXECUTE FUNCTION full_disk()")
        else:
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("DROP FUNCTION full_disk() CASCADE")
            else:
                cursor.execute("PRAGMA max_page_count = 1073741823")


def test_a_report_into_a_full_database_is_sent_again_later_and_counts_once(town: Town) -> None:
    client, place = Client(raise_request_exception=False), f"?building={town.building.pk}"
    told = {"cls": "L01", "text": "楼道灯坏了三天，晚上老人上下楼不安全。" * 20, "name": "", "phone": ""}
    page = client.get(f"/report/what/{place}").content.decode()
    step = client.post(f"/report/what/{place}", {**told, **dict(_HIDDEN.findall(page))})
    form = {**told, **dict(_HIDDEN.findall(client.get(step["Location"]).content.decode()))}
    with full():
        answers = [client.post(f"/report/send/{place}", form) for _ in range(30)]
    refused = [answer for answer in answers if answer.status_code == 503]
    taken = [answer for answer in answers if answer.status_code == 302]
    assert len(refused) + len(taken) == 30, {answer.status_code for answer in answers}
    assert all(answer["Retry-After"] == "60" and "同一份只算一次" in answer.content.decode() for answer in refused)
    if not taken:
        assert (Case.objects.count(), Submission.objects.count(), Entry.objects.filter(what="cases.intake").count()) == (0, 0, 0)
        assert refused
    answer = client.post(f"/report/send/{place}", form)
    assert answer.status_code == 302
    assert Case.objects.count() == 1
    assert Entry.objects.filter(what="cases.intake").count() == 1


def test_a_deed_that_stands_is_answered_though_its_witness_finds_no_room(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shequtong.audit.log.journal.witness", no_room)
    client, place = Client(raise_request_exception=False), f"?building={town.building.pk}"
    told = {"cls": "L01", "text": "楼道灯坏了三天，晚上老人上下楼不安全。", "name": "", "phone": ""}
    step = client.post(
        f"/report/what/{place}", {**told, **dict(_HIDDEN.findall(client.get(f"/report/what/{place}").content.decode()))}
    )
    form = {**told, **dict(_HIDDEN.findall(client.get(step["Location"]).content.decode()))}
    assert client.post(f"/report/send/{place}", form).status_code == 302
    assert Case.objects.count() == 1
