"""How well it guesses, on the real messages beside the project (research and test use only: they are no part of it)."""

from pathlib import Path

import pytest
from django.conf import settings

from shequtong.triage.labelled import BadFile, Labelled, read_labelled
from shequtong.triage.testing import invented
from shequtong.triage.training import CannotTrain, measure, together

REAL = Path(settings.BASE_DIR).parent / "shared/data/citizen_messages"
TOKENS, RAW = (REAL / f"labelled_{name}_train.csv.gz" for name in ("tokens", "raw"))


@pytest.mark.slow
@pytest.mark.skipif(not TOKENS.is_file(), reason="the real messages lie beside the project, in ../shared/data")
def test_the_real_messages_are_guessed_well_enough() -> None:
    found = measure([*read_labelled(TOKENS), *read_labelled(RAW)])
    assert found.by_source[TOKENS.name]["macro_f1"] >= 0.90
    assert found.by_source[RAW.name]["macro_f1"] >= 0.87
    assert len(found.by_label) == 7


def test_near_duplicates_and_rows_of_one_message_stay_together() -> None:
    told = "小区南门的路灯已经坏了一个多星期，晚上一片漆黑，老人和孩子出门很不安全，请尽快派人修理。"
    rows = [
        Labelled(told, "a", "row 1", "raw"),
        Labelled(told + "谢谢！", "a", "row 2", "raw"),
        Labelled("完全不同的一句话，说的是垃圾桶满了没人收。", "a", "row 2", "tokens"),
        Labelled("楼上装修从早到晚，噪音很大，孩子没法写作业。", "b", "row 3", "raw"),
    ]
    first, near, same, other = together(rows)
    assert first == near == same != other


def test_what_only_teaches_is_not_scored() -> None:
    rows = invented()
    found = measure([*rows, *(Labelled(one.text, one.label, f"copy {one.ref}", "copies") for one in rows)], frozenset({"copies"}))
    assert found.rows == len(rows)
    assert list(found.by_source) == ["copies"]
    assert 0.5 < found.macro_f1 <= 1


def test_too_little_teaches_nothing() -> None:
    with pytest.raises(CannotTrain):
        measure([row for row in invented() if row.label == "lamp"])


def test_a_file_without_labels_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("text\n路灯不亮\n", encoding="utf-8")
    with pytest.raises(BadFile):
        read_labelled(path)
    path.write_text("label,title,body\nlamp,路灯,不 亮\n,没有,类别\n", encoding="utf-8")
    (row,) = read_labelled(path)
    assert (row.text, row.label) == ("路灯不亮", "lamp")
