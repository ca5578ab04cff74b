"""Why a case went where it went, in words (流转依据说明): a sentence a finding of routing.py, and one for each thing passed over. No statement."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case, Step
from shequtong.cases.routing import Finding, Passed, read_back
from shequtong.cases.shown import class_name, held_words, limit_words, place_name, stage_badge, station_name
from shequtong.core.clock import ClockKind, Limit, wording
from shequtong.core.places import place
from shequtong.organizations.stations import directory
from shequtong.territory.units import tree

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
    say = _SAID.get((found.asked, found.rule))
    sentence = say(found.values, zone) if say else f"{found.asked}: {found.rule}"
    return Told(str(_ASKED.get(found.asked, found.asked)), sentence, [_passed(one) for one in found.passed])


def _unit(unit_id: int) -> str:
    found = tree().by_id.get(unit_id)
    return (place_name(found.path) or found.name) if found else "—"


def _station(station_id: int | None) -> str:
    found = directory().by_id.get(station_id or 0)
    return station_name(found) if found else "—"


def _class(class_id: int) -> str:
    found = catalogue().classes.get(class_id)
    return class_name(found) if found else "—"


def _agency(class_id: int, agency_id: int) -> tuple[str, str]:
    """The agency's name, and on what basis it is on the duty list."""
    name = next((one.agency_name for one in directory().by_id.values() if one.agency_id == agency_id), "—")
    kind = catalogue().classes.get(class_id)
    return name, kind.bases.get(agency_id, "") if kind else ""


def _channel(channel: str) -> str:
    return str(Case.Channel(channel).label) if channel in Case.Channel.values else channel


def _version(values: Mapping[str, Any]) -> str:
    n = values.get("flow", 0)
    return _("flow of this subdistrict, version %(n)d") % {"n": n} if n else _("the flow that holds everywhere")


def _moment(values: Mapping[str, Any], name: str, zone: ZoneInfo) -> str:
    told = values.get(name)
    return wording.moment_text(datetime.fromisoformat(told), zone) if told else "—"


Said = Callable[[Mapping[str, Any], ZoneInfo], str]


def _place(words: Promise) -> Said:
    def say(values: Mapping[str, Any], _zone: ZoneInfo) -> str:
        lon, lat = values.get("point", (0, 0))
        return str(words) % {"unit": _unit(values["unit"]), "lon": f"{lon:.6f}", "lat": f"{lat:.6f}"}

    return say


def _stage(words: Promise) -> Said:
    def say(values: Mapping[str, Any], _zone: ZoneInfo) -> str:
        told = {"stage": stage_badge(values["stage"]).label, "channel": _channel(values["channel"]), "flow": _version(values)}
        return str(words) % told

    return say


def _matched(values: Mapping[str, Any], _zone: ZoneInfo) -> str:
    return _("Somebody looks first: %(why)s") % {"why": " ".join(held_words(values["matched"]))}


def _duty_list(values: Mapping[str, Any], _zone: ZoneInfo) -> str:
    agency, basis = _agency(values["class"], values["agency"])
    told = {"kind": _class(values["class"]), "agency": agency, "basis": basis, "station": _station(values["proposed"])}
    words = (
        _("By the duty list %(agency)s leads on “%(kind)s” (%(basis)s); its station nearest to the place is %(station)s.")
        if basis
        else _("By the duty list %(agency)s leads on “%(kind)s”; its station nearest to the place is %(station)s.")
    )
    return words % told + _otherwise(values)


def _no_station(values: Mapping[str, Any], _zone: ZoneInfo) -> str:
    agency, _basis = _agency(values["class"], values["agency"])
    told = {"kind": _class(values["class"]), "agency": agency}
    return _("By the duty list %(agency)s leads on “%(kind)s”, but it has no station for this place.") % told + _otherwise(values)


def _no_duty(values: Mapping[str, Any], _zone: ZoneInfo) -> str:
    return _("The duty list names nobody who leads on “%(kind)s”.") % {"kind": _class(values["class"])} + _otherwise(values)


def _otherwise(values: Mapping[str, Any]) -> str:
    """What the dispatcher did with the proposal."""
    named, proposed = values.get("named"), values.get("proposed")
    if named is None or named == proposed:
        return ""
    return " " + _("The dispatcher named %(station)s.") % {"station": _station(named)}


def _take_back(values: Mapping[str, Any], zone: ZoneInfo) -> str:
    limit = Limit.of_minutes(values["minutes"], ClockKind(values["kind"]))
    told = {"since": _moment(values, "since", zone), "until": _moment(values, "until", zone), "flow": _version(values)}
    told["limit"] = limit_words(limit)
    return _("Dispatched %(since)s, to be accepted within %(limit)s, by %(until)s (%(flow)s); nobody did.") % told


