"""Block a sender (限制上报): a head of office decides, with a reason and an end date, that somebody's reports are read first or not taken.

Whoever it is about is told by telephone and in their account, with the reason, the end, and where to object.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.cases import permissions
from shequtong.cases.blocks import REVISION, Kind, stored_hash, stored_hashes
from shequtong.cases.events import SenderBlocked
from shequtong.cases.models import Blocked, Case, Reporter
from shequtong.core.actors import Actor
from shequtong.core.events import publish
from shequtong.core.held import changed
from shequtong.core.places import place
from shequtong.core.refusals import Forbidden, Refusal
from shequtong.figures.write import day_of

LONGEST_DAYS = 180  # a limit of somebody's right to be heard is looked at anew twice a year; our own rule, no law's
LONGEST_REASON = 200  # characters
ADDRESS_HINT = "—"


class CannotBlock(Refusal):
    """No reason, no end in reach, nobody to block, or blocked already."""


@transaction.atomic
def block_sender(
    *, number: str, kinds: Sequence[str], until: date, reason: str, refuse: bool, by: Actor, now: datetime
) -> list[Blocked]:
    """Block who sent the report `number`, by each of `kinds` ("phone", "account", "address"), to the end of the day `until`.

    `refuse` takes no reports of the phone or account; of an address they are held whatever it says. Raises Forbidden, CannotBlock.
    """
    case = Case.objects.numbered(number).select_related("reporter").select_for_update(of=("self",)).first()
    if case is None:
        raise Forbidden(permissions.BLOCK, "Case")
    by.require(permissions.BLOCK, case)
    words, end = _reason(reason), _end(case.subdistrict_id, until, now)
    chosen = [each for each in senders_of(case) if each in kinds]
    if not chosen or case.reporter is None:
        raise CannotBlock(_("Choose by what the sender is known."))

    made = []
    for kind in chosen:
        found, earlier, hint = _known(case.reporter, kind)
        there = Blocked.objects.filter(subdistrict=case.subdistrict_id, kind=kind, lifted_at=None, until__gt=now)
        if there.filter(value_hash__in=earlier).exists():
            raise CannotBlock(_("This sender is limited already. Lift that decision first, then make a new one."))
        row = Blocked.objects.create(
            subdistrict_id=case.subdistrict_id,
            kind=kind,
            value_hash=found,
            hint=hint[:40],
            case=case,
            refuse=refuse and kind != Kind.ADDRESS,
            reason=words,
            at=now,
            until=end,
            account_id=by.account_id,
            actor=by.name[:80],
        )
        log.record("cases.block_sender", row, by=by, at=now, case=case.pk, kind=kind, refuse=row.refuse, until=end.isoformat())
        made.append(row)
    changed(REVISION)
    _tell(case, made, by, now)
    return made


def senders_of(case: Case) -> list[Blocked.Kind]:
    """By what the sender of a case's report can be blocked. Nobody is blocked for what staff took down, nor who is kept confidential."""
    teller = case.reporter
    if teller is None or case.channel != Case.Channel.RESIDENT or case.confidential:
        return []
    found = (
        (Kind.PHONE, bool(teller.phone)),
        (Kind.ACCOUNT, teller.account_id is not None),
        (Kind.ADDRESS, bool(teller.sent_from)),
    )
    return [kind for kind, there in found if there]


def _known(teller: Reporter, kind: Blocked.Kind) -> tuple[bytes, list[bytes], str]:
    """The hash to keep, those under which it may be there already, and what the list shows of it, masked."""
    if kind == Kind.ADDRESS:
        kept = bytes(teller.sent_from or b"")  # kept so since the report came; the address itself is nowhere
        return kept, [kept], ADDRESS_HINT
    value = teller.phone.reveal() if kind == Kind.PHONE else str(teller.account_id)
    hint = str(teller.phone) if kind == Kind.PHONE else str(teller.name) or ADDRESS_HINT
    return stored_hash(kind, value), stored_hashes(kind, value), hint


def _reason(reason: str) -> str:
    words = reason.strip()
    if not 4 <= len(words) <= LONGEST_REASON:
        raise CannotBlock(_("Give the reason in 4 to %(most)d characters; the sender reads it.") % {"most": LONGEST_REASON})
    return words


def _end(subdistrict_id: int, until: date, now: datetime) -> datetime:
    """The end of that day, as days are counted there."""
    today = day_of(subdistrict_id, now)
    if not today < until <= today + timedelta(days=LONGEST_DAYS):
        raise CannotBlock(
            _("Choose an end date after today and within %(most)d days; it can be decided anew then.") % {"most": LONGEST_DAYS}
        )
    return datetime.combine(until + timedelta(days=1), time(), tzinfo=place(subdistrict_id).zone)


def _tell(case: Case, made: list[Blocked], by: Actor, now: datetime) -> None:
    kinds = {row.kind for row in made}
    teller = case.reporter
    assert teller is not None  # `senders_of` saw to it
    publish(
        SenderBlocked(
            block_id=made[0].pk,
            subdistrict_id=case.subdistrict_id,
            number=case.number,
            phone=teller.phone if Kind.PHONE in kinds else None,
            account_id=teller.account_id if Kind.ACCOUNT in kinds else None,
            refuse=any(row.refuse for row in made),
            reason=made[0].reason,
            until=made[0].until,
            at=now,
        )
    )
