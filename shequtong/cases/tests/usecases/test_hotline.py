"""Orders of the hotline: each becomes one case with its own due time; who called a confidential one is known to who must call back alone."""

import io
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter
from django.core.management import call_command

from shequtong.audit.models import SecurityEvent
from shequtong.cases import usecases
from shequtong.cases.hotline import Order, read_orders
from shequtong.cases.hotline.matching import guessed, suggested
from shequtong.cases.hotline.orders import groups
from shequtong.cases.hotline.reading import MOST_ORDERS
from shequtong.cases.hotline.sample import sample_table
from shequtong.cases.models import NEVER, Case, WorkOrder
from shequtong.cases.usecases.import_orders import Imported
from shequtong.core.refusals import Forbidden
from shequtong.core.workbooks import CannotRead
from shequtong.territory.address.normal import grams_of
from shequtong.territory.models import AddressGram
from shequtong.testing.town import MORNING, STREET, Town

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
LIGHT = ("城市管理", "公共照明")
HEAD = (
    "工单编号",
    "接收时间",
    "联系人",
    "联系电话",
    "地址",
    "问题描述",
    "一级分类",
    "二级分类",
    "是否保密",
    "是否回复",
    "办结时限",
)
ORDER = Order(
    2,
    "SZ2026041300001",
    MORNING - timedelta(hours=1),
    "来电人李建国（13912345678）反映楼道灯不亮。",
    name="李建国",
    phone="13912345678",
    address="枫桥路12号3幢",
    categories=LIGHT,
    due_at=MORNING + timedelta(hours=2),
)


def table(*lines: tuple[str, ...], head: tuple[str, ...] = HEAD) -> bytes:
    """A workbook as the hotline sends it: a title, the headings, the lines."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "12345 工单")
    for row, line in enumerate((head, *lines), 1):
        for column, cell in enumerate(line):
            sheet.write_string(row, column, cell)
    book.close()
    return out.getvalue()


LINE = ("SZ1", "2026-04-13 08:30", "李建国", "139 1234 5678", "枫桥路12号3幢", "楼道灯不亮", *LIGHT, "是", "否", "2026-04-15")


@pytest.fixture(autouse=True)
def _found_by_address(town: Town) -> None:
    """The town's building is found by its address, as one that was added is."""
    here = {"subdistrict_id": STREET, "building": town.building}
    AddressGram.objects.bulk_create(AddressGram(**here, gram=gram) for gram in grams_of([town.building.address]))


def imported(town: Town, *orders: Order, who: str = "shen", now: datetime = MORNING) -> list[Imported]:
    return usecases.import_orders(
        orders=orders, classes={LIGHT: "L01"}, subdistrict=STREET, source="工单.xlsx", by=town.actor(who), now=now
    )


def test_a_table_is_read_by_its_headings() -> None:
    (line,) = read_orders(table(LINE), ZONE)
    order = line.order
    assert order is not None
    assert (order.number, order.phone, order.categories, order.confidential, order.reply_required) == (
        *("SZ1", "13912345678", LIGHT, True, False),
    )
    assert order.received_at == datetime(2026, 4, 13, 8, 30, tzinfo=ZONE)
    assert order.due_at == datetime(2026, 4, 15, 23, 59, 59, tzinfo=ZONE)


@pytest.mark.parametrize(("place", "wrong"), [(0, ""), (1, "昨天"), (1, "2026-13-01"), (5, ""), (8, "也许"), (10, "2026-04-01")])
def test_a_line_that_cannot_be_read_is_refused_in_words(place: int, wrong: str) -> None:
    bad = tuple(wrong if column == place else cell for column, cell in enumerate(LINE))
    first, second = read_orders(table(bad, ("SZ2", *LINE[1:])), ZONE)
    assert first.order is None
    assert first.why
    assert second.order is not None


