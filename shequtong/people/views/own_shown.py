"""What is held of a person, group by group with purpose and basis (本人数据展示): masked, or in clear once that is allowed."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shequtong.audit.models import SecurityEvent
from shequtong.core.sealed import Sealed
from shequtong.people import codes
from shequtong.people.bases import BASES, Basis, basis_of
from shequtong.people.facts import CODE, FACT_OF, PERSON, Fact
from shequtong.people.lookups.held_of import LOOKS, consents_of, lists_over, looks_at
from shequtong.people.lookups.one_person import PersonOn
from shequtong.people.models import Consent, Person, RightsRequest
from shequtong.people.shown import fact_text, room_text

_OFFICE = frozenset({"reading", "remarks"})  # kept by staff for finding and noting: nobody misses them


def groups_of(known: PersonOn, consents: dict[str, Consent], *, clear: bool = False) -> list[dict[str, Any]]:
    """Each group that holds something, and each that rests on consent. No statement."""
    lines: dict[str, list[dict[str, Any]]] = {}
    for fact in PERSON:
        _line(lines, "", fact, known.facts[fact.name], clear)
    for name, row in known.sets.items():
        for fact in FACT_OF[name].values():
            _line(lines, name, fact, getattr(row, fact.name), clear)
    found = []
    for basis in BASES:
        if basis.group in lines or basis.set_name in known.sets or basis.consent:
            found.append({"basis": basis, "lines": lines.get(basis.group, []), "consent": _consent(basis, consents)})
    return found


def missing(known: PersonOn) -> list[dict[str, Any]]:
    """Facts of the person that are not on record: each may be asked for. Those that rest on consent are decided beside it."""
    empty = [fact for fact in PERSON if not known.facts[fact.name] and not basis_of("", fact.name).consent]
    return [{"what": fact.name, "fact": fact} for fact in empty if fact.name not in _OFFICE]


def _line(lines: dict[str, list[dict[str, Any]]], set_name: str, fact: Fact, value: Any, clear: bool) -> None:
    if fact.kind == CODE and fact.name == "sex" and value == "0":
        return
    text = value.reveal() if clear and isinstance(value, Sealed) else fact_text(fact, value)
    if text:
        what = f"{set_name}.{fact.name}" if set_name else fact.name
        lines.setdefault(basis_of(set_name, fact.name).group, []).append({"what": what, "fact": fact, "text": text})


def _consent(basis: Basis, consents: dict[str, Consent]) -> dict[str, Any] | None:
    if not basis.consent:
        return None
    row = consents.get(basis.group)
    return {"row": row, "stands": row is not None and row.withdrawn_at is None, "refused": row is not None and row.withdrawn_at}


def look_line(event: SecurityEvent, own_account: int | None = None) -> dict[str, Any]:
    """One look as the person reads it: when, from which post, at what, why; no name of staff."""
    if own_account is not None and event.account_id == own_account:
        who = _("You yourself")
    else:
        who = str(event.facts.get("post") or _("Staff"))
    return {"at": event.at, "who": who, "what": _looked_at(event.what), "why": event.reason}


def looks_of(person: Person, own_account: int | None, most: int = LOOKS) -> list[dict[str, Any]]:
    """Who saw protected values of a person, the latest first: single looks, and lists in clear that may name them. Two statements."""
    lines = [look_line(event, own_account) for event in looks_at(person, most)]
    words = _("A list in clear that may name you (%(n)s persons)")
    for one in lists_over(person):
        lines.append(
            {"at": one.asked_at, "who": one.asked_post or _("Staff"), "what": words % {"n": one.count}, "why": one.reason}
        )
    return sorted(lines, key=lambda line: line["at"], reverse=True)


def _looked_at(what: str) -> str:
    parts = what.split(".")
    if parts[:2] == ["people", "own"] or what == "people.export" or len(parts) != 3:
        return _("All that is held")
    fact = FACT_OF.get("" if parts[1] == "person" else parts[1], {}).get(parts[2])
    return str(fact.label) if fact else _("All that is held")


def proposed_text(request: RightsRequest) -> str:
    """What a correction proposes, in clear and in words: for who decides, and for who asked."""
    if not request.proposed:
        return ""
    set_name, _dot, name = request.fact.rpartition(".")
    value = json.loads(request.proposed.reveal())
    if value in ("", None):
        return _("(to be emptied)")
    fact = FACT_OF[set_name][name]
    return str(value) if fact.sealed else fact_text(fact, value)


def kept_until() -> list[str]:
    """How long the record is kept, in sentences."""
    return [
        _("As long as you live, are registered or own a home here."),
        _("%(time)s after you moved away.") % {"time": _long(settings.PEOPLE_KEEP_MOVED_DAYS)},
        _("%(time)s after a death.") % {"time": _long(settings.PEOPLE_KEEP_DIED_DAYS)},
    ]


def _long(days: int) -> str:
    """Whole years as years: 1,095 days are told as three years."""
    years, rest = divmod(days, 365)
    if years and not rest:
        return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def changes_of(known: PersonOn) -> list[dict[str, Any]]:
    """What was changed and when; not what it said."""
    found = []
    for row in known.past:
        names = [str(FACT_OF[""][name].label) for name in json.loads(row.state.reveal()) if name in FACT_OF[""]]
        if names:
            found.append({"at": row.replaced_at, "facts": names, "mistaken": row.mistaken})
    return found


def whole_copy(person: Person, known: PersonOn, looks: list[dict[str, Any]], now: datetime) -> dict[str, Any]:
    """All that is held as a document of plain values (复制权): what a person may take with them."""
    groups = []
    for group in groups_of(known, consents_of(person), clear=True):
        basis = group["basis"]
        held = {line["what"]: {"label": str(line["fact"].label), "value": line["text"]} for line in group["lines"]}
        groups.append({"group": str(basis.label), "purpose": str(basis.purpose), "basis": str(basis.law), "held": held})
    homes = [
        {"home": room_text(one.room), "as": str(one.get_kind_display()), "since": str(one.valid_from or "")}
        for one in known.residences
    ]
    relation = codes.word("relation", known.membership.relation) if known.membership else ""
    past = [{"until": str(row.valid_to), "was": json.loads(row.state.reveal())} for row in known.past]
    looked = [{**line, "at": timezone.localtime(line["at"]).isoformat(timespec="minutes")} for line in looks]
    return {
        "made_at": timezone.localtime(now).isoformat(timespec="minutes"),
        "groups": groups,
        "homes": homes,
        "relation_to_head": relation,
        "past": past,
        "looked_at": looked,
    }
