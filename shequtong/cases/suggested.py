"""A class suggested from the words of a report (分类建议): the likeliest, the words that led to it, and whether that is certain enough.

Nothing is ever chosen by it. Without trained weights (`manage.py triage_train`) there is no suggestion, and every page works as it did.
"""

from dataclasses import dataclass

from shequtong.cases.catalogue import Class, open_classes
from shequtong.organizations.stations import StationRef, directory, nearest_station
from shequtong.triage.grams import plain
from shequtong.triage.model import weights_in_use
from shequtong.triage.predicting import predict
from shequtong.triage.weights import Weights

SHORTEST = 6  # characters; of fewer nothing can be said
CERTAIN = 0.6  # below it, the two nearest are named as uncertain
LEAST = 0.4  # below it none is: Amsterdam's Signalen, too, leaves what is less certain to people
_MOST = 3  # classes of one label


@dataclass(frozen=True)
class Suggested:
    """`classes`: what is likely; several where a label stands for several, two where it is not certain, none where nobody can tell."""

    classes: tuple[Class, ...]
    certain: bool
    words: tuple[str, ...]
    percent: int

    @property
    def first(self) -> Class | None:
        """The likeliest."""
        return self.classes[0] if self.classes else None


def suggests() -> bool:
    """Whether anything was trained. No statement."""
    return weights_in_use() is not None


@dataclass(frozen=True)
class Learnt:
    """What the weights in use were trained on, as the page of standards tells it."""

    day: str
    rows: int
    percent: int  # macro-F1 of the folds


def learnt() -> Learnt | None:
    """None where nothing was trained."""
    weights = weights_in_use()
    return Learnt(weights.about.trained_at[:10], weights.about.rows, round(100 * weights.about.macro_f1)) if weights else None


def suggest(text: str, *, for_residents: bool = False) -> Suggested | None:
    """What `text` is probably about; None without weights, or for a text too short to say. No statement, about a millisecond."""
    weights = weights_in_use()
    if weights is None or len(plain(text)) < SHORTEST:
        return None
    found = predict(weights, text)
    if found is None:
        return Suggested((), False, (), 0)
    offered = {one.code: one for one in open_classes(for_residents=for_residents)}
    ranked = [_classes_of(weights, label, offered) for label, _score in found.ranking]
    percent = round(100 * found.certainty)
    if found.certainty < LEAST or not ranked[0]:
        return Suggested((), False, found.words, percent)
    if found.certainty < CERTAIN:
        return Suggested(tuple(codes[0] for codes in ranked if codes)[:2], False, found.words, percent)
    return Suggested(ranked[0], True, found.words, percent)


def _classes_of(weights: Weights, label: str, offered: dict[str, Class]) -> tuple[Class, ...]:
    """The classes a label stands for, as far as they can be chosen here."""
    return tuple(offered[code] for code in weights.about.classes.get(label, ()) if code in offered)[:_MOST]


def leading_station(kind: Class, path: str) -> StationRef | None:
    """Who would lead it at this place: the duty list's agency; without one, the station that led most closed cases of the class there."""
    if kind.lead_agency is not None:
        return nearest_station(kind.lead_agency, path)
    weights, known = weights_in_use(), directory().by_id
    led = weights.about.stations.get(kind.code, ()) if weights else ()
    return next((known[one] for one in led if one in known and not known[one].ended and path.startswith(known[one].path)), None)
