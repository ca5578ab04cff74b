"""A few invented reports, and weights learnt from them, for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from shequtong.triage.grams import plain
from shequtong.triage.labelled import Labelled
from shequtong.triage.model import forget_weights
from shequtong.triage.weights import Weights, write_weights

NOON = datetime(2026, 4, 13, 4, tzinfo=UTC)
_WHERE = ("一号楼", "二号楼", "北门", "南门口", "幼儿园旁", "超市门前", "桥头", "车库入口", "凉亭", "滨河路", "停车场", "活动室")
_SAID = {
    "lamp": ("路灯不亮，晚上太黑", "路灯坏了没人修", "路灯一直闪，老人看不清路"),
    "noise": ("半夜施工噪音很大，睡不着", "广场舞音响噪音扰民", "装修电钻噪音从早到晚"),
    "rubbish": ("垃圾桶满了没人收，很臭", "有人乱倒建筑垃圾", "垃圾堆在楼道里，苍蝇很多"),
}


def invented() -> list[Labelled]:
    """Reports of lamps, noise and rubbish, each at a dozen places, with their label."""
    rows = [(label, f"{where}{said}") for label, told in _SAID.items() for said in told for where in _WHERE]
    return [Labelled(plain(text), label, f"invented {number}", "invented") for number, (label, text) in enumerate(rows)]


def invented_weights(classes: dict[str, list[str]]) -> Weights:
    """Learnt from them; `classes` says which codes each label stands for."""
    from shequtong.triage.training import train

    weights = train(invented(), classes, now=NOON)
    return replace(weights, about=replace(weights.about, calibration=(4.0, -1.5)))  # so few tell nothing of certainty


@contextmanager
def suggesting(folder: Path, weights: Weights) -> Iterator[Path]:
    """Every process of this test suggests by these weights, as if `triage_train` had just put them there."""
    path = folder / "weights.bin"
    write_weights(path, weights)
    with patch("shequtong.triage.model.model_path", lambda: path):
        forget_weights()
        yield path
    forget_weights()