def test_a_table_without_headings_or_with_too_many_lines_is_refused() -> None:
    with pytest.raises(CannotRead):
        read_orders(table(LINE, head=HEAD[1:]), ZONE)
    with pytest.raises(CannotRead):
        read_orders(table(*((f"SZ{n}", *LINE[1:]) for n in range(MOST_ORDERS + 1))), ZONE)


def test_an_order_is_a_case_once(town: Town) -> None:
    (first,), (again,) = imported(town, ORDER), imported(town, ORDER)
    assert (first.new, again.new) == (True, False)
    assert first.case_number == again.case_number
    case = Case.objects.select_related("reporter").get()
    order = WorkOrder.objects.get()
    assert (case.channel, case.external_number, case.cap_at, case.building_id) == (
        *("hotline", ORDER.number, ORDER.due_at, town.building.pk),
    )
    assert case.reporter is not None
    assert (case.reporter.phone.reveal(), order.case_id, order.due_at) == (ORDER.phone, case.pk, ORDER.due_at)


def test_an_import_that_was_broken_off_still_calls_new_what_it_opened(town: Town) -> None:
    told = {"orders": [ORDER], "classes": {LIGHT: "L01"}, "subdistrict": STREET, "source": "t", "by": town.shen}
    usecases.import_orders(**told, now=MORNING)  # type: ignore[arg-type]  # a dictionary of arguments of many kinds
    later = MORNING + timedelta(minutes=5)
    for since, new in ((MORNING, True), (later, False)):
        (done,) = usecases.import_orders(**told, now=later, since=since)  # type: ignore[arg-type]  # the same
        assert done.new is new


def test_the_earlier_due_time_holds_once_a_station_has_it(town: Town) -> None:
    early, late = ORDER, replace(ORDER, number="SZ9", due_at=MORNING + timedelta(days=90))
    for told in (early, late):
        (done,) = imported(town, told)
        usecases.register_case(number=done.case_number, by=town.shen, now=MORNING)
        usecases.dispatch_case(number=done.case_number, to=town.police.pk, by=town.lin, now=MORNING)
    first, second = Case.objects.order_by("id")
    assert first.due_at == early.due_at
    assert MORNING < second.due_at < late.due_at  # type: ignore[operator]  # it has one


@pytest.mark.parametrize(
    ("order", "classes"),
    [(replace(ORDER, address="不存在路99号"), {LIGHT: "L01"}), (ORDER, {}), (replace(ORDER, text="灯"), {LIGHT: "L01"})],
)
def test_an_order_without_place_class_or_matter_is_refused(town: Town, order: Order, classes: dict[tuple[str, ...], str]) -> None:
    (done,) = usecases.import_orders(orders=[order], classes=classes, subdistrict=STREET, source="t", by=town.shen, now=MORNING)
    assert done.why
    assert not Case.objects.exists()


def test_a_named_community_serves_where_the_address_does_not(town: Town) -> None:
    (done,) = imported(town, replace(ORDER, address="馨泰社区第二网格门口"))
    assert Case.objects.get().place_path == town.other_grid.path, done


def test_who_has_no_right_imports_nothing_and_the_neighbour_nothing_here(town: Town) -> None:
    with pytest.raises(Forbidden):
        imported(town, ORDER, who="wang")
    assert imported(town, ORDER, who="gao")[0].why
    assert not Case.objects.exists()


def test_who_called_in_confidence_is_known_to_who_must_call_back_alone(town: Town) -> None:
    (done,) = imported(town, replace(ORDER, confidential=True))
    usecases.register_case(number=done.case_number, by=town.shen, now=MORNING)
    usecases.dispatch_case(number=done.case_number, to=town.police.pk, by=town.lin, now=MORNING)
    case = Case.objects.get()
    assert "李建国" not in case.text + case.title
    assert "13912345678" not in case.text + case.title
    for who in ("wang", "lin", "gao"):
        with pytest.raises(Forbidden):
            usecases.reveal_contact(number=case.number, reason="联系反映人", by=town.actor(who), now=MORNING)
    looks = SecurityEvent.objects.count()
    for who in ("shen", "hu"):
        found = usecases.reveal_contact(number=case.number, reason="电话回访核实", by=town.actor(who), now=MORNING)
        assert found.phone == ORDER.phone
    assert SecurityEvent.objects.count() == looks + 4  # each look: in the street, and for the installation


