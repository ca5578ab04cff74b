"""Addresses as people write them are read into the same parts."""

import csv
import gzip
import json
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shequtong.territory.address import parse_address
from shequtong.territory.address.initials import Spelt
from shequtong.territory.address.normal import building_key, grams_of, grams_wanted, house_key, normal, number

LABELLED = Path(__file__).parents[5] / "shared" / "data" / "addresses_cn" / "addresses_dev.csv.gz"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("枫桥路12号3幢", ("枫桥路", "12号", "", "3幢", "", "")),
        ("枫桥路12号", ("枫桥路", "12号", "", "", "", "")),
        ("枫桥路 12", ("枫桥路", "12号", "", "", "", "")),
        ("枫桥路１２号３号楼", ("枫桥路", "12号", "", "3幢", "", "")),
        ("枫桥路十二号三栋", ("枫桥路", "12号", "", "3幢", "", "")),
        ("枫桥路12号名城花园三座2单元501室", ("枫桥路", "12号", "名城花园", "3幢", "2单元", "501")),
        ("名城花园3幢2单元", ("", "", "名城花园", "3幢", "2单元", "")),
        ("名城花园3-2-501", ("", "", "名城花园", "3幢", "2单元", "501")),
        ("名城花园(枫桥路12号)3#", ("枫桥路", "12号", "名城花园", "3幢", "", "")),
        ("名城 3", ("", "", "名城", "3幢", "", "")),
        ("3栋", ("", "", "", "3幢", "", "")),
        ("mchy", ("", "", "mchy", "", "", "")),
        ("mchy3", ("", "", "mchy", "3幢", "", "")),
        ("三元一村5幢", ("", "", "三元一村", "5幢", "", "")),
        ("狮山路66号A座1001", ("狮山路", "66号", "", "a幢", "", "1001")),
        ("泰隆街1415弄4号", ("泰隆街", "1415弄", "", "4幢", "", "")),
        ("江苏省苏州市虎丘区狮山街道馨泰社区枫桥路12号3幢", ("枫桥路", "12号", "", "3幢", "", "")),
        ("苏州高新区塔园路88号塔园雅苑10幢3单元602", ("塔园路", "88号", "塔园雅苑", "10幢", "3单元", "602")),
        ("我家在枫桥路12号3幢楼下路灯不亮", ("枫桥路", "12号", "", "3幢", "", "")),
    ],
)
def test_by_hand(text: str, parts: tuple[str, ...]) -> None:
    assert tuple(parse_address(text))[:6] == parts


@given(st.text(max_size=60))
def test_never_breaks(text: str) -> None:
    parse_address(text)
    assert normal(normal(text)) == normal(text) or "号" in text


@given(st.text(alphabet="枫桥路号幢栋座单元室楼层弄大道花园村一二十三0123456789ab-# ", max_size=40))
def test_never_breaks_on_what_looks_like_an_address(text: str) -> None:
    parse_address(text)


def test_is_quick_on_what_was_made_to_be_slow() -> None:
    started = time.process_time()  # of this processor: the machine may be busy
    for text in ("路" * 200, "一" * 200, "中村" * 100, "1-" * 100, "a" * 200, "枫桥" * 100 + "号"):
        parse_address(text)
    assert time.process_time() - started < 1.0


@pytest.mark.parametrize(
    ("chinese", "value"),
    [("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("一百零八", 108), ("二三", 23), ("一〇一", 101), ("两百", 200)],
)
def test_numbers_in_characters(chinese: str, value: int) -> None:
    assert number(chinese) == value


def test_names_with_numbers_stay_names() -> None:
    assert normal("金家一路12号") == "金家一路12号"
    assert normal("一号路5号") == "一号路5号"


def test_one_key_for_every_way_of_writing() -> None:
    assert {building_key(name) for name in ("3幢", "3号楼", "三栋", "3座", "3#", "３幢", "3")} == {"3"}
    assert (house_key("12号"), house_key("12"), building_key("A座")) == ("12", "12", "a")


def test_a_number_is_never_found_in_a_longer_one() -> None:
    assert not grams_wanted("12号") & grams_of(["枫桥路112号3幢"])
    assert grams_wanted("12号") <= grams_of(["枫桥路12号3幢"])
    assert grams_wanted("mchy") & grams_of(["名城花园"], Spelt("", "", "mchy", "", "")) == {"~mc", "~ch", "~hy"}


@pytest.mark.skipif(not LABELLED.exists(), reason="the labelled addresses are test-use data that stays outside the project")
def test_on_labelled_addresses() -> None:
    """2,786 real addresses (NAACL 2019), mostly of other cities and without a gazetteer; the bars are a little under what was measured."""
    right, asked = Counter[str](), Counter[str]()
    with gzip.open(LABELLED, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            said: dict[str, list[str]] = {}
            for label, value in json.loads(row["segments"]):
                said.setdefault(label.lower(), []).append(value)
            found = parse_address(row["text"])
            if len(said.get("road", [])) == 1 and "subroad" not in said:
                asked["road"] += 1
                right["road"] += normal(said["road"][0]) == normal(found.street)
            if len(said.get("roadno", [])) == 1 and "subroadno" not in said:
                asked["roadno"] += 1
                right["roadno"] += house_key(said["roadno"][0]) == house_key(found.house_no)
            if len(said.get("houseno", [])) == 1:
                asked["houseno"] += 1
                right["houseno"] += building_key(said["houseno"][0]) == building_key(found.building)
    rates = {label: right[label] / asked[label] for label in asked}
    print({label: f"{rate:.3f} of {asked[label]}" for label, rate in rates.items()})  # noqa: T201  # shown with -s
    assert rates["road"] > 0.80
    assert rates["roadno"] > 0.90
    assert rates["houseno"] > 0.75


def test_a_row_of_numbers_takes_no_longer_than_it_is_long() -> None:
    began = time.process_time()
    normal("一" * 20_000)
    assert time.process_time() - began < 1
