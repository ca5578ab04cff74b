"""What waits for whom (待办口径): the lists of the workbench, what is asked of this post first, each row with its verb."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from shequtong.access.actor import AccountActor
from shequtong.cases import permissions
from shequtong.cases.call_backs import due_for_call_back
from shequtong.cases.lookups import Asked, Filters, asked_of, duties, leads, paused_cases, queue, waiting_for_each
from shequtong.cases.lookups.waits import COLLEAGUES, ME, OWN, TAKE_UP
from shequtong.cases.models import Case
from shequtong.cases.next_move import Act, Line, Offer, act, line, offer
from shequtong.cases.waiting import appeals_to_judge, found_not_fixed, requests_to_decide, urgings_to_reply
from shequtong.core.clock import PauseReason, wording
from shequtong.core.clock.nearness import by_when, since
from shequtong.core.places import place
from shequtong.people.lookups.rights_asked import requests_of
from shequtong.people.permissions import ANSWER_RIGHTS
from shequtong.people.shown import asks, who_text

ROWS = 10  # of a list on the workbench


@dataclass(frozen=True)
class Work:
    """One list: its lines, and where all of it stands. `first` ones carry a button that stands out."""

    title: str
    lines: list[Line]
    url: str = ""
    first: bool = False
    when_label: str = ""  # another head than "by when"
    shows_who: bool = False

    @property
    def shows_place(self) -> bool:
        """Whether its lines say where."""
        return any(one.place for one in self.lines)


def queue_url(**filters: str) -> str:
    """The queue with these filters."""
    asked = {name: value for name, value in filters.items() if value}
    return reverse("cases:desk-queue") + (f"?{urlencode(asked)}" if asked else "")


def station_of(actor: AccountActor) -> int | None:
    """The station of the post in use, if it is one of a station."""
    return next((grant.station for grant in actor.reach(permissions.HANDLE).grants if grant.station is not None), None)


def work_of(actor: AccountActor, now: datetime) -> list[Work]:
    """The lists of a post that works on cases, in the order in which they are looked through; empty ones are left out.

    At most seven statements.
    """
    station = station_of(actor)
    if station is not None:
        found = [*_of_station(actor, station, now), _paused(actor, now)]
    elif leads(actor):
        found = [_waiting(actor, now), *_asked_of_leaders(actor, now), *_rights(actor, now), late_in_reach(actor, now)]
    else:
        found = [_waiting(actor, now), *_asked_of_leaders(actor, now), *_rights(actor, now), *_call_backs(actor, now)]
        if actor.reach(permissions.ASK_REPORTER).of_post.grants or actor.reach(permissions.GRANT_TIME).of_post.grants:
            found.append(_paused(actor, now))
    return [one for one in found if one.lines]


def _waiting(actor: AccountActor, now: datetime) -> Work:
    rows = queue(actor, Filters(waits=ME), now, page=ROWS).rows if duties(actor) else []
    lines = [replace(each, words=_urged(case) or each.words) for case, each in zip(rows, _lines(actor, rows, now), strict=True)]
    return Work(_("Next for you"), lines, queue_url(waits=ME), first=True)


def _urged(case: Case) -> str:
    return ngettext("urged %(n)s time", "urged %(n)s times", case.urge_count) % {"n": case.urge_count} if case.urge_count else ""


def late_in_reach(actor: AccountActor, now: datetime, permission: str = permissions.VIEW) -> Work:
    """What is late in others' hands: whose, and the urging. One statement."""
    rows = queue(actor, Filters(light="red"), now, permission, page=ROWS).rows
    full = permission == permissions.VIEW
    lines = [line(case, now, _urge(actor, case, now), title=full) for case in rows]
    return Work(_("Overdue, and who has it"), lines, queue_url(light="red"), shows_who=True)


def _urge(actor: AccountActor, case: Case, now: datetime) -> Offer:
    offered = offer(actor, case, now, also=("urge",)).acts
    return Offer(tuple(one for one in offered if not one.onward))


def _of_station(actor: AccountActor, station: int, now: datetime) -> list[Work]:
    """What is offered, in the reader's hands, in nobody's, urged, asked for as assistance, and with colleagues; why what is to be handled again is. Six statements."""
    asked = asked_of(actor.home, station)
    offers = [_asked(one.number, one.title, one.text, "take_over", one.at, now) for one in asked if one.kind == "offer"]
    zone = place(actor.home).zone
    tasks = [_task(one, now, zone) for one in asked if one.kind == "assist"]
    parts, found = {}, {waits: queue(actor, Filters(waits=waits), now, page=ROWS).rows for waits in (OWN, TAKE_UP, COLLEAGUES)}
    again = found_not_fixed(case for rows in found.values() for case in rows)
    for waits, rows in found.items():
        also = ("assign",) if waits != OWN else ("assign", "ask_reporter")
        lines = [line(case, now, offer(actor, case, now, also)) for case in rows]
        parts[waits] = [_again(one, again.get(one.number, "")) for one in lines]
    colleagues = [
        replace(one, acts=tuple(one_act for one_act in one.acts if not one_act.onward), words="") for one in parts[COLLEAGUES]
    ]  # it is they who handle it
    return [
        Work(_("In your hands"), parts[OWN], queue_url(waits=OWN), first=True),
        Work(_("To take up at your station"), parts[TAKE_UP], queue_url(waits=TAKE_UP), first=True),
        Work(_("Offered to your station"), offers, first=True, when_label=_("Since")),
        _urgings(actor, station, now),
        Work(_("Asked of your station"), tasks, first=True),
        Work(_("With your colleagues"), colleagues, queue_url(waits=COLLEAGUES), shows_who=True),
    ]


