"""The file of weights: what is read is what was written, it guesses as scikit-learn does, and nothing damaged is believed."""

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from shequtong.testing.apart import apart
from shequtong.triage import training
from shequtong.triage.model import forget_weights, weights_in_use
from shequtong.triage.predicting import predict
from shequtong.triage.testing import NOON, invented, invented_weights, suggesting
from shequtong.triage.weights import BadWeights, Weights, read_weights, write_weights

CLASSES = {"lamp": ["L04"], "noise": ["L05", "L06"], "rubbish": []}


@pytest.fixture(scope="module")
def weights() -> Weights:
    return invented_weights(CLASSES)


def test_what_is_read_is_what_was_written(weights: Weights, tmp_path: Path) -> None:
    write_weights(tmp_path / "a" / "w.bin", weights)
    read = read_weights(tmp_path / "a" / "w.bin")
    assert read.about == weights.about
    for name in ("keys", "idf", "coef", "intercept"):
        assert np.array_equal(getattr(read, name), getattr(weights, name)), name
    assert (tmp_path / "a" / "w.bin").stat().st_mode & 0o077 == 0  # grams of what people wrote


def test_it_guesses_as_scikit_learn_does(weights: Weights) -> None:
    rows = invented()
    texts, labels = training._columns(rows)
    grams, machine = training._fit(texts, labels)
    scores = machine.decision_function(grams.transform(texts))
    for row, theirs in zip(rows, scores, strict=True):
        found = predict(weights, row.text)
        assert found is not None
        ours = dict(found.ranking)
        assert np.allclose([ours[label] for label in machine.classes_], theirs, atol=1e-4)
        assert found.label == machine.classes_[theirs.argmax()]


def test_two_labels_guess_as_scikit_learn_does() -> None:
    rows = [row for row in invented() if row.label != "rubbish"]
    texts, labels = training._columns(rows)
    grams, machine = training._fit(texts, labels)
    weights = training.train(rows, CLASSES, now=NOON)
    for row, side in zip(rows, machine.decision_function(grams.transform(texts)), strict=True):
        found = predict(weights, row.text)
        assert found is not None
        assert found.label == machine.classes_[int(side > 0)]


def test_the_words_that_led_to_it(weights: Weights) -> None:
    found = predict(weights, "你好，我们小区门口的路灯最近一直不亮，麻烦看看")
    assert found is not None
    assert found.label == "lamp"
    assert any("路灯" in word for word in found.words)
    assert not any("你好" in word for word in found.words)
    assert predict(weights, "") is None
    assert predict(weights, "ΩΩΩ") is None  # nothing it knows


@pytest.mark.parametrize("damage", ["byte", "short", "version", "other", "header", "key", "class"])
def test_nothing_damaged_is_believed(weights: Weights, tmp_path: Path, damage: str) -> None:
    with suggesting(tmp_path, weights) as path:
        assert weights_in_use() is not None
        raw = bytearray(path.read_bytes())
        if damage == "byte":
            raw[-5] ^= 1
        elif damage == "short":
            raw = raw[:-64]
        elif damage == "version":
            raw = bytearray(bytes(raw).replace(b'"version": 2', b'"version": 9'))
        elif damage == "key":
            raw = bytearray(bytes(raw).replace(b'"stations"', b'"stationz"', 1))
        elif damage == "class":  # it can still be read, and would suggest another class
            assert b'"L04"' in raw
            raw = bytearray(bytes(raw).replace(b'"L04"', b'"L05"', 1))
        elif damage == "header":
            raw[20] = 0xFF
        else:
            raw[:4] = b"\x80\x04\x95K"  # what a pickle begins with
        path.write_bytes(raw)
        with pytest.raises(BadWeights):
            read_weights(path)
        forget_weights()
        assert weights_in_use() is None


def test_new_weights_are_seen_and_none_are_none(weights: Weights, tmp_path: Path) -> None:
    with suggesting(tmp_path, weights) as path:
        assert weights_in_use() is not None
        path.unlink()
        forget_weights()
        assert weights_in_use() is None


def test_a_guess_takes_less_than_ten_milliseconds(weights: Weights) -> None:
    text = "".join(row.text for row in invented())[:5000]
    predict(weights, text)
    times = []
    for _each in range(9):
        begun = time.perf_counter()
        predict(weights, text)
        times.append(time.perf_counter() - begun)
    assert min(times) < 0.010


def test_who_answers_requests_never_learns(tmp_path: Path) -> None:
    """All addresses and the worker's jobs are loaded without scikit-learn."""
    asked = "import sys, shequtong.config.wsgi; from django.urls import get_resolver; get_resolver().url_patterns;"
    asked += "import shequtong.config.worker; print(sorted(m for m in sys.modules if m.split('.')[0] in ('sklearn', 'scipy', 'pyarrow')))"
    with apart(tmp_path) as environment:
        done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False, env=environment)
    assert done.stdout.strip() == "[]", done.stderr
