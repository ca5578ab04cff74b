"""Screen reports (批量审核): many held reports are let in, or not accepted, by one decision. Each is a move of its own, with its own trace."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases.usecases.admit_case import admit_case
from shequtong.cases.usecases.not_accept_case import not_accept_case
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal

MOST = 30  # at once: what stands on one page
ADMIT, REFUSE = "admit", "refuse"


class CannotScreen(Refusal):
    """Nothing chosen, too much, or every one refused."""


@dataclass
class Screened:
    """Numbers that moved, and sentences about those that did not."""

    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@transaction.atomic
def screen_reports(*, numbers: Sequence[str], verdict: str, by: Actor, now: datetime, why: str = "", words: str = "") -> Screened:
    """Admit (`verdict` "admit") or do not accept ("refuse", with `why` of REASONS and `words` for the reporter) each of `numbers`.

    One that somebody else decided meanwhile is left as it is. Raises Forbidden, and CannotScreen when none moved.
    """
    chosen = list(dict.fromkeys(numbers))
    if not chosen or len(chosen) > MOST:
        raise CannotScreen(_("Tick 1 to %(most)d reports.") % {"most": MOST})
    found = Screened()
    for number in chosen:
        try:
            with transaction.atomic():
                if verdict == ADMIT:
                    admit_case(number=number, by=by, now=now, note=words)
                else:
                    not_accept_case(number=number, why=why, words=words, by=by, now=now)
        except Refusal as refusal:
            found.left.append(f"{number}: {refusal}")
        else:
            found.done.append(number)
    if not found.done:
        raise CannotScreen(found.left[0])
    return found
