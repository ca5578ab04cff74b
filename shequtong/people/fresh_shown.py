"""How fresh what is known is, in words (核实情况): when it was last confirmed, and how often such a home wants to be."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from shequtong.people.facts import FACT_OF
from shequtong.people.freshness import standing
from shequtong.people.models import Home, Person, PersonPast, Source

_CYCLES = {
    "let": gettext_lazy("let homes are due each quarter"),
    "to_let": gettext_lazy("homes to let are due each quarter"),
    "empty": gettext_lazy("empty homes are due each half year"),
    "owned": gettext_lazy("owners are due each year"),
    "other": gettext_lazy("other uses are due each year"),
    "unknown": gettext_lazy("how the home is lived in is not on record"),
}


def freshness_text(state: str, confirmed_on: date | None, today: date) -> str:
    """Confirmed 400 days ago, owners are due each year: 35 days late."""
    found, cycle = standing(state, confirmed_on, today), _CYCLES[state]
    if found.days is None:
        return _("Never confirmed; %(cycle)s") % {"cycle": cycle}
    ago = ngettext("Confirmed %(n)d day ago", "Confirmed %(n)d days ago", found.days) % {"n": found.days}
    if found.days == 0:
        ago = _("Confirmed today")
    if found.late and state != Home.State.UNKNOWN:
        late = ngettext("%(n)d day late", "%(n)d days late", found.late) % {"n": found.late}
        return _("%(ago)s; %(cycle)s: %(late)s") % {"ago": ago, "cycle": cycle, "late": late}
    return _("%(ago)s; %(cycle)s") % {"ago": ago, "cycle": cycle}


def facts_confirmed(person: Person, past: Sequence[tuple[PersonPast, Collection[str]]], today: date) -> list[dict[str, Any]]:
    """Facts that are known otherwise than the row: which, from where, by whom, on which day, how long ago; the latest first.
    `past`: what was replaced, the latest first, with the names of its facts.
    """
    sources, found = dict(Source.choices), []
    by: dict[str, str] = {}
    entered = person.recorded_by
    for row, names in past:  # who entered what replaced a row entered the row after it
        for name in names:
            by.setdefault(name, entered)
        entered = row.recorded_by
    for name, (source, day) in person.origins.items():
        if name in FACT_OF[""]:
            days = (today - date.fromisoformat(day)).days
            ago = ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days} if days else _("today")
            one = {"label": FACT_OF[""][name].label, "source": sources.get(source, source), "by": by.get(name, ""), "day": day}
            found.append({**one, "ago": ago})
    return sorted(found, key=lambda one: str(one["day"]), reverse=True)
