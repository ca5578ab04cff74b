"""What one address may send without signing in, and one number a day (匿名限额): asked by every page of residents that takes something in."""

from django.conf import settings
from django.utils import timezone

from shequtong.access.request import ActorRequest
from shequtong.accounts.addresses import address_of
from shequtong.accounts.usecases.take_allowance import take_allowance
from shequtong.cases.usecases import NewReporter
from shequtong.core.tally import Ask, Per
from shequtong.files.uploads import MAX_PHOTOS


def allow(request: ActorRequest, *, reports: int, teller: NewReporter | None = None) -> tuple[str, ...]:
    """Who has not signed in may send so much an hour from one address: asked before anything of it is read. Raises TooMany.

    ("many",) where the telephone or account of `teller` has told more today than one person usually does: nothing is lost, somebody looks
    first. At most one statement.
    """
    sent = min(len(request.FILES.getlist("photos")), 2 * MAX_PHOTOS)
    wanted = {"report": (reports, settings.REPORTS_PER_ADDRESS_HOUR), "photo": (sent, settings.PHOTOS_PER_ADDRESS_HOUR)}
    known = request.user.is_authenticated
    counted = {} if known else {kind: found for kind, found in wanted.items() if found[0]}
    beside = [Ask("report_no", number, Per.DAY) for number in _number(teller)]
    if not counted and not beside:
        return ()
    told = take_allowance(wanted=counted, address=address_of(request), now=timezone.now(), beside=beside)
    return ("many",) if any(n > settings.REPORTS_PER_NUMBER_DAY for n in told) else ()


def _number(teller: NewReporter | None) -> list[str]:
    """By what one person is counted: the telephone, else the account; nothing for who leaves neither."""
    if teller is None or not (teller.phone or teller.account_id):
        return []
    return [teller.phone or f"account:{teller.account_id}"]
