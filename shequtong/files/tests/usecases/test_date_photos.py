"""date_photos: the platform's own import says when photos came in; nobody else can, and no other photo is touched."""

from datetime import timedelta

import pytest

from shequtong.core.actors import SystemActor
from shequtong.core.refusals import Forbidden
from shequtong.files.models import Blob
from shequtong.files.testing import NOON, make_blob
from shequtong.files.usecases import date_photos
from shequtong.testing.statements import watch_statements
from shequtong.testing.town import STREET, Town

pytestmark = pytest.mark.django_db
BEFORE = NOON - timedelta(days=90)
IMPORT = SystemActor("迁移")


def test_each_gets_its_own_time_by_one_statement(town: Town) -> None:
    first, second, other = (make_blob(STREET, words=words) for words in "abc")
    told = {first.pk: BEFORE, second.pk: BEFORE + timedelta(hours=1)}
    with watch_statements() as seen:
        assert date_photos(received=told, subdistrict_id=STREET, claim="form-1", by=IMPORT, now=NOON) == 2
    assert seen.total == 1
    found = dict(Blob.objects.within(STREET).values_list("pk", "received_at"))
    assert found == {**told, other.pk: other.received_at}


def test_nobody_else_may_and_no_time_to_come_is_taken(town: Town) -> None:
    blob = make_blob(STREET)
    for by in (town.chen, town.gao, town.qian):
        with pytest.raises(Forbidden):
            date_photos(received={blob.pk: BEFORE}, subdistrict_id=STREET, claim="form-1", by=by, now=NOON)
    with pytest.raises(Forbidden):
        date_photos(received={blob.pk: NOON + timedelta(1)}, subdistrict_id=STREET, claim="form-1", by=IMPORT, now=NOON)
    assert date_photos(received={blob.pk: BEFORE}, subdistrict_id=STREET, claim="form-2", by=IMPORT, now=NOON) == 0
    blob.refresh_from_db()
    assert blob.received_at == NOON
