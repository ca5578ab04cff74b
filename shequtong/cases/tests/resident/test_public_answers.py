"""Published answers: everybody finds those that were sent and published, and nothing else of a case."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shequtong.cases.models import Answer, Case
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.testing.town import NEXT_STREET, STREET, Town

pytestmark = pytest.mark.usefixtures("watched_requests")
TOLD = "楼道灯坏了三天"


def answered(case: Case, text: str, at: datetime | None = None, *, published: bool = True, state: str = "sent") -> Answer:
    return Answer.objects.create(
        subdistrict_id=case.subdistrict_id,
        case=case,
        state=state,
        text=text,
        published=published,
        at=at or timezone.now(),
        actor="林洁",
    )


def page(address: str = "") -> str:
    response = Client().get(f"/answers/{address}")
    assert response.status_code == 200
    return response.content.decode()


def test_what_was_sent_and_published_is_found_and_nothing_else(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSED)
    answered(case, "路灯已于三日内修复。")
    answered(case, "这一条只给反映人。", published=False)
    answered(case, "这一条还没有审签。", state="draft")
    answered(case, "这一条被退回了。", state="returned")
    shown = page()
    assert "路灯已于三日内修复。" in shown
    assert f"/r/{case.number}/" in shown
    for hidden in ("只给反映人", "还没有审签", "被退回了", TOLD, "林洁", "枫桥路12号"):
        assert hidden not in shown


def test_a_confidential_matter_never_stands_there(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSED)
    answered(case, "举报属实，已依法处理。")
    Case.objects.filter(pk=case.pk, subdistrict=STREET).update(confidential=True)
    assert "举报属实" not in page()
    assert "举报属实" not in page(f"?q={case.number}")


def test_found_by_words_by_number_and_by_community(town: Town) -> None:
    lamp, bin_ = make_case(town, stage=Stage.CLOSED), make_case(town, stage=Stage.CLOSED)
    answered(lamp, "路灯已经修复。")
    answered(bin_, "垃圾桶已经清运。")
    assert "垃圾桶" not in page(f"?q={quote('路灯')}")
    assert "路灯已经" in page(f"?q={quote('路灯')}")
    assert "垃圾桶已经" in page(f"?q={bin_.number}")
    assert "路灯已经" not in page(f"?q={bin_.number}")
    assert "路灯已经" in page(f"?community={quote(town.community.path, safe='')}")
    assert "路灯已经" in page("?community=nowhere/")  # no such community: left out
    assert "路灯已经" not in page(f"?street={NEXT_STREET}")
    for wrong in (
        "?street=99999999999999999999999",
        "?street=x",
        "?after=1",
        f"?q={'长' * 400}",
        "?q=%00",
        "?after=2026-01-01T00:00:00Z_-4",
    ):
        page(wrong)


def test_words_are_looked_for_in_the_last_twelve_months(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSED)
    answered(case, "前年的路灯。", timezone.now() - timedelta(days=400))
    assert "前年的路灯" in page()
    assert "前年的路灯" not in page(f"?q={quote('路灯')}")


def test_page_by_page_each_stands_once_at_one_statement(town: Town) -> None:
    case, now = make_case(town, stage=Stage.CLOSED), timezone.now()
    for n in range(45):
        answered(case, f"第{n:02d}条答复。", now - timedelta(minutes=n // 3))  # several in one moment
    seen: list[str] = []
    address = ""
    page()  # what is held in memory is read
    while True:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            shown = page(address)
        assert sum("cases_answer" in query["sql"] for query in asked.captured_queries) == 1
        seen += [f"第{n:02d}条" for n in range(45) if f"第{n:02d}条" in shown]
        if 'rel="next"' not in shown:
            break
        address = shown.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 45


@pytest.mark.parametrize("filters", ["", "?community={path}", "?q=路灯", "?after=2026-01-01T00:00:00%2B00:00_5"])
def test_read_in_the_order_of_an_index(town: Town, filters: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a small table whole; on a large one it was looked at by hand")
    found: list[str] = []

    def look(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if 'FROM "cases_answer"' in sql:
            asked = connection.connection.cursor().execute("EXPLAIN QUERY PLAN " + sql.replace("%s", "?"), params)
            found.extend(row[3] for row in asked)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        page(filters.format(path=quote(town.community.path, safe="")))
    assert any("cases_answer_public" in line for line in found), found
    assert not any("SCAN" in line or "TEMP B-TREE" in line for line in found), found
