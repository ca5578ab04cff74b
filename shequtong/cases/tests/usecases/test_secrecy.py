"""Who called in confidence stays unknown: in what the hotline sends, and in all that is written about the case later."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shequtong.cases import grams, usecases
from shequtong.cases.hotline import Order
from shequtong.cases.hotline.secrecy import tells_caller, without_caller
from shequtong.cases.models import NEVER, Case, CaseGram, Note, Step, WorkOrder
from shequtong.cases.tests.usecases.test_hotline import LIGHT, ORDER
from shequtong.cases.tests.usecases.test_hotline import imported as sent_in
from shequtong.cases.usecases import Correction
from shequtong.cases.usecases._discretion import TellsCaller
from shequtong.cases.usecases.correct_case import CannotCorrect
from shequtong.testing.town import MORNING, STREET, Town

NAME, PHONE = "李建国", "13912345678"
GRID = replace(ORDER, address="馨泰社区第一网格", confidential=True)
LATER = MORNING + timedelta(minutes=30)


@pytest.mark.parametrize(
    "told",
    [
        *("李建国反映灯不亮", "来电人：李 建 国", "李先生说灯不亮", "李某反映", "请联系李女士"),
        *("电话13912345678", "电话 139 1234 5678", "电话139-1234-5678", "电话１３９１２３４５６７８", "身份证32050219900101123X"),
    ],
)
def test_name_address_and_numbers_are_taken_out(told: str) -> None:
    kept = without_caller(told, NAME, PHONE)
    assert "＊＊" in kept
    for said in ("李", "1234", "5678", "１２３４", "123X"):
        assert said not in kept


@pytest.mark.parametrize("told", ["枫桥路12号3幢", "2026-04-13 08:30 已派人", "2026年4月13日 8:30 到场", "第3单元102室"])
def test_places_and_dates_stay(told: str) -> None:
    assert without_caller(told, NAME, PHONE) == told


def test_only_the_callers_own_number_tells_who_called() -> None:
    assert tells_caller("已电话 139 1234 5678 核实", NAME, PHONE)
    assert tells_caller("李先生已确认", NAME, PHONE)
    assert not tells_caller("联系物业68251234，枫桥路12号", NAME, PHONE)
    assert not tells_caller("任何文字", "", "")


def imported(town: Town, order: Order = GRID) -> Case:
    (done,) = usecases.import_orders(
        orders=[order], classes={LIGHT: "L01"}, subdistrict=STREET, source="工单.xlsx", by=town.shen, now=MORNING
    )
    assert done.case_number, done.why
    return Case.objects.select_related("reporter").numbered(done.case_number).get()


@pytest.mark.django_db
def test_staff_do_not_write_who_called(town: Town) -> None:
    number = imported(town).number
    for verb in (
        lambda words: usecases.register_case(number=number, by=town.shen, now=MORNING, note=words),
        lambda words: usecases.add_note(number=number, text=words, by=town.shen, now=MORNING),
    ):
        with pytest.raises(TellsCaller):
            verb("已电话李建国核实")
    usecases.register_case(number=number, by=town.shen, now=MORNING, note="已电话核实")
    with pytest.raises(TellsCaller):
        usecases.dispatch_case(
            number=number, to=town.police.pk, assisting=[town.urban.pk], task="联系 139-1234-5678", by=town.lin, now=MORNING
        )
    assert not Note.objects.exists()
    assert list(Step.objects.filter(case__external_number=GRID.number).values_list("note", flat=True)) == ["", "已电话核实"]


@pytest.mark.django_db
def test_who_may_not_know_the_caller_learns_no_number_by_guessing(town: Town) -> None:
    number = imported(town).number
    for phone in (PHONE, "13800000000"):
        with pytest.raises(CannotCorrect) as refused:
            usecases.correct_case(number=number, correction=Correction(phone=phone), by=town.lin, now=LATER)
        assert "confidential" in str(refused.value) or "保密" in str(refused.value)
    usecases.correct_case(number=number, correction=Correction(phone="13800000000"), by=town.shen, now=LATER)


@pytest.mark.django_db
def test_another_due_time_moves_the_clock_of_the_station(town: Town) -> None:
    order = replace(GRID, confidential=False, due_at=MORNING + timedelta(hours=2))
    case = imported(town, order)
    usecases.register_case(number=case.number, by=town.shen, now=MORNING)
    usecases.dispatch_case(number=case.number, to=town.police.pk, by=town.lin, now=MORNING)
    later = replace(order, due_at=MORNING + timedelta(hours=5), urgency="特急")
    imported(town, later)
    case.refresh_from_db()
    known = WorkOrder.objects.get()
    assert (case.cap_at, case.due_at, known.due_at, known.urgency) == (later.due_at, later.due_at, later.due_at, "特急")
    steps = Step.objects.filter(case=case).count()
    imported(town, later)  # nothing differs any more
    imported(town, replace(later, due_at=None, urgency="", reply_required=None))  # an empty cell changes nothing
    assert Step.objects.filter(case=case).count() == steps
    assert WorkOrder.objects.get().urgency == "特急"


@pytest.mark.django_db
def test_secrecy_that_comes_later_is_taken_over_and_never_taken_away(town: Town) -> None:
    open_order = replace(GRID, confidential=False)
    case = imported(town, open_order)
    assert NAME in case.text
    imported(town, GRID)
    case.refresh_from_db()
    assert case.confidential
    assert NAME not in case.text + case.title
    imported(town, open_order)
    case.refresh_from_db()
    assert case.confidential
    assert WorkOrder.objects.get().confidential


@pytest.mark.django_db
def test_of_a_case_that_is_over_nothing_changes(town: Town) -> None:
    case = imported(town)
    usecases.void_case(number=case.number, reason="重复来电", by=town.shen, now=MORNING)
    (done,) = usecases.import_orders(
        orders=[replace(GRID, due_at=MORNING + timedelta(days=9))],
        classes={},
        subdistrict=STREET,
        source="t",
        by=town.shen,
        now=LATER,
    )
    assert (done.case_number, bool(done.why)) == (case.number, True)
    case.refresh_from_db()
    assert (case.due_at, WorkOrder.objects.get().due_at) == (NEVER, GRID.due_at)


def test_who_called_is_found_by_no_word_once_an_order_became_confidential(town: Town) -> None:
    told = replace(GRID, confidential=False, text=f"{GRID.text}来电人李建国，电话{GRID.phone}。")
    sent_in(town, told)
    name = grams.grams_of("李建国") | grams.grams_of(PHONE)
    assert CaseGram.objects.filter(gram__in=name).exists()
    sent_in(town, replace(told, confidential=True))
    case = Case.objects.get()
    assert "李建国" not in case.text
    assert set(CaseGram.objects.values_list("gram", flat=True)) == grams.grams_of(case.text, case.title, case.address)
