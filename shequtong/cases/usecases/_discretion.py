"""Words about a confidential case (保密工单的文字): its handling station reads them and must not learn from them who called."""

from django.utils.translation import gettext as _

from shequtong.cases.hotline.secrecy import tells_caller, without_caller
from shequtong.cases.models import Case
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal


class TellsCaller(Refusal):
    """Somebody wrote who called."""


def discreet(case: Case, words: str, by: Actor) -> str:
    """The words as they may be kept with the case, which has its reporter loaded. No statement. Raises TellsCaller.

    The reporter's own are kept without name and telephone; staff's are refused, so that they say it in other words.
    """
    if not case.confidential or case.reporter is None or not words:
        return words
    name = case.reporter.name.reveal() if case.reporter.name else ""
    phone = case.reporter.phone.reveal() if case.reporter.phone else ""
    if not by.post:
        return without_caller(words, name, phone)
    if tells_caller(words, name, phone):
        raise TellsCaller(_("This case is confidential: leave out the reporter's name and telephone; the station reads this."))
    return words
