"""Training and measuring (训练与评估), with scikit-learn: imported by commands alone, never by a process that answers requests.

Grams of one to three characters, weighed by TF-IDF (sublinear), and a linear support vector machine; folds keep near-duplicates together.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.svm import LinearSVC

from shequtong.triage.grams import LONGEST, key_of
from shequtong.triage.labelled import Labelled
from shequtong.triage.weights import About, Weights

SEED, FOLDS = 20251122, 5
SAME = 0.8  # cosine of grams of two and three characters from which two texts are near-duplicates
GRAMS = 100_000  # kept at most, the commonest first
_FEWEST = 2 * FOLDS  # messages of a label; fewer teach nothing and cannot be measured
_ROWS_AT_ONCE = 500


class CannotTrain(Exception):  # like every refusal, named for what it says
    """Too few texts or labels; says how many there must be."""


@dataclass(frozen=True)
class Measured:
    """Macro-F1 over labels: a fold each, and their mean; of all rows that were scored and of each file."""

    macro_f1: float
    folds: list[float]
    by_label: dict[str, float]
    by_source: dict[str, dict[str, Any]]
    rows: int
    groups: int
    margins: Any = field(repr=False, default=None)
    right: Any = field(repr=False, default=None)


def enough(rows: Sequence[Labelled]) -> list[Labelled]:
    """Rows of labels that have enough of them. Raises CannotTrain when fewer than two labels are left."""
    told = Counter(label for _ref, label in {(one.ref, one.label) for one in rows})
    kept = [one for one in rows if told[one.label] >= _FEWEST]
    if len({one.label for one in kept}) < 2:
        raise CannotTrain(f"at least two labels with {_FEWEST} texts each are needed")
    return kept


def measure(rows: Sequence[Labelled], scored: frozenset[str] | None = None) -> Measured:
    """Five folds over all rows; `scored` names the files whose rows count, the others only teach."""
    rows = enough(rows)
    texts, labels = _columns(rows)
    groups, counts = together(rows), np.array([scored is None or one.source in scored for one in rows])
    sources = np.array([one.source for one in rows], dtype=object)
    guessed, margins = np.empty(len(rows), dtype=object), np.zeros(len(rows))
    fold_of = np.zeros(len(rows), dtype=int)
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    for fold, (taught, asked) in enumerate(folds.split(texts, labels, groups)):
        grams, machine = _fit(texts[taught], labels[taught])
        scores = _scores(machine, grams.transform(texts[asked]))
        ranked = np.sort(scores, axis=1)
        guessed[asked], margins[asked] = machine.classes_[scores.argmax(axis=1)], ranked[:, -1] - ranked[:, -2]
        fold_of[asked] = fold

    def f1(which: Any) -> list[float]:
        here = [which & (fold_of == fold) for fold in range(FOLDS)]
        return [float(f1_score(labels[at], guessed[at], average="macro", zero_division=0)) for at in here if at.any()]

    names = sorted(set(labels[counts]))
    each = f1_score(labels[counts], guessed[counts], average=None, labels=names, zero_division=0)
    by_source = {
        name: {
            "rows": int((sources == name).sum()),
            "macro_f1": float(np.mean(f1(sources == name))),
            "folds": f1(sources == name),
        }
        for name in sorted(set(sources[counts]))
    }
    return Measured(
        float(np.mean(f1(counts))),
        f1(counts),
        dict(zip(names, map(float, each), strict=True)),
        by_source,
        int(counts.sum()),
        len(set(groups)),
        margins[counts],
        (guessed == labels)[counts],
    )


def train(
    rows: Sequence[Labelled], classes: dict[str, list[str]], *, now: datetime, stations: dict[str, list[int]] | None = None
) -> Weights:
    """Weights of all rows, with the certainty that a margin means, learnt from the folds."""
    rows = enough(rows)
    measured = measure(rows)
    texts, labels = _columns(rows)
    grams, machine = _fit(texts, labels)
    coef, intercept = _of_each(machine)
    keys = np.array([key_of(gram) for gram in grams.get_feature_names_out()], dtype=np.uint64)
    order = np.argsort(keys)
    about = About(
        labels=tuple(machine.classes_),
        classes=classes,
        calibration=_calibrated(measured),
        rows=len(rows),
        macro_f1=round(measured.macro_f1, 4),
        trained_at=now.isoformat(timespec="seconds"),
        sources=tuple(sorted({one.source for one in rows})),
    )
    if stations:
        about = replace(about, stations=stations)
    floats = [np.asarray(each, dtype=np.float32) for each in (grams.idf_[order], coef.T[order], intercept)]
    return Weights(about, keys[order], floats[0], floats[1], floats[2])


def together(rows: Sequence[Labelled]) -> Any:
    """A number for each row; near-duplicates and rows of one message have the same, by connected components."""
    parents = list(range(len(rows)))

    def root(one: int) -> int:
        while parents[one] != one:
            parents[one] = parents[parents[one]]
            one = parents[one]
        return one

    def join(one: int, other: int) -> None:
        first, second = sorted((root(one), root(other)))
        parents[second] = first

    firsts: dict[str, int] = {}
    for place, one in enumerate(rows):
        join(place, firsts.setdefault(one.ref, place))
    near = TfidfVectorizer(analyzer="char", lowercase=False, ngram_range=(2, 3), min_df=2, dtype=np.float32)
    matrix = near.fit_transform([one.text for one in rows])
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        found = (matrix[start : start + _ROWS_AT_ONCE] @ matrix.T).tocoo()
        close = found.data > SAME
        for one, other in zip(found.row[close], found.col[close], strict=True):
            join(int(one) + start, int(other))
    return np.array([root(place) for place in range(len(rows))])


def _columns(rows: Sequence[Labelled]) -> tuple[Any, Any]:
    texts, labels = np.empty(len(rows), dtype=object), np.empty(len(rows), dtype=object)
    texts[:], labels[:] = [one.text for one in rows], [one.label for one in rows]
    return texts, labels


def _fit(texts: Any, labels: Any) -> tuple[Any, Any]:
    grams = TfidfVectorizer(
        analyzer="char",
        lowercase=False,
        ngram_range=(1, LONGEST),
        min_df=2,
        sublinear_tf=True,
        max_features=GRAMS,
        dtype=np.float32,
    )
    machine = LinearSVC(C=0.5, class_weight="balanced", random_state=SEED)
    machine.fit(grams.fit_transform(texts), labels)
    return grams, machine


def _scores(machine: Any, matrix: Any) -> Any:
    scores = machine.decision_function(matrix)
    return scores if scores.ndim == 2 else np.column_stack([-scores, scores])


def _of_each(machine: Any) -> tuple[Any, Any]:
    """A column of weights for each label; of two labels scikit-learn keeps one."""
    if len(machine.classes_) > 2:
        return machine.coef_, machine.intercept_
    return np.vstack([-machine.coef_, machine.coef_]), np.concatenate([-machine.intercept_, machine.intercept_])


def _calibrated(measured: Measured) -> tuple[float, float]:
    """How often a first guess with such a margin was right, as a logistic curve (Platt)."""
    if measured.right.all() or not measured.right.any():
        return 1.0, 0.0
    curve = LogisticRegression(C=1e6).fit(measured.margins.reshape(-1, 1), measured.right)
    return float(curve.coef_[0][0]), float(curve.intercept_[0])
