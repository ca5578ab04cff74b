"""How much a resident's pages ask of the database, and how heavy the first one is."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from shequtong.accounts.testing import make_account, signed_in
from shequtong.cases.testing import make_case
from shequtong.cases.tests.resident.browser import Phone
from shequtong.cases.tests.resident.test_report import to_send
from shequtong.cases.workflow import Stage
from shequtong.testing.statements import Seen, count_statements
from shequtong.testing.town import Town, point


def own(asked: Seen) -> Seen:
    """Without the one statement a second in which a process asks whether what it holds still stands."""
    return Seen([one for one in asked.statements if '"core_revision"' not in one.sql])


@pytest.mark.parametrize("at", ["building", "point"])
@pytest.mark.parametrize("who", ["anonymous", "signed in", "staff"])
def test_a_report_costs_at_most_twelve_statements(town: Town, who: str, at: str) -> None:
    lon, lat = point(0.9, 0.9)  # no building near by
    place = f"building={town.building.pk}" if at == "building" else f"lon={lon}&lat={lat}"
    accounts = {"signed in": make_account(phone="13998765432"), "staff": town.accounts["lin"]}
    phone = to_send(town, Phone(signed_in(accounts[who]) if who in accounts else Client()), place)
    phone.press(phone.form("cls"))  # warms the process
    costs = []
    for time in range(2):
        to_send(town, phone, place)
        form = phone.form("cls")
        data = {**dict(form.fields), "name": "赵小燕", "consent": "on"} | (
            {"phone": f"1381234567{time}"} if who == "anonymous" else {}
        )
        with count_statements() as asked:
            answer = phone.client.post(form.action, data)
        assert answer.status_code == 302
        seen = own(asked)
        costs.append(seen.total)
        assert seen.total <= 12, seen.listing
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("address", "most"), [("/", 0), ("/report/", 0), ("/report/?q=枫桥路12号3幢", 3), ("/r/", 0), ("/privacy/", 0), ("/me/", 0)]
)
def test_pages_for_anybody_cost_next_to_nothing(town: Town, address: str, most: int) -> None:
    client = Client()
    client.get(address)
    with count_statements() as asked:
        client.get(address)
    seen = own(asked)
    assert seen.total <= most, seen.listing


def test_a_mistyped_number_costs_no_statement(town: Town) -> None:
    client, number = Client(), make_case(town).number
    wrong = number[:-1] + ("2" if number[-1] != "2" else "3")
    client.get("/r/")
    with count_statements() as asked:
        answer = client.get(f"/r/{wrong}/")
    seen = own(asked)
    assert (answer.status_code, seen.total) == (404, 0)


def test_a_matter_costs_the_same_however_much_happened(town: Town) -> None:
    account = make_account()
    client = signed_in(account)
    young, old = make_case(town, account_id=account.pk), make_case(town, account_id=account.pk, stage=Stage.CLOSED)
    client.get("/me/")
    costs = []
    for case in (young, old):
        with count_statements() as asked:
            client.get(f"/r/{case.number}/")
        seen = own(asked)
        costs.append(seen.total)
        assert seen.total <= 8, seen.listing
    assert costs[0] == costs[1]
    with count_statements() as asked:
        client.get("/me/")
    seen = own(asked)
    assert seen.total <= 3, seen.listing


def test_the_first_page_of_a_report_is_light(town: Town) -> None:
    page = Client().get("/report/").content
    linked = set(re.findall(rb'(?:href|src)="/static/([^"#]+)', page))
    assert any(name.endswith(b".css") for name in linked), "the front end is not built: run npm run build"
    total = len(page)
    for name in linked:
        found = finders.find(f"{name.decode()}.gz") or finders.find(name.decode())
        assert isinstance(found, str)
        with open(found, "rb") as file:  # noqa: PTH123
            total += len(file.read())
    assert total <= 60_000, f"{total} bytes"
