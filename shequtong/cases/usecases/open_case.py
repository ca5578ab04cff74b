"""Open a case (受理): somebody tells of a matter; it gets a number, a place, and waits to be registered.

The one entry for residents, staff, telephone, imports and other systems: the class decides what follows.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.cases import counting, permissions, routing, screening, sla, told_hours
from shequtong.cases.blocks import Block, Kind, Sender, blocks_on, last_day, refusing, stored_hash
from shequtong.cases.catalogue import Class, catalogue
from shequtong.cases.flow import flow_of
from shequtong.cases.models import NEVER, Case, Reporter, Step
from shequtong.cases.numbers import format_number
from shequtong.cases.photos import AFTER, BEFORE
from shequtong.cases.places import Spot, calendar_at, find_spot
from shequtong.cases.usecases._grams import write_grams
from shequtong.cases.usecases.turns import tell
from shequtong.cases.workflow import Stage
from shequtong.core.actors import Actor, Facts
from shequtong.core.locality.blocks import next_number
from shequtong.core.places import place
from shequtong.core.refusals import Forbidden, Refusal
from shequtong.figures.write import day_of, write
from shequtong.files.usecases import attach_files

SHORTEST_TEXT, LONGEST_TEXT = 4, 5000  # characters
SENDER_KEPT = timedelta(days=30)  # of the address's hash: long enough to block who sends abuse, no longer
_TITLE = 40  # characters of the text that staff see in lists
# No 0/O, 1/I/L: the key is read aloud and typed on phones.
_KEY_ALPHABET, _KEY_LENGTH = "23456789ABCDEFGHJKMNPQRSTUVWXYZ", 8


class CannotOpen(Refusal):
    """What was told cannot be taken in as it is; the sentence says what to mend."""


@dataclass(frozen=True)
class NewReporter:
    """Who tells it. All may be empty (anonymous). `consent` is "page" or "spoken"; a phone or name needs one."""

    name: str = ""
    phone: str = ""  # normalised
    account_id: int | None = None
    consent: str = ""
    notice_version: str = ""


@dataclass(frozen=True)
class NewCase:
    """What is told. The place is a building, else a point, else an address staff wrote with its unit's path."""

    class_code: str
    text: str
    channel: str
    building_id: int | None = None
    point: tuple[float, float] | None = None  # lon, lat (CGCS2000, as WGS-84)
    address: str = ""
    unit_path: str = ""
    reporter: NewReporter | None = None
    photos: Sequence[int] = field(default_factory=tuple)
    claim: str = ""
    source: str = ""
    source_ref: str = ""
    source_at: datetime | None = None
    is_history: bool = False  # its own times stand; no clock runs and nobody is told
    held: Sequence[str] = field(default_factory=tuple)  # why somebody must look at it first (screening.py)
    decided: Sequence[routing.Finding] = field(default_factory=tuple)  # by whom it came in, e.g. a guessed class, and why
    settled: str = ""  # what staff did on the spot (自行处置), with photos of `after`
    after: Sequence[int] = field(default_factory=tuple)
    after_claim: str = ""
    external_number: str = ""
    confidential: bool = False
    cap_at: datetime | None = None  # another system's due time
    sent_from: str = ""  # network address of who sent it by the resident's pages; kept as a hash for 30 days
    serial: int = 0  # of `reserve_serial`, for whoever must know the number before; 0: the next


def reserve_serial(subdistrict_id: int, *, now: datetime) -> tuple[int, str]:
    """A serial for a case told there at `now`, and the number it will have. What is not used stays a gap."""
    here, year = place(subdistrict_id), day_of(subdistrict_id, now).year
    serial = next_number(f"case:{here.number}:{year}")
    return serial, format_number(here.letters, year, serial)


