"""Who is looked for by document or phone is found by an index, on both engines: never by walking past everybody of the street."""

import pytest
from django.db import connection
from django.db.models import Q

from shequtong.core.sealed import hashes_of
from shequtong.people.identity import ID_DOMAIN, PHONE_DOMAIN
from shequtong.people.models import Person
from shequtong.testing.town import STREET

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL walks through small tables: its plans are looked at when they are large"
)
def test_a_number_and_a_phone_are_found_by_their_index() -> None:
    here = Person.objects.within(STREET).standing()
    assert "people_person_id (subdistrict_id=? AND id_hash=?)" in here.numbered(hashes_of(ID_DOMAIN, "x")).explain()
    phoned = here.filter(Q(phone_hash__in=hashes_of(PHONE_DOMAIN, "16112345678")) & ~Q(phone_hash=""))
    assert "people_person_phone" in phoned.explain()
