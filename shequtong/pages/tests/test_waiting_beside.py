"""What waits beside the stages: requests to decide, appeals to judge, urgings to reply to, each on the workbench of whom it waits for."""

from datetime import UTC, datetime, timedelta

import pytest

from shequtong.accounts.testing import signed_in
from shequtong.cases import usecases
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
