"""Facts in words (登记项目的文字): masked where they are sealed, in the reader's language. What no page may show in clear is not made here."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shequtong.core.sealed import Sealed
from shequtong.core.sealed.masks import MASKS
from shequtong.people import codes
from shequtong.people.bases import BASIS_OF
from shequtong.people.facts import CODE, DATE, FACT_OF, FLAG, MONEY, SET_OF, Fact
from shequtong.people.models import Person, RightsRequest, SetRow
from shequtong.territory.models import Room, Unit
from shequtong.territory.shown import unit_name
from shequtong.territory.units import at_path


def fact_text(fact: Fact, value: Any, masked_as: str = "text") -> str:
    """A fact as a page shows it; "" for what is not known. `masked_as`: the mask of a sealed fact whose value comes from the past in clear."""
    if value in ("", None):
        return ""
    if isinstance(value, Sealed):
        return value.masked
    if fact.sealed:
        return MASKS[masked_as](str(value))
    if fact.kind == CODE:
        return codes.word(fact.table, str(value))
    if fact.kind == FLAG:
        return _("yes") if value else _("no")
    if fact.kind == MONEY:
        return _("%(yuan)s yuan") % {"yuan": f"{int(value) / 100:,.2f}"}
    if fact.kind == DATE and isinstance(value, date | datetime):
        return value.strftime("%Y-%m-%d")
    return str(value)


def mask_of(set_name: str, fact: str) -> str:
    """By which mask a sealed fact is shown."""
    from shequtong.people.facts import SET_OF

    model = SET_OF[set_name].model if set_name else Person
    return str(getattr(model._meta.get_field(fact), "mask", "text"))


def set_facts(name: str, row: SetRow) -> list[tuple[Fact, str]]:
    """The facts of a set that are known, in words."""
    shown = [(fact, fact_text(fact, getattr(row, fact.name))) for fact in FACT_OF[name].values()]
    return [(fact, text) for fact, text in shown if text]


def age_on(born: date | None, on: date) -> int | None:
    """Full years."""
    if born is None or born > on:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def age_text(born: date | None, on: date) -> str:
    """34 years; months for who is younger than two."""
    years = age_on(born, on)
    if born is None or years is None:
        return ""
    if years < 2:
        months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
        return ngettext("%(n)d month old", "%(n)d months old", months) % {"n": months}
    return ngettext("%(n)d year old", "%(n)d years old", years) % {"n": years}


def years_before(day: date, years: int) -> date:
    """The same day so many years before: who was born by then is at least as old."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year - years, day=28)


def room_text(room: Room | None) -> str:
    """Compound, building, entrance and room; the building must be loaded with its compound."""
    if room is None:
        return ""
    building = room.entrance.building
    before = building.compound.name if building.compound_id and building.compound else building.street + building.house_no
    return _("%(building)s%(entrance)s room %(room)s") % {
        "building": f"{before}{building.name}",
        "entrance": room.entrance.name,
        "room": room.name,
    }


def place_text(path: str) -> str:
    """A grid with its community, which its name alone does not say in every language. No statement."""
    place = at_path(path)
    if place is None:
        return ""
    name, above = unit_name(place), at_path(path.rstrip("/").rpartition("/")[0] + "/")
    if place.kind != Unit.Kind.GRID or above is None or name.startswith(unit_name(above)):
        return name
    return f"{unit_name(above)} {name}"


def who_text(person: Person, on: date) -> str:
    """One line that tells people of the same name apart, without more than the page may show: 张* · 男 · 73 years."""
    parts = [person.name.masked, codes.word("sex", person.sex) if person.sex in ("1", "2") else "", age_text(person.born_on, on)]
    return " · ".join(part for part in parts if part)


def about(person: Person, *words: str) -> str:
    """A masked name within a sentence, with what tells it from another of the same mask: 张*（女 · 7 岁）."""
    told = " · ".join(word for word in words if word)
    return _("%(name)s (%(about)s)") % {"name": person.name.masked, "about": told} if told else str(person.name.masked)


def fact_label(what: str) -> str:
    """The words of a fact: those of its set before it."""
    set_name, _dot, name = what.rpartition(".")
    fact = FACT_OF.get(set_name, {}).get(name)
    if fact is None:
        return ""
    return f"{SET_OF[set_name].label} · {fact.label}" if set_name else str(fact.label)


def asks(request: RightsRequest) -> str:
    """What is asked, in a few words."""
    if request.kind == RightsRequest.Kind.CORRECT:
        return _("Correct: %(what)s") % {"what": fact_label(request.fact)}
    if request.kind == RightsRequest.Kind.DELETE:
        return _("Delete: %(what)s") % {"what": BASIS_OF[request.group].label}
    if request.kind == RightsRequest.Kind.COPY:
        return _("A copy of what is held")
    return _("See what is held")
