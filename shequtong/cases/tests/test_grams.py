"""Grams: what is kept of a text finds it again by one character and by two, whatever signs stand between."""

import pytest

from shequtong.cases.grams import MOST_GRAMS, grams_of, normal, ranges_of, says, words_of

TEXT = "小区南门外的人行道上，有一个井盖翘起来了；编号ＡＢ12。"


def _found_by(word: str, text: str = TEXT) -> bool:
    grams = grams_of(text)
    ranges = ranges_of(words_of(word))
    return bool(ranges) and all(any(first <= gram <= last for gram in grams) for first, last in ranges)


@pytest.mark.parametrize(
    "word", ["井", "井盖", "盖", "12", "ab", "AB12", "小", "翘起来了", "人行道 井盖", "了；编号", "的人行道"]
)
def test_every_word_of_a_text_leads_to_it(word: str) -> None:
    assert _found_by(word)
    assert says(words_of(word), TEXT)


@pytest.mark.parametrize("word", ["路灯", "盖井", "13", "门行", "编号13"])
def test_others_do_not(word: str) -> None:
    assert not _found_by(word)
    assert not says(words_of(word), TEXT)


def test_signs_part_words_and_are_none() -> None:
    assert normal(" １２号，3幢！") == "12号 3幢"
    assert words_of("% _ ，") == []
    assert not says(words_of("南门井盖"), TEXT)
    assert not says(words_of("上有"), TEXT)  # a comma stands between


def test_few_grams_are_looked_up_and_each_word_has_one() -> None:
    ranges = ranges_of(words_of("枫桥路的路灯 井盖 灯"))
    assert len(ranges) == MOST_GRAMS
    assert len({first >> 21 for first, _last in ranges} & {ord("井"), ord("灯")}) == 2


def test_the_commonest_characters_begin_no_gram() -> None:
    assert ranges_of(["的"]) == []
    assert {gram >> 21 for gram in grams_of("我的灯")} == {ord("灯")}
    assert _found_by("我的灯", "我的灯")


def test_words_and_numbers_are_whole() -> None:
    assert _found_by("pothole 12", "Large pothole at no. 12")
    assert not _found_by("12", "枫桥路112号")
    assert len(grams_of("pothole")) == 1
