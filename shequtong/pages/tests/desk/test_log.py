"""The log as the audit administrator reads it (审计日志): every deed in words, who looked at what and why, and to nobody else."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from shequtong.access.testing import make_appointment
from shequtong.accounts.testing import make_account, signed_in
from shequtong.audit.models import Entry
from shequtong.cases.testing import make_case
from shequtong.cases.usecases import reveal_contact
from shequtong.cases.workflow import MOVES, Stage
from shequtong.pages import log_words
from shequtong.testing.plans import plans
from shequtong.testing.statements import count_statements
from shequtong.testing.town import STREET, Town

pytestmark = pytest.mark.django_db
RECORDED = re.compile(r'record\(\s*"([a-z]+\.[a-z_]+)"')


@pytest.fixture
def auditor(town: Town) -> Client:
    account = make_account(username="auditor", staff=True)
    make_appointment(account, "audit_admin")
    return signed_in(account)


def page(client: Client, **query: str) -> str:
    answer = client.get("/desk/log/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_case_is_read_from_taking_in_to_closing(town: Town, auditor: Client) -> None:
    case, other = make_case(town, stage=Stage.CLOSED), make_case(town)
    said = page(auditor, number=case.number)
    for verb in ("register", "dispatch", "accept", "handle", "verify", "close"):
        assert str(MOVES[verb].label) in said
    assert other.number not in said
    assert f'href="/desk/cases/{case.number}' not in said  # its number is named; the case itself is not theirs to open


def test_who_looked_at_a_telephone_and_why(town: Town, auditor: Client) -> None:
    case = make_case(town, now=timezone.now() - timedelta(hours=1))
    reveal_contact(number=case.number, reason="回拨核实地点", by=town.chen, now=timezone.now())
    said = page(auditor, of="security", kind="revealed")
    assert case.number in said
    assert "回拨核实地点" in said
    assert town.chen.name in said
    assert case.reporter is not None
    assert case.reporter.phone is not None
    assert case.reporter.phone.reveal() not in said


def test_by_whom_and_on_which_days(town: Town, auditor: Client) -> None:
    case = make_case(town, stage=Stage.DISPATCHED, now=timezone.now() - timedelta(hours=2))
    assert case.number in page(auditor, who=town.lin.name)
    assert case.number not in page(auditor, who="没有此人")
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert case.number not in page(auditor, since=tomorrow)
    assert case.number in page(auditor, until=tomorrow)


@pytest.mark.parametrize(
    "query",
    [
        {"before": "x"},
        {"place": "999"},
        {"since": "31.2.2026", "until": "9999-99-99"},
        {"of": "'"},
        {"kind": "x", "of": "security"},
        {"number": "\x00"},
        {"who": "\x00"},
    ],
)
def test_nonsense_in_the_address_filters_nothing(auditor: Client, query: dict[str, str]) -> None:
    page(auditor, **query)


@pytest.mark.parametrize("who", ["chen", "gao", "supervisor", "xu", "qian"])
def test_nobody_else_reads_it(town: Town, who: str) -> None:
    assert signed_in(town.accounts[who]).get("/desk/log/").status_code == 404


def test_all_pages_of_it_are_reached_and_cost_the_same(town: Town, auditor: Client) -> None:
    for _n in range(12):
        make_case(town, stage=Stage.CLOSED)
    wanted, seen, address = Entry.objects.filter(subdistrict=STREET).count(), 0, "/desk/log/"
    assert wanted > 60
    page(auditor)
    while address:
        with count_statements() as counted:
            body = auditor.get(address).content.decode()
        assert counted.warm.total <= 5, counted.listing
        seen += body.count("<samp")
        found = re.search(r'href="(\?[^"]*before=[^"]+)"', body)
        address = "/desk/log/" + found.group(1).replace("&amp;", "&") if found else ""
    assert seen == wanted


def test_it_is_read_in_the_order_of_an_index(town: Town, auditor: Client) -> None:
    make_case(town, stage=Stage.DISPATCHED)
    for table, query in (
        ("audit_entry", {}),
        ("audit_entry", {"who": town.lin.name}),
        ("audit_securityevent", {"of": "security"}),
    ):
        with plans(table) as read:
            page(auditor, **query)
        assert not [plan for _sql, plan in read if "SCAN" in str(plan)], read


def test_every_deed_that_is_recorded_has_words() -> None:
    written = "\n".join(path.read_text() for path in Path(settings.BASE_DIR, "shequtong").rglob("usecases/*.py"))
    deeds = set(RECORDED.findall(written))
    assert len(deeds) > 40
    assert [deed for deed in sorted(deeds) if log_words.deed(deed) == log_words.deed("nothing.known")] == []
