"""Subscriptions at the desk: opened, looked at, sent again and ended by the system administrator, and by nobody else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from shequtong.access.testing import make_appointment
from shequtong.accounts.testing import make_account, signed_in
from shequtong.interchange.models import Delivery, Subscription
from shequtong.interchange.posting import Posted
from shequtong.interchange.testing import make_key
from shequtong.interchange.tests.test_webhooks import URL, Receiver, moved, send, subscribed
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db
__all__ = ["subscribed"]  # the fixture


class TestDesk:
    @pytest.fixture
    def admin(self, town: Town) -> Client:
        account = make_account("系统管理员", staff=True)
        make_appointment(account, "system_admin")
        return signed_in(account)

    def test_it_is_opened_looked_at_sent_again_and_ended(self, admin: Client, town: Town) -> None:
        key, _told = make_key(town.street, may="read")
        answer = admin.post(f"/desk/systems/{key.pk}/webhooks/new/", {"url": URL, "kinds": ["case.moved", "case.closed"]})
        address = str(answer["Location"])
        first, second = (admin.get(address).content.decode() for _time in range(2))
        assert "whsec_" in first
        assert "whsec_" not in second
        number = moved(town)
        send(Receiver(Posted(503)))
        Delivery.objects.update(state="failed", send_after=None)
        with count_statements() as seen:
            page = admin.get(address).content.decode()
        assert number in page
        assert "503" in page
        assert "案件流转：其他各步<br>" in page
        Delivery.objects.update(status=0, error="timeout")
        assert "未按时应答" in admin.get(address).content.decode()
        assert seen.warm.total <= 6, seen.listing
        assert URL in admin.get(f"/desk/systems/{key.pk}/").content.decode()
        only = Delivery.objects.get()
        assert admin.post(f"{address}replay/", {"delivery": str(only.pk)}).status_code == 302
        assert Delivery.objects.get().state == "waiting"
        assert admin.post(f"{address}replay/", {"since": "nonsense"}).status_code == 422
        assert admin.post(f"{address}end/").status_code == 302
        assert admin.post(f"{address}end/").status_code == 422
        receiver = Receiver()
        send(receiver, datetime.now(UTC) + timedelta(minutes=1))
        assert receiver.got == []

    @pytest.mark.parametrize("who", ["gao", "chen", "supervisor", "xu"])
    def test_nobody_else_sees_it(self, town: Town, subscribed: tuple[Subscription, str], who: str) -> None:
        client, row = signed_in(town.accounts[who]), subscribed[0]
        assert client.get(f"/desk/systems/webhooks/{row.pk}/").status_code == 404
        for verb in ("replay", "resume", "end"):
            assert client.post(f"/desk/systems/webhooks/{row.pk}/{verb}/").status_code == 404
