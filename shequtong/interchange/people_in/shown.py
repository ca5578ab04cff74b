"""A table of people on a page (人口表的文字): examples of each column masked, some rows as they would come in, counts and faults in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shequtong.core.actors import Actor
from shequtong.core.sealed.masks import MASKS
from shequtong.interchange.models import PeopleTable
from shequtong.interchange.people_in import fields
from shequtong.interchange.people_in.batches import refusals
from shequtong.interchange.people_in.cells import plain_of, text_of
from shequtong.interchange.people_in.table import Cell, Row
from shequtong.interchange.people_in.trying import translator_of
from shequtong.people import codes
from shequtong.people.facts import FACT_OF, SETS
from shequtong.people.lookups.load_plan import Decision, plan_of
from shequtong.people.lookups.load_sets import APPLIES, begins
from shequtong.people.models import Residence
from shequtong.people.shown import mask_of

_EXAMPLES, _LONGEST = 3, 24
_MASKED = {fields.ADDRESS: "address", fields.HEAD_NAME: "name", fields.HEAD_ID: "id_number"}
_CLEAR = frozenset({fields.COMPOUND, fields.BUILDING, fields.KIND, fields.LIVES, fields.RELATION, fields.SINCE})


def examples(samples: Sequence[Sequence[Cell]], at: int, target: str) -> list[str]:
    """Three values of a column, masked where they are somebody's; of a column that is nothing yet, one character each."""
    told = [text_of(row[at]) for row in samples if at < len(row)]
    return [_masked(text, target)[:_LONGEST] for text in dict.fromkeys(told) if text][:_EXAMPLES]


def _masked(text: str, target: str) -> str:
    set_name, _dot, own = target.rpartition(".")
    fact = FACT_OF[set_name].get(own)
    if target in _CLEAR or own == APPLIES or (fact is not None and not fact.sealed and target != "born_on"):
        return text
    if target == "born_on":
        return f"{text[:4]}****"
    mask = _MASKED.get(target) or (mask_of(set_name, own) if fact else "name")
    return MASKS[mask](plain_of(text) if mask in ("id_number", "phone") else text)


@dataclass(frozen=True)
class Preview:
    """A row as it would come in, masked; or why it would not."""

    number: int
    who: str
    document: str
    home: str
    as_what: str
    outcome: str
    why: str = ""
    sets: str = ""


def preview(table: PeopleTable, rows: Sequence[Row], *, by: Actor, now: datetime) -> list[Preview]:
    """The first rows of people. About ten statements."""
    translator = translator_of(table, by, now)
    lines = [line for row in rows if (line := translator.line_of(row)) is not None]
    incoming = [line.incoming for line in lines if line.incoming is not None]
    plan = plan_of(rows=incoming, subdistrict=table.subdistrict_id, source=table.source, by=by)
    wrong = dict(refusals(lines, plan.decisions, translator))
    good = {one.row.number: one for one in plan.decisions if not one.why}
    kinds = dict(Residence.Kind.choices)
    shown = []
    for line in lines:
        one = good.get(line.number)
        if one is None:
            why = "；".join(_fault(table.names, at, words) for at, words in sorted(wrong.get(line.number, {}).items()))
            shown.append(Preview(line.number, "", "", "", "", outcome_words()["refused"], why))
            continue
        room = plan.rooms[one.row.room_id]
        home = f"{room.entrance.building.address}{room.entrance.name}****"
        as_what = " · ".join(filter(None, [str(kinds[one.row.kind]), codes.word("relation", one.row.relation)]))
        document = MASKS["id_number"](str(one.facts["id_number"])) if one.facts.get("id_number") else ""
        who = MASKS["name"](str(one.facts["name"]))
        shown.append(Preview(line.number, who, document, home, as_what, outcome_words()[one.outcome], "", _sets(one)))
    return shown


def _sets(one: Decision) -> str:
    """Which sets a row tells of, and which end by it; that somebody is in them is said, what of them is not."""
    told, between = one.row.sets or {}, pgettext("between names", ", ")
    over = [str(kind.label) for kind in SETS if kind.name in one.sets and one.sets[kind.name].values is None]
    begun = between.join(str(kind.label) for kind in SETS if begins(told.get(kind.name, {})))
    ends = _("ends: %(sets)s") % {"sets": between.join(over)} if over else ""
    return " · ".join(filter(None, [begun, ends]))


def outcome_words() -> dict[str, str]:
    """What becomes of a row."""
    return {
        "created": pgettext("outcome of a row", "New"),
        "updated": pgettext("outcome of a row", "Changed"),
        "unchanged": pgettext("outcome of a row", "Stays as it is"),
        "refused": pgettext("outcome of a row", "Refused"),
    }


def _fault(names: Sequence[str], at: int, words: str) -> str:
    return f"{names[at]}：{words}" if 0 <= at < len(names) else words


def counted(table: PeopleTable) -> dict[str, Any]:
    """What the trial found, for a page: counts, remarks, and the columns most at fault."""
    tried = table.tried
    remarks = []
    if tried.get("by_name"):
        remarks.append(
            _("%(n)s are known by name, birthday and door, since a number is missing on one side.") % {"n": tried["by_name"]}
        )
    if tried.get("kept"):
        remarks.append(
            _("Of %(n)s rows something stays as it is on record, because a stronger source said it.") % {"n": tried["kept"]}
        )
    if tried.get("over"):
        remarks.append(
            _("Of %(n)s persons on record the table says no: what applied to them ends on the day of the import.")
            % {"n": tried["over"]}
        )
    if tried.get("without_number"):
        remarks.append(_("%(n)s have no document number.") % {"n": tried["without_number"]})
    worst = sorted(tried.get("columns", []), key=lambda one: -one[1])[:8]
    faults = [{"name": table.names[at] if 0 <= at < len(table.names) else _("The whole row"), "n": n} for at, n in worst]
    return {
        "counts": [(words, tried.get(name, 0), name) for name, words in outcome_words().items()],
        "remarks": remarks,
        "faults": faults,
    }
