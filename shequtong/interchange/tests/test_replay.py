"""replay_messages: the real messages of ../shared/data take the resident's way; a second run adds nothing."""

import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from shequtong.cases.models import NEVER, Case
from shequtong.interchange.messages import weeks_to_yesterday
from shequtong.messaging.models import Message
from shequtong.testing.town import Town

REAL = Path(settings.BASE_DIR).parent / "shared/data/citizen_messages/labelled_raw_train.csv.gz"
HEADER = "row_id,message_id,user_code,time,title,body,label\n"


def replay(path: Path, *options: str) -> dict[str, object]:
    """Run the command and read its summary."""
    out = StringIO()
    call_command("replay_messages", str(path), "--json", *options, stdout=out)
    found: dict[str, object] = json.loads(out.getvalue())
    return found


@pytest.mark.skipif(
    not REAL.is_file(), reason="the real messages are no part of the project: they lie beside it, in ../shared/data"
)
def test_the_real_messages_reach_the_stations_that_must_act(town: Town) -> None:
    found = replay(REAL)

    assert found["messages"] == 983
    assert found["accepted"] >= 0.95 * 983  # type: ignore[operator]  # read from JSON
    assert found["largest_class_share"] <= 0.40  # type: ignore[operator]  # a report of mixed values
    assert len(found["dispatched_to"]) >= 6  # type: ignore[arg-type]  # the same
    assert Case.objects.count() == found["accepted"]
    again = replay(REAL)
    assert (again["new"], again["already_there"]) == (0, found["accepted"])
    assert Case.objects.count() == found["accepted"]


def test_times_are_shifted_by_whole_weeks_and_both_are_stored(town: Town, tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text(HEADER + "F-1,1,U1,2020-01-08 15:40:33,路灯不亮,我们小区的路灯坏了三天,城乡建设\n", encoding="utf-8")
    replay(file)
    case = Case.objects.get()
    assert case.source_at == datetime(2020, 1, 8, 7, 40, 33, tzinfo=UTC)
    shift = case.reported_at - case.source_at
    assert shift.days % 7 == 0
    assert shift.seconds == 0
    assert 0 < (datetime.now(UTC) - case.reported_at).days <= 8
    assert case.due_at != NEVER


def test_keep_time_runs_no_clock_and_tells_nobody(town: Town, tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text(HEADER + "F-1,1,U1,2020-01-08 15:40:33,路灯不亮,我们小区的路灯坏了三天,城乡建设\n", encoding="utf-8")
    replay(file, "--keep-time")
    case = Case.objects.get()
    assert (case.reported_at, case.due_at) == (case.source_at, NEVER)
    assert not Message.objects.exists()


def test_what_cannot_be_taken_in_is_refused_with_its_reason(town: Town, tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    rows = ["F-1,1,U1,2020-01-08 15:40:33,短,,城乡建设", "F-2,2,U1,2020-01-08 15:40:33,路灯不亮,坏了三天,外星事务"]
    file.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    found = replay(file)
    assert (found["accepted"], found["refused"]) == (0, 2)
    assert any("外星事务" in reason for reason in found["refused_because"])  # type: ignore[attr-defined]  # the same


@pytest.mark.parametrize("text", ["a,b\n1,2\n", HEADER + "F-1,1,U1,yesterday,a,b,c\n", ""])
def test_a_file_of_another_shape_is_refused_in_words(town: Town, tmp_path: Path, text: str) -> None:
    file = tmp_path / "m.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError):
        replay(file)


def test_the_last_one_comes_to_yesterday_or_the_nearest_day_before() -> None:
    zone, now = ZoneInfo("Asia/Shanghai"), datetime(2026, 11, 23, 4, tzinfo=UTC)  # a Monday
    for day in range(1, 8):
        last = datetime(2020, 1, day, 12, tzinfo=zone)
        moved = last + weeks_to_yesterday(last, now)
        assert moved.weekday() == last.weekday()
        assert 1 <= (now.astimezone(zone).date() - moved.date()).days <= 7
