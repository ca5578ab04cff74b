"""The next move of a case for whoever looks (下一步): one verb with its page, so that a list says what to do and does it by one press. No statement."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shequtong.access.functions import functions_of, roles_holding
from shequtong.access.roles import table
from shequtong.cases import permissions
from shequtong.cases.flow import flow_of
from shequtong.cases.lookups.waits import next_rights
from shequtong.cases.models import Case
from shequtong.cases.shown import move_name, shown
from shequtong.cases.usecases.turns import standing
from shequtong.cases.workflow import MOVES, STATION_STAGES, moves_from
from shequtong.core.actors import Actor
from shequtong.core.clock.nearness import by_when
from shequtong.core.places import place

# Where several stand open: what comes first.
_FIRST = ("admit", "confirm", "decide", "grant", "approve_answer", "close", "verify", "review", "handle")
_LOOKED_AT: dict[str, Callable[[], str]] = {"verify": lambda: pgettext("what to do with a case", "Verify")}
_NO_WORK = frozenset({permissions.EVALUATE})
_HELD = frozenset({move.permission for move in MOVES.values()} - _NO_WORK)


@dataclass(frozen=True)
class Act:
    """A verb and the page it is made on."""

    words: str
    url: str
    onward: bool = True


@dataclass(frozen=True)
class Offer:
    """What may be done now; where the way itself is closed, why."""

    acts: tuple[Act, ...] = ()
    why_not: str = ""


NOTHING = Offer()


@dataclass(frozen=True)
class Line:
    """A case in a list of work: what is asked, where it is done, by when."""

    number: str
    title: str
    url: str
    acts: tuple[Act, ...] = ()
    when: str = ""
    place: str = ""
    who: str = ""
    words: str = ""
    late: bool = False
    soon: bool = False


def act(number: str, verb: str, *, onward: bool = True) -> Act:
    """A move of a case. What is judged by its photos is looked at first: its page is that of the case, where both verdicts stand."""
    if verb in _LOOKED_AT:
        return Act(_LOOKED_AT[verb](), reverse("cases:desk-detail", args=[number]), onward)
    return Act(move_name(verb), reverse(f"cases:desk-{verb}", args=[number]), onward)


def offer(actor: Actor, case: Case, now: datetime, also: tuple[str, ...] = ()) -> Offer:
    """The move on the way that the post in use would make now, then those of `also` that stand open beside the way."""
    facts = case.reach_facts()
    held = [permission for permission in _HELD if actor.reach(permission).of_post.covers(facts)]
    offered = moves_from(standing(case, now), held, flow_of(case.subdistrict_id).off)
    names = [one.move.name for one in offered if one.is_open]
    onward = [one.move.name for one in offered if one.is_open and not one.move.more]
    first = next((name for name in _FIRST if name in onward), onward[0] if onward else "")
    acts = [act(case.number, first)] if first else []
    acts += [act(case.number, name, onward=False) for name in names if name in also and name != first]
    closed = (str(one.closed_because) for one in offered if one.move.name == "handle" and not one.is_open)
    return Offer(tuple(acts), "" if first else next(closed, ""))


def waited_for(case: Case) -> list[str]:
    """The posts this case waits for now, by name: of the street's own division of functions. No statement."""
    functions, known = functions_of(case.subdistrict_id), table().roles
    holding = {code for permission in next_rights(case) for code in roles_holding(permission, functions)}
    return [str(role.label) for code, role in known.items() if code in holding and not role.administrator]


def in_whose_hands(case: Case, station: str) -> str:
    """Who can make the next move: the station and its man while they have it, else the posts it waits for. No statement."""
    if case.stage in STATION_STAGES:
        return " ".join(part for part in (station, case.assignee_name) if part)
    return _(", ").join(waited_for(case))


def line(case: Case, now: datetime, offered: Offer = NOTHING, *, title: bool = True) -> Line:
    """Dress a case for a list of work; without its title for who sees headers alone."""
    found = shown(case, now)
    shape = found.light.shape if found.light else ""
    holder = in_whose_hands(case, found.station_name)
    return Line(
        number=found.number,
        title=case.title if title else found.class_name,
        url=found.url,
        acts=offered.acts,
        words=offered.why_not,
        when=by_when(found.due_at, now, place(case.subdistrict_id).zone) if found.due_at else "",
        place=found.place_name,
        who=f"{found.stage.label} {holder}".strip(),
        late=shape == "diamond",
        soon=shape == "triangle",
    )
