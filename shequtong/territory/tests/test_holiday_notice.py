"""The notices of the State Council as they were published, and what is wrong with one seen before it is taken over."""

from datetime import date, timedelta

import pytest

from shequtong.territory.holiday_notice import HOLIDAY, WORKDAY, read_notice, year_named
from shequtong.territory.published_days import published_year

TEXT_2024 = """一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。"""
TEXT_2025 = """一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。"""
TEXT_2026 = """国务院办公厅关于2026年部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。"""
TEXTS = {2024: TEXT_2024, 2025: TEXT_2025, 2026: TEXT_2026}


def year_of_days(year: int) -> list[date]:
    """Every day of a year."""
    return [date(year, 1, 1) + timedelta(n) for n in range(366) if (date(year, 1, 1) + timedelta(n)).year == year]


@pytest.mark.parametrize("year", TEXTS)
def test_a_published_notice_gives_the_days_that_were_worked_and_off(year: int) -> None:
    read, known = read_notice(TEXTS[year], year), published_year(year)

    assert (read.faults, read.left_out) == ([], [])
    off = {day for day, (kind, _name) in read.days.items() if kind == HOLIDAY}
    worked = {day for day, (kind, _name) in read.days.items() if kind == WORKDAY}
    assert worked == set(known.makeup_days)
    weekend = {day for day in year_of_days(year) if day.weekday() > 4} - worked
    # The package leaves out rest days inside a holiday, and notices leave out weekends beside one.
    assert off | weekend == set(known.holidays) | weekend


def test_the_spring_festival_of_2026_by_name() -> None:
    days = read_notice(TEXT_2026, 2026).days
    assert [day for day, (_kind, name) in days.items() if name == "春节"] == [date(2026, 2, 15 + n) for n in range(9)]
    assert days[date(2026, 2, 14)][0] == WORKDAY
    assert year_named(TEXT_2026) == 2026


def test_what_is_only_recommended_is_shown_as_not_read() -> None:
    (aside,) = read_notice(TEXT_2024, 2024).unread
    assert "除夕" in aside
    assert date(2024, 2, 9) not in read_notice(TEXT_2024, 2024).days


def test_dates_of_the_year_before_say_so_themselves() -> None:
    read = read_notice("元旦：2022年12月31日至2023年1月2日放假调休，共3天。", 2023)
    assert sorted(read.days) == [date(2022, 12, 31), date(2023, 1, 1), date(2023, 1, 2)]
    assert read.faults == []


def test_a_copy_with_blanks_and_full_width_figures_is_read_the_same() -> None:
    odd = "一、元旦： １月１日（周四）至 3 日（周六） 放假调休，共3天。\n1月4日（周日）上班。"
    assert list(read_notice(odd, 2026).days) == [date(2026, 1, n) for n in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    "text",
    [
        "元旦：1月1日（周三）放假。",  # a Thursday
        "元旦：1月1日至3日放假调休，共4天。",
        "元旦：1月1日至3日放假调休。1月3日上班。",
        "元旦：2月30日放假。",
        "元旦：1月3日至1日放假。",
        "元旦：1月1日至3月1日放假。",
        "关于做好工作的通知",
        "",
    ],
)
def test_what_does_not_add_up_is_a_fault(text: str) -> None:
    assert len(read_notice(text, 2026).faults) == 1


def test_a_holiday_left_out_is_named() -> None:
    assert read_notice(TEXT_2026.replace("端午节：", "节："), 2026).left_out == ["端午"]
