"""What an event does, in sentences (生活事件的文字): read from its journal, so that what is shown before the button is what the button does."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from shequtong.people import codes
from shequtong.people.facts import FACT_OF, SETS
from shequtong.people.models import Home, LifeEvent, Person
from shequtong.people.shown import about, age_text, fact_text, room_text

_SETS = {kind.model._meta.model_name: kind.label for kind in SETS}
_WITH = {
    "residence": ("person", "room__entrance__building__compound"),
    "membership": ("person",),
    "home": ("room__entrance__building__compound",),
    "accountlink": ("person",),
    "household": (),
    "person": (),
}


def told(event: LifeEvent) -> list[str]:
    """Each thing it changes, once; names are masked. A statement a kind of row."""
    rows = _rows(event)
    names = _names(rows, event.on)
    joined = {rows[_key(line)].person_id for line in event.journal if line["model"] == "membership" and line["did"] == "made"}
    found: list[str] = []
    for line in sorted(event.journal, key=lambda one: one["model"] == "home"):  # doors last: they sum up
        row = rows.get(_key(line))
        if row is not None:
            found += _sentences(line, row, joined, names)
    return list(dict.fromkeys(found))


def _key(line: dict[str, Any]) -> tuple[str, int]:
    return line["model"], line["id"]


def _rows(event: LifeEvent) -> dict[tuple[str, int], Any]:
    wanted: dict[str, set[int]] = {}
    for line in event.journal:
        wanted.setdefault(line["model"], set()).add(line["id"])
    found: dict[tuple[str, int], Any] = {}
    for name, ids in wanted.items():
        model: Any = apps.get_model("people", name)
        rows = model._default_manager.filter(subdistrict=event.subdistrict_id, pk__in=sorted(ids))
        rows = rows.select_related(*related) if (related := _WITH.get(name, ("person",))) else rows
        found |= {(name, row.pk): row for row in rows}
    return found


def _names(rows: dict[tuple[str, int], Any], on: date) -> dict[int, str]:
    """Each person's mask; where several have the same one, with sex and age."""
    found = [row if model == "person" else getattr(row, "person", None) for (model, _id), row in rows.items()]
    persons = {one.pk: one for one in found if one is not None}
    masks = Counter(one.name.masked for one in persons.values())
    return {
        pk: str(one.name.masked)
        if masks[one.name.masked] == 1
        else about(one, codes.word("sex", one.sex) if one.sex in ("1", "2") else "", age_text(one.born_on, on))
        for pk, one in persons.items()
    }


def _sentences(line: dict[str, Any], row: Any, joined: set[int], names: dict[int, str]) -> Iterator[str]:
    model, did = _key(line)[0], line["did"]
    who = names.get(row.pk if model == "person" else getattr(row, "person_id", 0), "")
    if model == "residence":
        yield _residence(row, did, who)
    elif model == "membership":
        yield from _membership(row, did, joined, who)
    elif model == "household":
        yield _("A new household begins.") if did == "made" else _("The household ends.")
    elif model == "person":
        yield from _person(row, did, line["before"], who)
    elif model == "home":
        yield from _home(row, line["before"])
    elif model == "accountlink":
        yield _("%(who)s: the link to an account is revoked.") % {"who": who}
    else:
        yield _("%(who)s: “%(set)s” ends.") % {"who": who, "set": _SETS[model]}


def _residence(row: Any, did: str, who: str) -> str:
    words = {"who": who, "home": room_text(row.room), "kind": row.get_kind_display()}
    if did == "made":
        return (
            _("%(who)s lives at %(home)s: %(kind)s.") if row.lives else _("%(who)s stays on record at %(home)s: %(kind)s.")
        ) % words
    return (_("%(who)s lives no longer at %(home)s.") if row.lives else _("%(who)s: what tied them to %(home)s ends.")) % words


def _membership(row: Any, did: str, joined: set[int], who: str) -> Iterator[str]:
    words = {"who": who, "relation": codes.word("relation", row.relation)}
    if did == "made":
        yield _("%(who)s: in the household as %(relation)s.") % words
    elif row.person_id not in joined:
        yield _("%(who)s belongs to the household no longer.") % words


def _person(row: Person, did: str, before: dict[str, Any], who: str) -> Iterator[str]:
    words = {"who": who}
    if did == "made":
        yield _("%(who)s is put on record.") % words
    elif did == "closed":
        yield _("%(who)s: the record is closed (%(why)s).") % {**words, "why": row.get_ended_for_display()}
    elif did == "changed":
        for name in before["facts"]:
            fact = FACT_OF[""][name]
            value = fact_text(fact, getattr(row, name)) or "—"
            yield _("%(who)s: %(fact)s becomes %(value)s.") % {**words, "fact": fact.label, "value": value}


def _home(row: Home, before: dict[str, Any]) -> Iterator[str]:
    home = room_text(row.room)
    if before["state"] != row.state:
        yield _("%(home)s is now: %(state)s.") % {"home": home, "state": row.get_state_display()}
    yield _("%(home)s: %(n)d living there.") % {"home": home, "n": row.people}
