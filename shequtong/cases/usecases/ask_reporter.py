"""Ask the reporter (问询反映人): what is missing is asked for; the clock stands still for a limited time."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases import on_duty
from shequtong.cases.catalogue import catalogue
from shequtong.cases.flow import flow_of
from shequtong.cases.models import Case, Question
from shequtong.cases.usecases.pauses import pause
from shequtong.cases.usecases.turns import CannotMove, begin, finish, required_note
from shequtong.core.actors import Actor
from shequtong.core.clock import PauseReason

_TOKEN_BYTES = 18  # 144 bits: the link is the right to answer
_LONGEST_NUMBER = 5  # digits of a storage number


def hash_of(token: str) -> str:
    """What is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def place_of(token: str) -> int | None:
    """The subdistrict a link leads to; None when it is none of ours."""
    number = token.partition("-")[0]
    return int(number) if number.isascii() and number.isdecimal() and len(number) <= _LONGEST_NUMBER else None


def answer_until(case: Case, now: datetime) -> datetime:
    """How long the clock may stand still for an answer: the days of the place, under an urgent limit no longer than the limit itself."""
    until = now + timedelta(days=flow_of(case.subdistrict_id).ask_days)
    if not on_duty.is_urgent(case):
        return until
    return min(until, now + timedelta(minutes=catalogue().standards[case.standard_id].limit.minutes))


@transaction.atomic
def ask_reporter(*, number: str, text: str, by: Actor, now: datetime) -> Question:
    """Ask; the reporter is sent a link that needs no sign-in. Raises Forbidden, CannotMove."""
    turn = begin(number, "ask_reporter", by=by, now=now)
    case, words = turn.case, required_note(turn, text)
    if on_duty.is_urgent(case) and case.clock_pauses:
        raise CannotMove(
            _("Under an urgent limit the clock stands still for one question only. Please go on, or call the reporter.")
        )
    until = answer_until(case, now)
    token = f"{case.subdistrict_id}-{secrets.token_urlsafe(_TOKEN_BYTES)}"  # says in which subdistrict to look
    asked = Question.objects.create(
        subdistrict_id=case.subdistrict_id,
        case=case,
        text=words,
        token_hash=hash_of(token),
        asked_at=now,
        until=until,
        account_id=by.account_id,
        actor=by.name,
    )
    pause(turn, PauseReason.REPORTER_ASKED, until, words)
    finish(turn, note=words, secret=token, details={"until": until.isoformat()})
    return asked
