"""The inbox page: one's own messages and nobody else's, newest first, marked once read."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client

from shequtong.messaging.lookups import inbox, inbox_places
from shequtong.messaging.models import Message
from shequtong.messaging.testing import NOON, make_in_app, make_text
from shequtong.messaging.usecases import NewMessage, send_messages
from shequtong.testing.statements import watch_statements
from shequtong.testing.town import NEXT_STREET, STREET, Town

pytestmark = pytest.mark.django_db
INBOX = "/inbox/"


def browser(town: Town, name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(town.accounts[name])
    return client


def form_key(page: bytes, action: str) -> str:
    """The submit key of the form with this action."""
    form = page.decode().split(f'action="{action}"')[1].split("</form>")[0]
    found = re.search(r'name="submit_key" value="([^"]+)"', form)
    assert found
    return found[1].replace("&amp;", "&")


def tell(town: Town, name: str, text: str, place: int = STREET, link: str = "/desk/", minutes: int = 0) -> Message:
    return make_in_app(town.accounts[name].pk, place, text=text, link=link, now=NOON + timedelta(minutes=minutes))


def test_shows_ones_own_in_order_and_no_other(town: Town) -> None:
    tell(town, "chen", "first told")
    tell(town, "chen", "then told", minutes=1)
    tell(town, "gao", "not for chen", NEXT_STREET)
    make_text(STREET, text="a text message", account_id=town.accounts["chen"].pk)
    with watch_statements():
        page = browser(town, "chen").get(INBOX)
    shown = page.content.decode()
    assert page.status_code == 200
    assert shown.index("then told") < shown.index("first told")
    assert "not for chen" not in shown
    assert "a text message" not in shown


def test_who_is_not_signed_in_is_sent_to_sign_in() -> None:
    answer = Client().get(INBOX)
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("?next=/inbox/")


def test_costs_the_same_with_one_and_with_a_thousand(town: Town) -> None:
    client = browser(town, "chen")
    tell(town, "chen", "one")
    client.get(INBOX)
    with watch_statements() as few:
        client.get(INBOX)
    account = town.accounts["chen"].pk
    send_messages(
        [
            NewMessage(channel="in_app", template="t", text="x", account_id=account, subdistrict_id=STREET, once_key=f"k{n}")
            for n in range(1000)
        ],
        now=NOON,
    )
    with watch_statements() as many:
        page = client.get(INBOX)
    assert few.warm.total == many.warm.total <= 6, many.listing
    assert page.content.decode().count("<time") == 30


def test_pages_by_keyset_even_within_one_moment(town: Town) -> None:
    sent = {f"message {n:03}" for n in range(70)}
    for text in sent:
        tell(town, "chen", text)
    client, address, seen = browser(town, "chen"), INBOX, []
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r"message \d{3}", page)
        older = re.search(r'href="(\?before=[^"]+)" rel="next"', page)
        address = INBOX + older[1].replace("&amp;", "&") if older else ""
    assert len(seen) == 70
    assert set(seen) == sent


@pytest.mark.parametrize("nonsense", ["x", "2026-01-01_5", "2026-01-01T00:00:00+00:00_99999999999999999999999", "_", "9_9"])
def test_nonsense_in_the_address_shows_the_first_page(town: Town, nonsense: str) -> None:
    tell(town, "chen", "told")
    assert "told" in browser(town, "chen").get(INBOX, {"before": nonsense}).content.decode()


def test_opening_marks_and_leads_on_and_a_repeat_changes_nothing(town: Town) -> None:
    message, client = tell(town, "chen", "told", link="/desk/cases/"), browser(town, "chen")
    action = f"/inbox/{message.pk}/open/"
    key = form_key(client.get(INBOX).content, action)
    for _ in range(2):
        answer = client.post(action, {"submit_key": key})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/cases/")
    message.refresh_from_db()
    first = message.read_at
    assert first is not None
    client.post(action, {"submit_key": form_key(client.get(INBOX).content, action)})
    message.refresh_from_db()
    assert message.read_at == first


def test_anothers_message_looks_absent(town: Town) -> None:
    message = tell(town, "chen", "told")
    client = browser(town, "gao")
    key = signing.TimestampSigner(salt="submit-key").sign(f"k:{town.accounts['gao'].pk}")
    assert client.post(f"/inbox/{message.pk}/open/", {"submit_key": key}).status_code == 404
    assert client.post("/inbox/1/open/", {"submit_key": key}).status_code == 404
    message.refresh_from_db()
    assert message.read_at is None


def test_never_leads_off_the_platform(town: Town) -> None:
    message, client = tell(town, "chen", "told", link="https://evil.example/"), browser(town, "chen")
    action = f"/inbox/{message.pk}/open/"
    answer = client.post(action, {"submit_key": form_key(client.get(INBOX).content, action)})
    assert answer.headers["Location"] == INBOX


def test_all_are_marked_at_once(town: Town) -> None:
    chen, gao = town.accounts["chen"].pk, town.accounts["gao"].pk
    tell(town, "chen", "a")
    tell(town, "chen", "b", place=0)
    other = tell(town, "gao", "c", NEXT_STREET)
    client = browser(town, "chen")
    client.post("/inbox/read-all/", {"submit_key": form_key(client.get(INBOX).content, "/inbox/read-all/")})
    assert inbox(chen, [0, STREET]).unread().count() == 0
    assert inbox(gao, [NEXT_STREET]).unread().count() == 1
    other.refresh_from_db()
    assert other.read_at is None


def test_staff_look_at_their_post_and_residents_everywhere(town: Town) -> None:
    assert inbox_places(town.chen) == (0, STREET)
    assert set(inbox_places(town.qian)) >= {0, STREET, NEXT_STREET}
    tell(town, "qian", "told a resident of the next street", NEXT_STREET)
    with watch_statements():
        assert "told a resident" in browser(town, "qian").get(INBOX).content.decode()
