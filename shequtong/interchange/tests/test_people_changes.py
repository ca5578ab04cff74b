"""What a table changes, said before and after (变更明细): fact by fact, sealed ones only as different; some rows a page, a week long."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from shequtong.interchange import scheduled
from shequtong.interchange.models import PeopleChanges, PeopleRefusals, PeopleTable
from shequtong.interchange.people_in import differing
from shequtong.interchange.tests.test_people_pages import START, columns, file, page, send, work
from shequtong.interchange.tests.test_people_sets import book
from shequtong.people.lookups.load_plan import Decision, Incoming
from shequtong.people.models import Person
from shequtong.people.testing import make_id, make_person, make_room
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db(transaction=True)
Send = Callable[..., Any]
__all__ = ["send"]
HOME = "枫桥路12号3幢1单元"
HEADINGS = ("姓名", "身份证号", "现住址", "婚姻状况", "工作单位", "是否党员")
OLD = [make_id(date(1950, 5, 6), serial) for serial in (21, 23, 25)]


def rows(*told: tuple[str, ...]) -> bytes:
    return book(*told, headings=HEADINGS)


@pytest.fixture
def held(town: Town) -> list[Person]:
    """Three on record, each behind a door."""
    found, now = [], timezone.now()
    for number, name, room in zip(OLD, ("张三", "李四", "王五"), ("501", "502", "503"), strict=True):
        door = make_room(town.building, name=room)
        told: dict[str, Any] = {"marital": "10", "workplace": "旧厂", "born_on": date(1950, 5, 6), "sex": "1"}
        found.append(make_person(door, name, id_number=number, now=now, source="import", **told))
    return found


def tried(send: Send, content: bytes) -> str:
    to = send(START, file(content))["Location"]
    assert send(to, columns(PeopleTable.objects.latest("id"))).status_code == 302
    return str(work().link)


def test_before_and_after_the_import(town: Town, held: list[Person], send: Send) -> None:
    told = rows(
        ("张三", OLD[0], f"{HOME}501室", "已婚", "新厂", ""),
        ("李四", OLD[1], f"{HOME}502室", "未婚", "旧厂", "是"),
        ("王五", OLD[2], f"{HOME}501室", "未婚", "旧厂", ""),
    )
    link = tried(send, told)
    before = page(town, link)
    for words in ("未婚", "已婚", "与登记内容不同", "由另一住处迁入", "党员"):
        assert words in before
    assert not any(secret in before for secret in ("旧厂", "新厂", "张三", OLD[0]))
    assert "旧厂" not in "".join(one.rows.reveal() for one in PeopleChanges.objects.all())
    assert PeopleChanges.objects.get().tried
    assert not Person.objects.filter(marital="20").exists()

    assert send(link).status_code == 302
    work()
    after = page(town, link)
    assert Person.objects.get(pk=held[0].pk).marital == "20"
    for words in ("未婚", "已婚", "与登记内容不同", "由另一住处迁入", "党员"):
        assert words in after
    assert not any(secret in after for secret in ("旧厂", "新厂", "张三", OLD[0]))
    assert not PeopleChanges.objects.get().tried


def test_so_many_rows_a_page_and_no_more_than_are_kept(
    town: Town, held: list[Person], send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shequtong.interchange.views.people_import._CHANGES", 1)
    for room in ("trying", "differing"):
        monkeypatch.setattr(f"shequtong.interchange.people_in.{room}.MOST", 2)
    link = tried(
        send,
        rows(*((name, n, f"{HOME}{r}室", "已婚", "", "") for name, n, r in zip("甲乙丙", OLD, (501, 502, 503), strict=True))),
    )
    first, second = page(town, link), page(town, f"{link}?from=1")
    assert (first.count("未婚 →"), second.count("未婚 →")) == (1, 1)
    assert ("?from=1" in first, "?from=2" in second) == (True, False)
    assert "前 2 行" in first
    for odd in ("-1", "9" * 30, "①", "x"):
        assert "未婚 →" in page(town, f"{link}?from={odd}")


def test_who_may_not_see_a_person_is_told_only_that_it_differs(town: Town, held: list[Person]) -> None:
    one = Decision(Incoming(2, {}, 1), {}, held[0], changes={"marital": "20"}, before={"marital": "10"})
    ((_row, person, changes),) = differing.told_of([one], town.hu)
    assert (person, changes) == (held[0].pk, [("marital", "10", "20")])
    ((_row, person, changes),) = differing.told_of([one], town.gao)
    assert changes == [("marital", None, None)]


def test_forgotten_after_a_week(town: Town, held: list[Person], send: Send) -> None:
    tried(send, rows(("张三", OLD[0], f"{HOME}501室", "已婚", "", "")))
    now = timezone.now()
    assert scheduled.forget_told(now + timedelta(days=6)) == 0
    assert scheduled.forget_told(now + timedelta(days=8)) == 1
    assert not PeopleChanges.objects.exists()


def test_why_rows_were_refused_is_forgotten_too_and_the_page_says_so(town: Town, held: list[Person], send: Send) -> None:
    link = tried(
        send, rows(("张三", OLD[0], f"{HOME}501室", "已婚", "", ""), ("李四", OLD[1], "不存在的小区9号", "未婚", "", ""))
    )
    assert send(link).status_code == 302
    work()
    assert ("着色" in page(town, link), PeopleRefusals.objects.count()) == (True, 1)
    for days, left in ((6, 1), (8, 0)):
        scheduled.forget_told(timezone.now() + timedelta(days=days))
        assert PeopleRefusals.objects.count() == left
    PeopleTable.objects.update(moved_at=timezone.now() - timedelta(days=8))
    after = page(town, link)
    assert ("已清理" in after, "着色" in after) == (True, False)
