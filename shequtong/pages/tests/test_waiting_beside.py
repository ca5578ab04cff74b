"""What waits beside the stages: requests to decide, appeals to judge, urgings to reply to, each on the workbench of whom it waits for."""

from datetime import UTC, datetime, timedelta

import pytest

from shequtong.access.testing import make_appointment
from shequtong.accounts.models import Account
from shequtong.accounts.testing import make_account, signed_in
from shequtong.cases import usecases
from shequtong.cases.models import Case
from shequtong.cases.testing import make_case, make_late_case
from shequtong.cases.workflow import Stage
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

ASKED, APPEALED, URGED = "配件在途", "等待停电许可", "请今日办结"


@pytest.mark.parametrize(
    ("name", "reads"),
    [("chen", {ASKED, APPEALED}), ("lin", {ASKED}), ("supervisor", {ASKED}), ("wang", {URGED}), ("zhou", set()), ("gao", set())],
)
def test_each_post_reads_what_waits_for_it_within_ten_statements(town: Town, name: str, reads: set[str]) -> None:
    now = datetime.now(UTC)
    case = make_case(town, stage=Stage.HANDLING, now=now - timedelta(hours=1))
    usecases.extend_case(number=case.number, reason=ASKED, by=town.wang, now=now)
    usecases.urge_case(number=case.number, requirement=URGED, by=town.chen, now=now)
    usecases.appeal_case(number=make_late_case(town).number, reason=APPEALED, by=town.wang, now=now)
    client = signed_in(town.accounts[name])
    client.get("/desk/")

    with count_statements() as asked:
        page = client.get("/desk/").content.decode()

    assert {words for words in (ASKED, APPEALED, URGED) if words in page} == reads
    seen = [one for one in asked.statements if '"core_revision"' not in one.sql]
    assert len(seen) <= 10, asked.listing


def test_an_urging_of_before_asks_no_station_and_a_handler_reads_those_of_their_own(town: Town) -> None:
    now = datetime.now(UTC)
    before = make_case(town, stage=Stage.REGISTERED, now=now - timedelta(hours=2))
    usecases.urge_case(number=before.number, requirement="请尽快派遣", by=town.chen, now=now - timedelta(hours=1))
    usecases.dispatch_case(number=before.number, to=town.police.pk, by=town.lin, now=now - timedelta(minutes=30))
    urged = make_case(town, stage=Stage.HANDLING, now=now - timedelta(hours=1))
    usecases.urge_case(number=urged.number, requirement=URGED, by=town.chen, now=now)
    handler = make_account("段小兵", staff=True)
    make_appointment(handler, "station_handler", town.precinct, station=town.police)

    def asked(account: Account) -> set[str]:
        page = signed_in(account).get("/desk/").content.decode()
        return {words for words in ("请尽快派遣", URGED) if words in page}

    assert asked(town.accounts["wang"]) == {URGED}
    assert asked(handler) == asked(town.accounts["gao"]) == set()
    Case.objects.filter(pk=urged.pk).update(assignee_account_id=handler.pk)
    assert asked(handler) == {URGED}
