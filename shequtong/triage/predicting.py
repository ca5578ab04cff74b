"""What a text is about, how sure that is, and which of its words say so (预测). Arithmetic with numpy alone, a fraction of a millisecond."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shequtong.triage.grams import grams_at, plain
from shequtong.triage.weights import Weights

WORDS = 4  # shown at most
_SHORTEST, _LONGEST = 2, 8  # characters of a word that is shown
_CLEAR = 0.35  # of the strongest gram's part: what is weaker is not shown
_LOOKED_AT = 60  # grams

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Prediction:
    """Labels from the likeliest down, with their scores; `certainty` says how often such a first one was right."""

    ranking: tuple[tuple[str, float], ...]
    certainty: float
    words: tuple[str, ...]

    @property
    def label(self) -> str:
        """The likeliest."""
        return self.ranking[0][0]


@dataclass(frozen=True)
class _Seen:
    """The grams of a text that the weights know: where each begins, how long it is, its row and its part of the text's length."""

    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    rows: NDArray[np.int64]  # of the weights, one an occurrence
    parts: Scores  # one an occurrence: the gram's value, shared among its occurrences


def predict(weights: Weights, text: str) -> Prediction | None:
    """None for a text that holds nothing the weights know."""
    said = plain(text)
    seen = _seen(weights, said)
    if seen is None:
        return None
    scores = seen.parts @ weights.coef[seen.rows].astype(np.float64) + weights.intercept
    order = np.argsort(-scores, kind="stable")
    first, second = int(order[0]), int(order[1])
    a, b = weights.about.calibration
    certainty = 1 / (1 + math.exp(-max(-50.0, min(50.0, a * float(scores[first] - scores[second]) + b))))
    ranking = tuple((weights.about.labels[int(one)], float(scores[one])) for one in order)
    return Prediction(ranking, certainty, _words(weights, said, seen, first))


def _seen(weights: Weights, said: str) -> _Seen | None:
    at = grams_at(said)
    if not at or not len(weights.keys):
        return None
    keys = np.concatenate(at)
    starts = np.concatenate([np.arange(len(each)) for each in at])
    lengths = np.concatenate([np.full(len(each), place + 1) for place, each in enumerate(at)])
    rows = np.minimum(np.searchsorted(weights.keys, keys), len(weights.keys) - 1)
    known = weights.keys[rows] == keys
    if not known.any():
        return None
    rows = rows[known]
    distinct, which, counts = np.unique(rows, return_inverse=True, return_counts=True)
    values = (1 + np.log(counts)) * weights.idf[distinct].astype(np.float64)
    values /= np.linalg.norm(values)
    return _Seen(starts[known], lengths[known], rows, (values / counts)[which])


def _words(weights: Weights, said: str, seen: _Seen, first: int) -> tuple[str, ...]:
    """The grams that spoke most for the first label against the others, merged where they overlap, in the order of the text."""
    rows = weights.coef[seen.rows].astype(np.float64)
    told = seen.parts * (rows[:, first] - (rows.sum(axis=1) - rows[:, first]) / max(1, rows.shape[1] - 1))
    told[seen.lengths < _SHORTEST] = 0.0
    spans: list[tuple[int, int]] = []
    for place in np.argsort(-told, kind="stable")[:_LOOKED_AT]:
        begins, ends = int(seen.starts[place]), int(seen.starts[place] + seen.lengths[place])
        if told[place] <= 0 or told[place] < _CLEAR * told.max():
            break
        if said[begins:ends].isalnum():
            spans = _with(spans, begins, ends)
    return tuple(dict.fromkeys(said[begins:ends] for begins, ends in sorted(spans[:WORDS])))


def _with(spans: list[tuple[int, int]], begins: int, ends: int) -> list[tuple[int, int]]:
    """Another span among the others, the strongest first: a new one, or one that grew, unless that would make it too long."""
    for place, (start, end) in enumerate(spans):
        if begins < end and start < ends:
            grown = (min(start, begins), max(end, ends))
            return [*spans[:place], grown, *spans[place + 1 :]] if grown[1] - grown[0] <= _LONGEST else spans
    return [*spans, (begins, ends)]
