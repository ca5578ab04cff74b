"""One's own sessions (登录设备): ended by their owner, and by the platform when it is done with them."""

from datetime import datetime, timedelta

from django.db import transaction

from shequtong.accounts.holder import holder_of
from shequtong.accounts.limits import FORGOTTEN_AFTER
from shequtong.accounts.models import Account, Guard, Session, SignInCode
from shequtong.audit import log, security
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden

CODES_KEPT = timedelta(days=1)  # the longest time a limit looks back over


@transaction.atomic
def end_session(*, session_id: str, by: Actor, now: datetime) -> None:
    """End one of `by`'s own sessions; `session_id` is what the table holds of its key. Another's is Forbidden, an ended one is no matter."""
    row = Session.objects.select_for_update().filter(session_key=session_id).first()
    if row is None:
        return
    if by.account_id is None or row.account_id != by.account_id:
        raise Forbidden("accounts.session", "accounts.Session")
    row.delete()
    log.record("accounts.session_ended", Account.objects.get(pk=by.account_id), by=by, at=now, device=row.device)


@transaction.atomic
def end_other_sessions(*, keep: str, by: Actor, now: datetime) -> int:
    """End all of `by`'s own sessions but the one with this stored key; how many."""
    if by.account_id is None:
        raise Forbidden("accounts.session", "accounts.Session")
    count, _details = Session.objects.filter(account_id=by.account_id).exclude(session_key=keep).delete()
    log.record("accounts.other_sessions_ended", Account.objects.get(pk=by.account_id), by=by, at=now, count=count)
    return count


def note_signed_in(account: Account, *, way: str, address: str, now: datetime) -> None:
    """Keep in the security log that `account` signed in, by "code", "password", each with "+totp"."""
    security.note("signed_in", what=f"accounts.{way}", by=holder_of(account), address=address, now=now)


def note_signed_out(account: Account, *, why: str, address: str, now: datetime) -> None:
    """Keep in the security log that a session of `account` ended here: "asked" or "idle"."""
    security.note("signed_out", what=f"accounts.{why}", by=holder_of(account), address=address, now=now)


@transaction.atomic
def forget_old(*, now: datetime) -> int:
    """Delete what signing in no longer needs: sessions past their time, codes (with their phones) and counts of a day ago."""
    old = (
        Session.objects.filter(expire_date__lt=now),
        SignInCode.objects.filter(made_at__lt=now - CODES_KEPT),
        Guard.objects.filter(failed_at__lt=now - FORGOTTEN_AFTER),
        Guard.objects.filter(failed_at__isnull=True, kind=Guard.Kind.PHONE),
    )
    return sum(rows.delete()[0] for rows in old)
