"""What the district reads of a case that came to it: the matter and its course, nobody's name or number; and of no other case."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils.translation import gettext as _

from shequtong.access.testing import make_appointment
from shequtong.accounts.testing import make_account, signed_in
from shequtong.cases import usecases
from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.core.actors import SystemActor
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db
CLOCK = SystemActor("系统（到时自动）")
TOLD = "赵女士家楼道灯坏了三天，请打 138 1234 5678 找赵小燕。"


def cost(client: Client, address: str) -> int:
    """Statements of a page that was open before."""
    client.get(address)
    with count_statements() as seen:
        client.get(address)
    return seen.warm.total


@pytest.fixture
def district(town: Town) -> str:
    """The name in the town under which the district's post signs in."""
    town.accounts["yue"] = make_account("岳平", staff=True)
    make_appointment(town.accounts["yue"], "district_viewer", town.district)
    return "yue"


def escalated(town: Town, level: int = 3, *, confidential: bool = False) -> Case:
    now = datetime.now(UTC)
    case = make_case(town, stage=Stage.HANDLING, now=now - timedelta(days=30), text=TOLD)
    Case.objects.filter(pk=case.pk).update(due_at=now - timedelta(days=9), amber_at=now - timedelta(days=9))
    usecases.urge_case(number=case.number, requirement="请联系赵小燕今日办结", by=town.chen, now=now - timedelta(days=8))
    for each in range(1, level + 1):
        usecases.escalate_case(number=case.number, level=each, by=CLOCK, now=now - timedelta(days=8 - each))
    Case.objects.filter(pk=case.pk).update(confidential=confidential)
    return case


def page(town: Town, who: str, case: Case) -> str:
    answer = signed_in(town.accounts[who]).get(f"/desk/cases/{case.number}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_matter_and_its_course_are_read_without_who_told_it(town: Town, district: str) -> None:
    case = escalated(town)
    said = page(town, district, case)
    assert "楼道灯坏了三天" in said
    assert case.address in said
    assert "今日办结" in said
    assert CLOCK.name in said
    for secret in ("赵小燕", "赵女士", "138 1234 5678", "13812345678", "138****5678", "赵*"):
        assert secret not in said, secret
    assert "/urge/" in said


def test_what_did_not_come_to_it_stays_a_header_and_urging_opens_nothing(town: Town, district: str) -> None:
    for case in (escalated(town, level=2), escalated(town, confidential=True)):
        usecases.urge_case(number=case.number, requirement="请速办", by=town.actor(district), now=datetime.now(UTC))
        said = page(town, district, case)
        assert "楼道灯坏了三天" not in said
        assert _("You see the header only: your post has no part in this case.") in said


def test_nobody_else_reads_more_for_it(town: Town, district: str) -> None:
    case = escalated(town)
    for who in ("zhou", "xu"):  # headers alone
        assert "楼道灯坏了三天" not in page(town, who, case)
    assert signed_in(town.accounts["gao"]).get(f"/desk/cases/{case.number}/").status_code == 404
    for address in ("/desk/cases/", "/desk/search/?q=楼道灯", f"/desk/cases/{case.number}/contact/"):
        assert "楼道灯坏了三天" not in signed_in(town.accounts[district]).get(address).content.decode()


def test_it_costs_no_statement_more(town: Town, district: str) -> None:
    client, header, matter = signed_in(town.accounts[district]), escalated(town, level=2), escalated(town)
    client.get("/desk/")
    few = cost(client, f"/desk/cases/{header.number}/")
    assert cost(client, f"/desk/cases/{matter.number}/") == few