@transaction.atomic
def open_case(*, new: NewCase, by: Actor, now: datetime, received_at: datetime | None = None) -> Case:
    """Take in a matter told at `now`. The same `source_ref` twice gives the case that is there. Raises CannotOpen, Forbidden.

    Costs seven statements without photos, one more with them.
    """
    kind, spot, text = _class(new.class_code), find_spot(new.building_id, new.point, new.address, new.unit_path), _words(new.text)
    if spot is None:
        raise CannotOpen(
            _("We could not find this place. Choose it from the list or on the map; it must lie where this platform serves.")
        )
    _allow(new, spot, by)
    if new.source_ref:
        there = _told_before(new, spot)
        if there is not None:
            return there
    new = _screened(new, spot, now)

    stage, why = _routed(new, kind, spot)
    case = _case(new, kind, spot, text, by, now, received_at or now, stage)
    try:
        with transaction.atomic(savepoint=bool(new.source_ref)):  # else nothing is looked up after a collision: all is undone
            if new.reporter is not None:
                case.reporter, case.reporter_account_id = (
                    make_reporter(new.reporter, case.subdistrict_id, now, new.sent_from),
                    new.reporter.account_id,
                )
            case.save(force_insert=True)
    except IntegrityError:
        there = _told_before(new, spot) if new.source_ref else None  # two replays at once: the other was faster
        if there is None:
            raise
        return there
    write_grams(case)
    step = _first_step(case, new, by, now, why)
    if new.photos:
        attach_files(ids=tuple(new.photos), claim=new.claim, owner=case, label=BEFORE, detail_id=step.pk, by=by, now=now)
    if new.after:
        attach_files(
            ids=tuple(new.after), claim=new.after_claim or new.claim, owner=case, label=AFTER, detail_id=step.pk, by=by, now=now
        )
    log.record(f"cases.{step.move}", case, by=by, at=now, channel=case.channel, cls=kind.code, step=1, to=case.stage)
    write([*counting.of_step(case, step, "", None), *told_hours.of_told(case)])
    tell(case, step, reporter_phone=case.reporter.phone if case.reporter else None)
    return case


def _told_before(new: NewCase, spot: Spot) -> Case | None:
    return Case.objects.told_by(spot.subdistrict_id, new.source, new.source_ref).first()


def new_key() -> str:
    """A key for one case: 8 characters, 31 possible each (about 40 bits), useless without the number and slowed by limits."""
    return "".join(secrets.choice(_KEY_ALPHABET) for _position in range(_KEY_LENGTH))


@dataclass(frozen=True)
class _At:
    """The place of a case to be, as the reach of the staff who tell it sees it."""

    spot: Spot

    def reach_facts(self) -> Facts:
        return Facts(self.spot.subdistrict_id, self.spot.path)


def _allow(new: NewCase, spot: Spot, by: Actor) -> None:
    """Residents may tell of any place we serve; staff of the places they are appointed to, where some settle it themselves."""
    if new.settled:
        by.require(permissions.SELF_HANDLE, _At(spot))
    elif new.channel == Case.Channel.HOTLINE:
        by.require(permissions.HOTLINE, _At(spot))
    elif new.channel != Case.Channel.RESIDENT:
        by.require(permissions.INTAKE, _At(spot))
    elif not by.may(permissions.INTAKE):
        raise Forbidden(permissions.INTAKE)


def _screened(new: NewCase, spot: Spot, now: datetime) -> NewCase:
    """What residents send themselves is looked at first when nobody says who tells it, when its words ask for it, or its sender does.

    No statement. Raises CannotOpen.
    """
    if new.channel != Case.Channel.RESIDENT or new.source or new.is_history:
        return new
    teller = new.reporter or NewReporter()
    sender = Sender(teller.phone, teller.account_id, new.sent_from)
    nameless = not teller.phone and teller.account_id is None
    if nameless and flow_of(spot.subdistrict_id).anonymous == "refuse":
        raise CannotOpen(
            _("This subdistrict takes reports with a telephone or a sign-in. Leave a telephone, sign in, or call the office.")
        )
    blocks = blocks_on(spot.subdistrict_id, sender, now)
    if block := refusing(blocks, sender):
        raise CannotOpen(refused_words(block, spot.subdistrict_id))
    why = [*new.held, *(["anonymous"] if nameless else []), *screening.reasons(new.text, teller.phone)]
    return replace(new, held=tuple(dict.fromkeys([*why, *(["blocked"] if blocks else [])])))


def refused_words(block: Block, subdistrict_id: int) -> str:
    """What a sender reads whose reports are not taken: until when, why, and where to turn."""
    here = place(subdistrict_id)
    return _(
        "Until %(date)s your reports are not taken here. Reason: %(reason)s Please call or visit the office; it can be objected to."
    ) % {
        "date": last_day(block.until, here.zone).isoformat(),
        "reason": block.reason,
    }


def _class(code: str) -> Class:
    found = catalogue().by_code.get(code)
    if found is None or found.ended or found.standard is None:
        raise CannotOpen(_("Please choose what it is about."))
    return found


def _words(text: str) -> str:
    words = text.replace("\x00", "").strip()
    if not SHORTEST_TEXT <= len(words) <= LONGEST_TEXT:
        raise CannotOpen(
            _("Please describe the matter in %(least)d to %(most)d characters.") % {"least": SHORTEST_TEXT, "most": LONGEST_TEXT}
        )
    return words