def test_the_facts_of_the_rates_are_noted(town: Town) -> None:
    (done,) = imported(town, ORDER)
    number = done.case_number
    usecases.register_case(number=number, by=town.shen, now=MORNING)
    usecases.dispatch_case(number=number, to=town.police.pk, by=town.lin, now=MORNING)
    usecases.accept_case(number=number, by=town.wang, now=MORNING + timedelta(hours=1))
    assert WorkOrder.objects.get().responded_at == MORNING + timedelta(hours=1)
    later = MORNING + timedelta(hours=2)
    usecases.handle_case(number=number, result="已更换", by=town.wang, now=later)
    usecases.verify_case(number=number, by=town.sun, now=later)
    usecases.answer_case(number=number, text="您好，已修复。", publish=False, by=town.lin, now=later)
    usecases.close_case(number=number, by=town.shen, now=later)
    usecases.call_back(number=number, reached=True, solved=True, score=3, by=town.hu, now=later)
    order = WorkOrder.objects.get()
    assert (order.solved, order.satisfied, order.responded_at) == (True, False, MORNING + timedelta(hours=1))
    usecases.report_orders(subdistrict=STREET, ids=[order.pk], by=town.shen, now=later)
    order.refresh_from_db()
    assert (order.reply_kind, order.exported_at) == ("done", later)
    call_command("figures_verify")


def test_accepted_after_a_day_is_no_response_but_the_answer_is(town: Town) -> None:
    (done,) = imported(town, replace(ORDER, received_at=MORNING - timedelta(days=2), due_at=None))
    number = done.case_number
    assert Case.objects.get().cap_at == NEVER
    usecases.register_case(number=number, by=town.shen, now=MORNING)
    usecases.dispatch_case(number=number, to=town.police.pk, by=town.lin, now=MORNING)
    usecases.accept_case(number=number, by=town.wang, now=MORNING)
    assert WorkOrder.objects.get().responded_at is None
    usecases.handle_case(number=number, result="已更换", by=town.wang, now=MORNING)
    usecases.verify_case(number=number, by=town.sun, now=MORNING)
    usecases.answer_case(number=number, text="您好，已修复。", publish=False, by=town.lin, now=MORNING)
    assert WorkOrder.objects.get().responded_at == MORNING


def test_a_class_is_learned_from_earlier_orders_else_taken_from_the_words(town: Town) -> None:
    assert suggested([("不知所云",)], STREET) == {("不知所云",): ""}
    usecases.import_orders(orders=[ORDER], classes={LIGHT: "0101"}, subdistrict=STREET, source="t", by=town.shen, now=MORNING)
    assert suggested([LIGHT], STREET)[LIGHT] == "0101"


def test_a_mistyped_telephone_costs_no_order(town: Town) -> None:
    (line,) = read_orders(table((*LINE[:3], "12", *LINE[4:])), ZONE)
    assert line.order is not None
    assert (line.order.phone, line.order.phone_left_out) == ("", True)
    (done,) = imported(town, line.order)
    assert done.new


def test_orders_without_categories_are_grouped_by_what_their_own_words_name(town: Town) -> None:
    plain = replace(ORDER, categories=())
    lamp, other = replace(plain, guess=guessed("人行道井盖翘起")), replace(plain, number="SZ2", guess=guessed("不知所云"))
    assert lamp.guess
    assert groups([lamp, other]) == [("", lamp.guess), ()]
    assert suggested(groups([lamp, other]), STREET) == {("", lamp.guess): lamp.guess, (): ""}


def test_the_sample_table_is_read_without_a_word(town: Town) -> None:
    lines = read_orders(sample_table(), ZONE)
    assert [line.why for line in lines] == ["", ""]