def _again(one: Line, why: str) -> Line:
    """What was found not fixed says so in its line."""
    said = _("Found not fixed: %(why)s") % {"why": why}
    return replace(one, words=f"{said} {one.words}".strip()) if why else one


def _urgings(actor: AccountActor, station: int, now: datetime) -> Work:
    """One line a case, however often it was urged; the latest word of it. One statement."""
    by_case: dict[str, Line] = {}
    for one in urgings_to_reply(actor, station):
        words = _("Raised by itself: the case is overdue.") if one.automatic else one.requirement
        by_case[one.case.number] = _asked(one.case.number, one.case.title, words, "reply_urge", one.at, now)
    return Work(_("Urgings to reply to"), list(by_case.values()), first=True, when_label=_("Since"))


def _asked_of_leaders(actor: AccountActor, now: datetime) -> list[Work]:
    """Requests for time, appeals. One statement for each right that has one."""
    role = actor.in_use.role if actor.in_use else None
    found = []
    if role and role.scopes_of(permissions.GRANT_TIME):
        asked = [
            _asked(one.case.number, one.case.title, one.reason, "grant", one.asked_at, now) for one in requests_to_decide(actor)
        ]
        found.append(Work(_("Requests for time to decide"), asked, first=True, when_label=_("Since")))
    for permission, state, verb in (
        (permissions.JUDGE_APPEAL, "first", "judge_appeal"),
        (permissions.JUDGE_APPEAL_FINALLY, "second", "judge_appeal_finally"),
    ):
        if role and role.scopes_of(permission):
            made = appeals_to_judge(actor, permission, state)
            lines = [_asked(one.case.number, one.case.title, one.reason, verb, one.at, now) for one in made]
            found.append(Work(_("Appeals to judge"), lines, first=True, when_label=_("Since")))
    return found


def _call_backs(actor: AccountActor, now: datetime) -> list[Work]:
    if not actor.reach(permissions.CALL_BACK).of_post.grants:
        return []
    lines = [
        _asked(case.number, case.title, "", "call_back", case.closed_at, now) for case in due_for_call_back(actor, now, ROWS)
    ]
    return [Work(_("Due for a call back"), lines, reverse("cases:desk-call-backs"), when_label=_("Closed since"))]


def _rights(actor: AccountActor, now: datetime) -> list[Work]:
    """What residents ask about what is held of them, the nearest deadline first: a masked name, and what for. One statement."""
    if not actor.reach(ANSWER_RIGHTS).of_post.grants:
        return []
    url, lines = reverse("people:desk-rights"), []
    for one in requests_of(actor, page=ROWS).rows:
        answer = reverse("people:desk-right", args=[one.pk])
        light, zone = one.light(now), place(one.subdistrict_id).zone
        lines.append(
            Line(
                "",
                asks(one),
                answer,
                (Act(pgettext("rights", "Answer it"), answer),),
                by_when(one.due_at, now, zone),
                words=who_text(one.person, now.astimezone(zone).date()),
                late=light == "red",
                soon=light == "amber",
            )
        )
    return [Work(_("Requests about personal data"), lines, url, first=True)]


def _paused(actor: AccountActor, now: datetime) -> Work:
    """Nothing to do but to know: who is waited for, since when, until when at most. One statement."""
    rows = paused_cases(actor.reach(permissions.VIEW).of_post.grants, ROWS)
    lines = []
    for one in rows:
        until = f"{one.until.astimezone(place(one.case.subdistrict_id).zone):%m-%d}"
        asked = one.reason == PauseReason.REPORTER_ASKED
        why = _("Waiting for the resident") if asked else wording.reason_name(PauseReason(one.reason))
        when = _("%(since)s, until %(day)s at most") % {"since": since(one.since, now), "day": until}
        found = line(one.case, now)
        lines.append(replace(found, when=when, words=f"{why}: {one.words}" if one.words else why, late=False, soon=False))
    return Work(_("Waiting for the resident, or paused"), lines, queue_url(light="none"), when_label=_("Since"), shows_who=True)


def _lines(actor: AccountActor, rows: Iterable[Case], now: datetime) -> list[Line]:
    return [line(case, now, offer(actor, case, now)) for case in rows]


def _asked(number: str, title: str, words: str, verb: str, at: datetime | None, now: datetime) -> Line:
    url = reverse("cases:desk-detail", args=[number])
    return Line(number, title, url, (act(number, verb),), since(at, now) if at else "", words=words)


def _task(one: Asked, now: datetime, zone: ZoneInfo) -> Line:
    """A sub-task has a due time of its own."""
    found = _asked(one.number, one.title, one.text, "answer_assist", None, now)
    return replace(found, when=by_when(one.at, now, zone), late=one.at < now)


def other_posts(actor: AccountActor, now: datetime) -> list[dict[str, object]]:
    """What waits for the same person in another post. One statement, none for who has one post."""
    others = [AccountActor(actor.account_id, actor.name, post, actor.posts) for post in actor.posts if post is not actor.in_use]
    working = [one for one in others if duties(one)]
    counts = waiting_for_each(working, now)
    return [
        {"label": one.in_use.label, "value": str(one.in_use.appointment_id), "n": n}
        for one, n in zip(working, counts, strict=True)
        if one.in_use is not None
    ]