def title_of(text: str) -> str:
    """What staff see of a text in lists."""
    words = " ".join(text.split())
    return words if len(words) <= _TITLE else f"{words[: _TITLE - 1]}…"


def _routed(new: NewCase, kind: Class, spot: Spot) -> tuple[Stage, dict[str, Any]]:
    """Where it goes first, and why as its first step keeps it. What is settled is reviewed next; of history nothing was decided here."""
    assert kind.standard is not None  # `_class` saw to it
    stage, beginning = routing.begins_at(kind.standard, new.channel, flow_of(spot.subdistrict_id), new.held)
    if new.settled:
        return Stage.VERIFICATION, routing.kept(routing.where(spot))
    if new.is_history:
        return stage, {}
    return stage, routing.kept(*new.decided, routing.where(spot), routing.held_back(new.channel, new.held), beginning)


def _case(
    new: NewCase, kind: Class, spot: Spot, text: str, by: Actor, now: datetime, received_at: datetime, stage: Stage
) -> Case:
    here, year = place(spot.subdistrict_id), day_of(spot.subdistrict_id, now).year
    assert kind.standard is not None
    where: dict[str, Any] = {"lon": spot.lon, "lat": spot.lat, "tile": spot.tile, "source_crs": spot.source_crs}
    return Case(
        subdistrict_id=here.number,
        year=year,
        serial=new.serial or next_number(f"case:{here.number}:{year}"),
        letters=here.letters,
        case_class_id=kind.id,
        standard_id=kind.standard.id,
        title=title_of(text),
        text=text,
        unit_id=spot.unit_id,
        place_path=spot.path,
        building_id=spot.building_id,
        address=spot.address[:160],
        **where,
        channel=new.channel,
        source=new.source,
        source_ref=new.source_ref,
        source_at=new.source_at,
        is_history=new.is_history,
        external_number=new.external_number,
        confidential=new.confidential,
        stage=stage,
        stage_since=now,
        **_clock(new, stage, spot, now),
        **_settled(new, by, now),
        reported_at=now,
        received_at=received_at,
        step_count=1,
    )


def _clock(new: NewCase, stage: Stage, spot: Spot, now: datetime) -> dict[str, Any]:
    if new.is_history:
        return {"clock_from": None, "amber_at": NEVER, "due_at": NEVER}
    due = sla.start(catalogue().stage_limit(stage), calendar_at(spot.path), now).due
    return {
        "clock_from": now,
        "amber_at": due.amber_at,
        "due_at": due.due_at,
        "wake_at": due.amber_at,  # the first thing time does to a new case is to remind (timers.py)
        "cap_at": new.cap_at or NEVER,
    }


def _settled(new: NewCase, by: Actor, now: datetime) -> dict[str, Any]:
    if not new.settled:
        return {}
    handled = {"handled_at": now, "first_handled_at": now, "handled_account_id": by.account_id}
    return {"self_handled": True, "registered_at": now, **handled}


def make_reporter(new: NewReporter, subdistrict_id: int, now: datetime, sent_from: str = "") -> Reporter:
    """A reporter with a key of their own. Raises CannotOpen without the consent that a name or phone needs."""
    if (new.name or new.phone) and not new.consent:
        raise CannotOpen(_("Name and telephone are only kept with the reporter's consent."))
    return Reporter.objects.create(
        subdistrict_id=subdistrict_id,
        account_id=new.account_id,
        name=new.name.strip()[:40],
        phone=new.phone,
        key=new_key(),
        consent=new.consent,
        consent_at=now if new.consent else None,
        notice_version=new.notice_version,
        **_from(sent_from, now, signed_in=new.account_id is not None),
    )


def _from(address: str, now: datetime, *, signed_in: bool) -> dict[str, Any]:
    """Only of who has not signed in: an account is known by itself."""
    if signed_in or not address:
        return {}
    return {"sent_from": stored_hash(Kind.ADDRESS, address), "sent_until": now + SENDER_KEPT}


def _first_step(case: Case, new: NewCase, by: Actor, now: datetime, why: dict[str, Any]) -> Step:
    return Step.objects.create(
        subdistrict_id=case.subdistrict_id,
        case=case,
        number=1,
        move="self_handle" if new.settled else "intake",
        to_stage=case.stage,
        at=now,
        account_id=by.account_id,
        actor=by.name,
        post=by.post,
        note=new.settled,
        details={**({"held": list(new.held)} if new.held else {}), **why},
        due_at=None if case.due_at == NEVER else case.due_at,
    )
