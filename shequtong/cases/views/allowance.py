"""What one address may send without signing in (匿名限额): asked by every page of residents that takes something in."""

from django.conf import settings
from django.utils import timezone

from shequtong.access.request import ActorRequest
from shequtong.accounts.addresses import address_of
from shequtong.accounts.usecases.take_allowance import take_allowance
from shequtong.files.uploads import MAX_PHOTOS


def allow(request: ActorRequest, *, reports: int) -> None:
    """Who has not signed in may send so much an hour from one address: asked before anything of it is read. Raises TooMany."""
    sent = min(len(request.FILES.getlist("photos")), 2 * MAX_PHOTOS)
    wanted = {"report": (reports, settings.REPORTS_PER_ADDRESS_HOUR), "photo": (sent, settings.PHOTOS_PER_ADDRESS_HOUR)}
    counted = {kind: found for kind, found in wanted.items() if found[0]}
    if counted and not request.user.is_authenticated:
        take_allowance(wanted=counted, address=address_of(request), now=timezone.now())
