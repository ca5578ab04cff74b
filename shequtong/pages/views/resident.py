"""The resident's first page (居民首页) and the privacy notice (隐私说明)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from shequtong.cases.notice import NOTICE_VERSION
from shequtong.pages.contacts import near, to_ring
from shequtong.pages.my_community import my_community
from shequtong.pages.place import name_of, streets

_NAMED = 12  # streets that are still read out one by one


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """One entry, the way back to what one told before, what one's community published, and whom one rings. No statement."""
    mine = my_community(request)
    found = near(mine)
    context = {"mine": mine, "contacts": found, "ring": to_ring(found), "streets": _named() if len(streets()) > 1 else ""}
    return render(request, "pages/resident/home.html", context)


def _named() -> str:
    """The streets served, while they can be read out one by one."""
    own = [name_of(street) for street in streets()]
    return pgettext("between names", ", ").join(own) if len(own) <= _NAMED else ""


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, why, how long, and what one may ask for; the figures are those the platform works by."""
    context = {
        "version": NOTICE_VERSION,
        "streets": _named(),
        "original_days": settings.FILES_KEEP_ORIGINALS_DAYS,
        "contact_days": settings.CASES_KEEP_CONTACTS_DAYS,
    }
    return render(request, "pages/resident/privacy.html", context)
