"""The sentences of the rules (依据句子), by what was asked and which rule answered."""

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from shequtong.cases.routed_shown.names import agency, channel, kind, moment, station, unit, version
from shequtong.cases.shown import held_words, limit_words, stage_badge
from shequtong.core.clock import ClockKind, Limit

Said = Callable[[Mapping[str, Any], ZoneInfo], str]


def _place(words: Promise) -> Said:
    def say(values: Mapping[str, Any], _zone: ZoneInfo) -> str:
        lon, lat = values.get("point", (0, 0))
        return str(words) % {"unit": unit(values["unit"]), "lon": f"{lon:.6f}", "lat": f"{lat:.6f}"}

    return say


def _stage(words: Promise) -> Said:
    def say(values: Mapping[str, Any], _zone: ZoneInfo) -> str:
        told = {"stage": stage_badge(values["stage"]).label, "channel": channel(values["channel"]), "flow": version(values)}
        return str(words) % told

    return say


def _matched(values: Mapping[str, Any], _zone: ZoneInfo) -> str:
    return _("Somebody looks first: %(why)s") % {"why": " ".join(held_words(values["matched"]))}


def _duty_list(values: Mapping[str, Any], _zone: ZoneInfo) -> str:
    who, basis = agency(values["class"], values["agency"])
    told = {"kind": kind(values["class"]), "agency": who, "basis": basis, "station": station(values["proposed"])}
    words = (
        _("By the duty list %(agency)s leads on “%(kind)s” (%(basis)s); its station nearest to the place is %(station)s.")
        if basis
        else _("By the duty list %(agency)s leads on “%(kind)s”; its station nearest to the place is %(station)s.")
    )
    return words % told + _otherwise(values)


def _no_station(values: Mapping[str, Any], _zone: ZoneInfo) -> str:
    who, _basis = agency(values["class"], values["agency"])
    told = {"kind": kind(values["class"]), "agency": who}
    return _("By the duty list %(agency)s leads on “%(kind)s”, but it has no station for this place.") % told + _otherwise(values)


def _no_duty(values: Mapping[str, Any], _zone: ZoneInfo) -> str:
    return _("The duty list names nobody who leads on “%(kind)s”.") % {"kind": kind(values["class"])} + _otherwise(values)


def _otherwise(values: Mapping[str, Any]) -> str:
    """What the dispatcher did with the proposal."""
    named, proposed = values.get("named"), values.get("proposed")
    if named is None or named == proposed:
        return ""
    return " " + _("The dispatcher named %(station)s.") % {"station": station(named)}


def _take_back(values: Mapping[str, Any], zone: ZoneInfo) -> str:
    limit = Limit.of_minutes(values["minutes"], ClockKind(values["kind"]))
    told = {"since": moment(values, "since", zone), "until": moment(values, "until", zone), "flow": version(values)}
    told["limit"] = limit_words(limit)
    return _("Dispatched %(since)s, to be accepted within %(limit)s, by %(until)s (%(flow)s); nobody did.") % told


def _auto_close(values: Mapping[str, Any], zone: ZoneInfo) -> str:
    told = {"since": moment(values, "since", zone), "until": moment(values, "until", zone), "flow": version(values)}
    days = ngettext("%(n)d day", "%(n)d days", values["days"]) % {"n": values["days"]}
    return _("Answered %(since)s; nobody closed it within %(days)s, until %(until)s (%(flow)s).") % {**told, "days": days}


def _resume(values: Mapping[str, Any], zone: ZoneInfo) -> str:
    return _("The pause was to last until %(until)s.") % {"until": moment(values, "until", zone)}


def _remind(values: Mapping[str, Any], zone: ZoneInfo) -> str:
    told = {"until": moment(values, "until", zone), "due": moment(values, "due", zone)}
    return _("A reminder was due %(until)s; the limit ends %(due)s.") % told


def _escalate(values: Mapping[str, Any], zone: ZoneInfo) -> str:
    told = {"level": values["level"], "n": values["hours"], "due": moment(values, "due", zone), "flow": version(values)}
    words = ngettext(
        "The limit ended %(due)s; level %(level)d is told %(n)d hour after that (%(flow)s).",
        "The limit ended %(due)s; level %(level)d is told %(n)d hours after that (%(flow)s).",
        values["hours"],
    )
    return words % told


def _plain(words: Promise) -> Said:
    return lambda values, _zone: str(words) % {"channel": channel(str(values.get("channel", "")))}


def _words(values: Mapping[str, Any], _zone: ZoneInfo) -> str:
    return _no_class(values) + _("Its words name “%(kind)s”; whoever takes it in decides.") % {"kind": kind(values["class"])}


def _unknown(values: Mapping[str, Any], _zone: ZoneInfo) -> str:
    return _no_class(values) + _("Its words name no class; whoever takes it in chooses one.")


def _no_class(values: Mapping[str, Any]) -> str:
    given = values.get("no_class", "")
    return _("There is no class “%(given)s”. ") % {"given": given} if given else ""


def _model(values: Mapping[str, Any], _zone: ZoneInfo) -> str:
    told = {"kind": kind(values["class"]), "percent": values["percent"], "words": "、".join(values.get("words", ()))}
    if not told["words"]:  # of what is kept with a case no word is
        return _("Learnt from earlier reports: “%(kind)s”, %(percent)d %% certain.") % told
    return _no_class(values) + _("Learnt from earlier reports: “%(kind)s”, %(percent)d %% certain, because of %(words)s.") % told


def _most_told(values: Mapping[str, Any], _zone: ZoneInfo) -> str:
    return _("Its words name no class; “%(kind)s” is what is told most there, a guess.") % {"kind": kind(values["class"])}


def _unsure(values: Mapping[str, Any], _zone: ZoneInfo) -> str:
    told = {"percent": values["percent"]}
    return _no_class(values) + _("What was learnt from earlier reports is not certain enough here (%(percent)d %%).") % told


def _named_class(values: Mapping[str, Any], _zone: ZoneInfo) -> str:
    return _("It was given: %(kind)s.") % {"kind": kind(values["class"])}


SAID: dict[tuple[str, str], Said] = {
    ("class", "given"): _named_class,
    ("class", "model"): _model,
    ("class", "most_told"): _most_told,
    ("class", "unsure"): _unsure,
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
