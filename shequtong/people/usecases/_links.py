"""What the use-cases of links share (关联操作): tries counted, the end of a document compared, a link begun and ended. No rights are asked here."""

import hmac
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import events
from shequtong.core.actors import Actor
from shequtong.core.places import places
from shequtong.core.refusals import Refusal
from shequtong.core.tally import Ask, Per, tallies
from shequtong.people.events import AccountLinked
from shequtong.people.models import AccountLink, Person

TAIL = 6  # last places of a document
TRIES_A_DAY = 5  # of one account, and of one phone; a million endings would take five hundred years
LOOKS_A_DAY = 20  # at one's own data in full


class CannotLink(Refusal):
    """The account or the person is linked already, or there is no such account."""


class TooManyTries(Refusal):
    """Tried too often today."""


def count_try(kind: str, most: int, *, account_id: int, phone: str, now: datetime) -> None:
    """Count one try by account and by phone. Raises TooManyTries. One statement."""
    asks = [Ask(kind, f"account:{account_id}", Per.DAY), *([Ask(kind, f"phone:{phone}", Per.DAY)] if phone else [])]
    if max(tallies(asks, now=now)) > most:
        raise TooManyTries(_("You have tried too often today. Try again tomorrow, or come to the window with your document."))


def tail_fits(person: Person, tail: str) -> bool:
    """Whether these are the last places of the person's document; takes as long whether they are or not."""
    known = person.id_number.reveal().upper()[-TAIL:] if person.id_number else ""
    return hmac.compare_digest(known.encode(), tail.strip().upper().encode()) and len(known) == TAIL


def begin_link(person: Person, account_id: int, *, how: str, checked_by: str, by: Actor, now: datetime) -> AccountLink:
    """A live link. Raises CannotLink when either is linked already; two at once end with one."""
    everywhere = [place.number for place in places()]
    if AccountLink.objects.within(*everywhere).live().filter(linked_account_id=account_id).exists():
        raise CannotLink(_("This account is linked to a person already."))
    try:
        with transaction.atomic():
            link = AccountLink.objects.create(
                subdistrict_id=person.subdistrict_id,
                person=person,
                linked_account_id=account_id,
                how=how,
                checked_by=checked_by[:80],
                linked_at=now,
            )
    except IntegrityError:
        raise CannotLink(_("This person is linked to an account already.")) from None
    log.record("people.linked", person, by=by, at=now, link=link.pk, how=how)
    events.publish(AccountLinked(link.subdistrict_id, link.pk, account_id, "linked", now))
    return link


def end_link(link: AccountLink, *, why: str, by: Actor, now: datetime) -> None:
    """End a locked live link."""
    link.revoked_at, link.revoked_for, link.revoked_by = now, why, by.name[:80]
    link.save(update_fields=["revoked_at", "revoked_for", "revoked_by"])
    log.record("people.unlinked", link, by=by, at=now, why=why)
    kind = "ended" if why == AccountLink.Revoked.ENDED else "unlinked"
    events.publish(AccountLinked(link.subdistrict_id, link.pk, link.linked_account_id, kind, now))
