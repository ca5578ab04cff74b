"""Keys given and revoked at the desk: by the system administrator, once, and the key is told this once."""

import re

import pytest
from django.test import Client

from shequtong.access.testing import make_appointment
from shequtong.accounts.testing import make_account, signed_in
from shequtong.audit.models import Entry
from shequtong.cases.models import Case
from shequtong.interchange.models import SystemKey
from shequtong.interchange.testing import make_key
from shequtong.testing.town import Town, point

pytestmark = pytest.mark.django_db
GIVEN = {"name": "城市运行平台", "contact": "市城运中心", "may_report": "on", "per_minute": "60"}
LON, LAT = point(0.5, 0.5)


@pytest.fixture
def admin(town: Town) -> Client:
    account = make_account("系统管理员", staff=True)
    make_appointment(account, "system_admin")
    return signed_in(account)


def give(client: Client, town: Town, **said: str) -> str:
    """The address that giving a key leads to."""
    sent = {**GIVEN, "place": town.street.path, **said}
    answer = client.post("/desk/systems/new/", sent)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_a_key_is_told_once_and_opens_the_way(admin: Client, town: Town) -> None:
    address = give(admin, town)
    first, second = (admin.get(address).content.decode() for _time in range(2))
    shown = re.search(r"<code[^>]*>([\w-]{43})</code>", first)
    assert shown
    assert 'data-copy="given-key"' in first
    assert shown[1] not in second
    row = SystemKey.objects.get()
    assert shown[1].endswith(row.ends_with)
    assert shown[1] not in str(vars(row))
    entry = Entry.objects.get(what="interchange.key_opened")
    assert shown[1] not in str(vars(entry))
    told = {"api_key": shown[1], "service_code": "L01", "lat": LAT, "long": LON, "description": "夜里施工吵得睡不着。"}
    assert Client().post("/open311/v2/requests.json", told).status_code == 200
    assert Case.objects.get().source == f"system-{row.pk}"


def test_a_revoked_key_opens_nothing_and_says_why_it_was_taken(admin: Client, town: Town) -> None:
    row, key = make_key(town.street)
    sent = {"reason": "合同到期"}
    assert admin.post(f"/desk/systems/{row.pk}/revoke/", sent).status_code == 302
    assert "已吊销" in admin.get("/desk/systems/").content.decode()
    assert admin.get(f"/desk/systems/{row.pk}/revoke/").status_code == 404
    assert Client().get("/open311/v2/services.json", {"api_key": key}).status_code == 403
    assert Entry.objects.get(what="interchange.key_revoked").facts["reason"] == "合同到期"


@pytest.mark.parametrize(
    "said", [{"name": " "}, {"per_minute": "0"}, {"place": "elsewhere"}, {"last_day": "2020-01-01"}, {"name": "城市平台"}]
)
def test_what_makes_no_sense_is_refused_with_a_reason(admin: Client, town: Town, said: dict[str, str]) -> None:
    row, _key = make_key(town.street)
    SystemKey.objects.filter(pk=row.pk).update(name="城市平台")
    sent = {**GIVEN, "place": town.street.path, **said}
    answer = admin.post("/desk/systems/new/", sent)
    assert answer.status_code == 422
    assert SystemKey.objects.count() == 1


def test_the_place_is_chosen_and_not_the_widest_by_itself(admin: Client, town: Town) -> None:
    assert '<option value="" selected>' in admin.get("/desk/systems/new/").content.decode()
    assert admin.post("/desk/systems/new/", {**GIVEN, "place": ""}).status_code == 422
    assert not SystemKey.objects.exists()


@pytest.mark.parametrize("who", ["gao", "chen", "supervisor", "xu"])
def test_nobody_else_sees_keys(town: Town, who: str) -> None:
    row, _key = make_key(town.street)
    client = signed_in(town.accounts[who])
    for address in ("/desk/systems/", "/desk/systems/new/", f"/desk/systems/{row.pk}/", f"/desk/systems/{row.pk}/revoke/"):
        assert client.get(address).status_code == 404
