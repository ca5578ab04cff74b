"""Special care in one's own record (本人查看限制查阅档案): that it is held, on which basis, who looked; what it says only in full, after one's document.

On the masked page neither kind nor law nor anybody's reason stands: each would tell whoever else reads the screen (decision 0025).
"""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shequtong.audit.models import SecurityEvent
from shequtong.people.care_facts import LAW_OF, WITHHELD
from shequtong.people.lookups.care import OF_PERSON, OVER, held_of, looks_at_care, opened
from shequtong.people.models import CareRecord, Person
from shequtong.people.shown import fact_text

_LOOKS = 50
_LOOKED: dict[str, str | Promise] = {
    OF_PERSON: gettext_lazy("Whether there is a restricted record"),
    OVER: gettext_lazy("A list of restricted records that may name you"),
}


def care_masked(person: Person) -> dict[str, Any]:
    """That something is held since when, and who looked; nothing where nothing is. One statement, three where something is held."""
    records = held_of(person)
    if not records:
        return {}
    return {
        "n": len(records),
        "since": min(one.recorded_at for one in records),
        "looks": care_looks(person, records, why=False),
    }


def care_in_full(person: Person) -> dict[str, Any]:
    """Each record with its kind, law and facts, without what staff judge and plan; and who looked, why. Four statements, one where nothing is held."""
    records = held_of(person)
    return {"records": _opened(records), "looks": care_looks(person, records, why=True)} if records else {}


def care_copy(person: Person) -> list[dict[str, Any]]:
    """The same as plain values."""
    return [
        {
            "kind": str(one["label"]),
            "basis": str(one["law"]),
            "since": one["since"].isoformat() if one["since"] else "",
            "ended": one["ended"].isoformat() if one["ended"] else "",
            "facts": {str(label): text for label, text in one["lines"]},
            "withheld": str(WITHHELD_WORDS),
        }
        for one in _opened(held_of(person))
    ]


WITHHELD_WORDS = gettext_lazy(
    "Assessments, plans of visits and notes of staff are not shown here: they may name who told something, or undo what the law charges the"
    " office with (Personal Information Protection Law, article 35). Ask for them at the window of your subdistrict; you are told why if they"
    " are refused."
)


def _opened(records: Sequence[CareRecord]) -> list[dict[str, Any]]:
    found = []
    for one in opened(records):
        lines = [
            (fact.label, fact_text(fact, one.facts.get(fact.name))) for fact in one.kind.all_facts if fact.name not in WITHHELD
        ]
        found.append(
            {
                "label": one.kind.label,
                "law": LAW_OF[one.kind.name],
                "since": one.record.valid_from,
                "ended": one.record.ended_on,
                "lines": [(label, text) for label, text in lines if text],
            }
        )
    return found


def care_looks(person: Person, records: Sequence[CareRecord], *, why: bool) -> list[dict[str, Any]]:
    """Looks as the person reads them: when, from which post, at what; the reason where it may stand."""
    return [_look(one, why=why) for one in looks_at_care(person, records, _LOOKS)]


def _look(event: SecurityEvent, *, why: bool) -> dict[str, Any]:
    what = _LOOKED.get(event.what) or _("A restricted record")
    return {"at": event.at, "who": str(event.facts.get("post") or _("Staff")), "what": what, "why": event.reason if why else ""}