def _auto_close(values: Mapping[str, Any], zone: ZoneInfo) -> str:
    told = {"since": _moment(values, "since", zone), "until": _moment(values, "until", zone), "flow": _version(values)}
    days = ngettext("%(n)d day", "%(n)d days", values["days"]) % {"n": values["days"]}
    return _("Answered %(since)s; nobody closed it within %(days)s, until %(until)s (%(flow)s).") % {**told, "days": days}


def _resume(values: Mapping[str, Any], zone: ZoneInfo) -> str:
    return _("The pause was to last until %(until)s.") % {"until": _moment(values, "until", zone)}


def _remind(values: Mapping[str, Any], zone: ZoneInfo) -> str:
    told = {"until": _moment(values, "until", zone), "due": _moment(values, "due", zone)}
    return _("A reminder was due %(until)s; the limit ends %(due)s.") % told


def _escalate(values: Mapping[str, Any], zone: ZoneInfo) -> str:
    told = {"level": values["level"], "n": values["hours"], "due": _moment(values, "due", zone), "flow": _version(values)}
    words = ngettext(
        "The limit ended %(due)s; level %(level)d is told %(n)d hour after that (%(flow)s).",
        "The limit ended %(due)s; level %(level)d is told %(n)d hours after that (%(flow)s).",
        values["hours"],
    )
    return words % told


def _plain(words: Promise) -> Said:
    return lambda values, _zone: str(words) % {"channel": _channel(str(values.get("channel", "")))}


def _words(values: Mapping[str, Any], _zone: ZoneInfo) -> str:
    return _no_class(values) + _("Its words name “%(kind)s”; whoever takes it in decides.") % {"kind": _class(values["class"])}


def _unknown(values: Mapping[str, Any], _zone: ZoneInfo) -> str:
    return _no_class(values) + _("Its words name no class; whoever takes it in chooses one.")


def _no_class(values: Mapping[str, Any]) -> str:
    given = values.get("no_class", "")
    return _("There is no class “%(given)s”. ") % {"given": given} if given else ""


def _named_class(values: Mapping[str, Any], _zone: ZoneInfo) -> str:
    return _("It was given: %(kind)s.") % {"kind": _class(values["class"])}


_SAID: dict[tuple[str, str], Said] = {
    ("class", "given"): _named_class,
    ("class", "words"): _words,
    ("class", "unknown"): _unknown,
    ("place", "building"): _place(gettext_lazy("The building is entered in %(unit)s.")),
    ("place", "boundary"): _place(gettext_lazy("The point %(lon)s, %(lat)s lies within the boundary of %(unit)s.")),
    ("place", "named"): _place(gettext_lazy("%(unit)s was named.")),
    ("screening", "matched"): _matched,
    ("screening", "nothing"): _plain(gettext_lazy("Nothing asks for a look beforehand.")),
    ("screening", "staff_channel"): _plain(
        gettext_lazy("Not looked at beforehand: it came by way of “%(channel)s”, where staff take it down.")
    ),
    ("stage", "held"): _stage(gettext_lazy("To “%(stage)s”, because it is looked at first.")),
    ("stage", "no_confirmation"): _stage(gettext_lazy("To “%(stage)s”: the standard asks for no look on the spot beforehand.")),
    ("stage", "confirmation"): _stage(
        gettext_lazy(
            "To “%(stage)s”: the standard asks for a look on the spot, and what comes by way of “%(channel)s” is not excepted (%(flow)s)."
        )
    ),
    ("stage", "confirmation_skipped"): _stage(
        gettext_lazy(
            "To “%(stage)s”: the standard asks for a look on the spot, but what comes by way of “%(channel)s” is excepted (%(flow)s)."
        )
    ),
    ("station", "duty_list"): _duty_list,
    ("station", "no_station"): _no_station,
    ("station", "no_duty"): _no_duty,
    ("clock", "take_back"): _take_back,
    ("clock", "auto_close"): _auto_close,
    ("clock", "resume"): _resume,
    ("clock", "remind"): _remind,
    ("clock", "escalate"): _escalate,
}
_BECAUSE = {
    "larger": gettext_lazy("%(what)s: around it, and larger"),
    "serves_larger": gettext_lazy("%(what)s: serves a larger area around the place"),
    "serves_elsewhere": gettext_lazy("%(what)s: serves another place"),
    "assists": gettext_lazy("%(what)s: assists by the duty list"),
    "no_match": gettext_lazy("%(what)s: not found"),
}


def _passed(one: Passed) -> str:
    if one.kind == "level":
        hours = int(one.because.removeprefix("after_").removesuffix("_hours"))
        words = ngettext("Level %(level)s: only after %(n)d hour", "Level %(level)s: only after %(n)d hours", hours)
        return words % {"level": one.key, "n": hours}
    names: dict[str, Callable[[Any], str]] = {"unit": _unit, "station": _station, "rule": lambda key: str(_RULES.get(key, key))}
    what = names[one.kind](one.key) if one.kind in names else str(one.key)
    return str(_BECAUSE[one.because]) % {"what": what} if one.because in _BECAUSE else what
