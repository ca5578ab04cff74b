"""Why a case went where it went, in words (流转依据说明): a sentence a finding of routing.py, and one for each thing passed over. No statement."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from shequtong.cases.models import Step
from shequtong.cases.routed_shown.names import kind, station, unit
from shequtong.cases.routed_shown.sentences import SAID
from shequtong.cases.routing import Finding, Passed, read_back
from shequtong.core.places import place

__all__ = ["Told", "in_words", "why_told"]

_ASKED = {
    "class": pgettext_lazy("routing", "What it is about"),
    "place": pgettext_lazy("routing", "Where it lies"),
    "screening": pgettext_lazy("routing", "Looked at first or not"),
    "stage": pgettext_lazy("routing", "Where it goes first"),
    "station": pgettext_lazy("routing", "Who is proposed"),
    "clock": pgettext_lazy("routing", "What time did"),
}
_RULES = {  # of screening, as what was looked at and found nothing
    "anonymous": gettext_lazy("nobody says who told it"),
    "insult": gettext_lazy("words that insult"),
    "private": gettext_lazy("private data of others"),
    "blocked": gettext_lazy("a sender looked at first"),
}


@dataclass(frozen=True)
class Told:
    """A finding in words: what was asked, the sentence, and what else was looked at, each with its reason."""

    asked: str
    sentence: str
    passed: list[str]


def why_told(step: Step) -> list[Told]:
    """What a step keeps of why it was made, in words; empty for what people decided."""
    return [in_words(one, place(step.subdistrict_id).zone) for one in read_back(step.details)]


def in_words(found: Finding, zone: ZoneInfo) -> Told:
    """One finding. A rule that this version does not know (kept by a later one) is named by its key."""
    say = SAID.get((found.asked, found.rule))
    sentence = say(found.values, zone) if say else f"{found.asked}: {found.rule}"
    return Told(str(_ASKED.get(found.asked, found.asked)), sentence, [_passed(one) for one in found.passed])


_BECAUSE = {
    "larger": gettext_lazy("%(what)s: around it, and larger"),
    "serves_larger": gettext_lazy("%(what)s: serves a larger area around the place"),
    "serves_elsewhere": gettext_lazy("%(what)s: serves another place"),
    "assists": gettext_lazy("%(what)s: assists by the duty list"),
    "less_likely": gettext_lazy("%(what)s: less likely"),
    "no_match": gettext_lazy("%(what)s: not found"),
}


def _passed(one: Passed) -> str:
    if one.kind == "level":
        hours = int(one.because.removeprefix("after_").removesuffix("_hours"))
        words = ngettext("Level %(level)s: only after %(n)d hour", "Level %(level)s: only after %(n)d hours", hours)
        return words % {"level": one.key, "n": hours}
    names: dict[str, Callable[[Any], str]] = {
        "unit": unit,
        "station": station,
        "class": kind,
        "rule": lambda key: str(_RULES.get(key, key)),
    }
    what = names[one.kind](one.key) if one.kind in names else str(one.key)
    return str(_BECAUSE[one.because]) % {"what": what} if one.because in _BECAUSE else what
