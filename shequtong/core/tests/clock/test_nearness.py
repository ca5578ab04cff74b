"""By when, in plain words: how late, how much is left, until which hour of which day; by the wall clock of the place."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from shequtong.core.clock.nearness import by_when, since

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 4, 13, 9, tzinfo=ZONE)  # a Monday


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (NOW - timedelta(days=6, hours=5), "超期 6天"),
        (NOW - timedelta(hours=3, minutes=59), "超期 3小时"),
        (NOW - timedelta(seconds=5), "超期 1分钟"),
        (NOW + timedelta(minutes=40), "还剩 40分钟"),
        (NOW + timedelta(hours=8, minutes=30), "今天 17:30 前"),
        (NOW + timedelta(hours=15), "明天 00:00 前"),
        (NOW + timedelta(days=3), "周四 09:00 前"),
        (NOW + timedelta(days=7), "4月20日前"),
    ],
)
def test_as_one_says_it(due: datetime, said: str) -> None:
    with override("zh-hans"):
        assert by_when(due, NOW, ZONE) == said


def test_the_day_is_that_of_the_place_and_not_of_the_server() -> None:
    late = datetime(2026, 4, 13, 16, 30, tzinfo=ZoneInfo("UTC"))  # past midnight in Suzhou
    with override("zh-hans"):
        assert by_when(late, NOW, ZONE) == "明天 00:30 前"
        assert since(NOW - timedelta(days=2), NOW) == "已 2天"
