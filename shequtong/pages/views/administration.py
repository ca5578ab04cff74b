"""What an administrator looks at today (管理事项): accounts without a post, posts that end, calendars, the log; and the list of accounts."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from shequtong.access import permissions
from shequtong.access.gates import for_staff
from shequtong.access.models import Appointment
from shequtong.access.request import ActorRequest
from shequtong.accounts import permissions as accounts
from shequtong.accounts.models import Account
from shequtong.audit.models import SecurityEvent
from shequtong.cases.shown import Badge
from shequtong.core.places import places
from shequtong.pages import log_words
from shequtong.pages.views.people import shown
from shequtong.territory import permissions as territory
from shequtong.territory.calendar_users import missing_for

PAGE = 50
_SOON = timedelta(days=30)  # before a post ends
_MOST = 20  # of these, the first to end
_LATELY = timedelta(hours=24)
_WATCHED = ("sign_in_failed", "locked_out", "refused", "revealed")


@require_GET
@for_staff(permissions.VIEW_APPOINTMENTS)
def administration(request: ActorRequest) -> HttpResponse:
    """For the three administrators; what each may mend, with the way there. Three statements."""
    post = request.actor.in_use
    if post is None or not post.role.administrator:
        raise Http404
    now, today, tiles = timezone.now(), timezone.localdate(), []
    if sees_accounts(request):
        tiles.append(_tile(_("Accounts without a post"), _without_post().count(), f"{reverse('pages:accounts')}?posts=none"))
    if request.actor.may(territory.MANAGE_CALENDAR):
        missing = missing_for(request.actor, "", now)
        calendars = reverse("territory:desk-calendars")
        tiles.append(_tile(_("Calendars that lack a holiday notice"), len(missing), calendars))
    if request.actor.may(permissions.VIEW_SECURITY_LOG):
        tiles += _log_tiles(now)
    ending = Appointment.objects.within_reach(request.actor, permissions.VIEW_APPOINTMENTS).lasting(today)
    ending = ending.filter(ends_on__lte=today + _SOON).select_related("stands_in_for").order_by("ends_on", "id")[:_MOST]
    context = {"tiles": tiles, "ending": [shown(row, today) for row in ending], "days": _SOON.days}
    return render(request, "pages/desk/administration.html", context)


def _tile(label: str, n: int, url: str) -> dict[str, Any]:
    return {"label": label, "n": n, "url": url}


def _log_tiles(now: Any) -> list[dict[str, Any]]:
    """What the log of a day holds of what is watched. One statement."""
    lately = SecurityEvent.objects.filter(
        subdistrict__in=[one.number for one in places()], kind__in=_WATCHED, at__gte=now - _LATELY
    )
    found = dict(lately.order_by().values("kind").annotate(n=Count("id")).values_list("kind", "n"))
    return [
        _tile(
            _("%(what)s, last 24 h") % {"what": log_words.event(kind)},
            found.get(kind, 0),
            f"{reverse('pages:log')}?of=security&kind={kind}",
        )
        for kind in _WATCHED
    ]


def sees_accounts(request: ActorRequest) -> bool:
    """Who opens accounts, and who then appoints their owners; of the whole platform."""
    return any(request.actor.reach(right).everything for right in (accounts.MANAGE, permissions.APPOINT))


def _without_post() -> QuerySet[Account]:
    return Account.objects.filter(~Exists(_posts()), is_staff_member=True, is_active=True)


def _posts() -> QuerySet[Appointment]:
    return Appointment.objects.lasting(timezone.localdate()).filter(account_id=OuterRef("pk"))


@require_GET
@for_staff(permissions.VIEW_APPOINTMENTS)
def account_list(request: ActorRequest) -> HttpResponse:
    """All accounts of staff, with a post or without, the newest first. One statement."""
    if not sees_accounts(request):
        raise Http404
    q, none = request.GET.get("q", "").strip()[:40], request.GET.get("posts") == "none"
    found = _without_post() if none else Account.objects.filter(is_staff_member=True)
    if q:
        found = found.filter(shown_name__icontains=q)
    told = request.GET.get("before", "")
    if told.isascii() and told.isdecimal() and len(told) < 19:
        found = found.filter(pk__lt=int(told))
    rows = list(found.annotate(has_post=Exists(_posts())).order_by("-pk")[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    kept = urlencode({"q": q, "posts": "none" if none else ""})
    context = {
        "rows": [{"account": row, "phone": row.phone.masked if row.phone else "", "state": account_state(row)} for row in rows],
        "q": q,
        "tabs": [
            {"label": _("All accounts"), "url": "?", "active": not none, "count": None},
            {"label": _("Accounts without a post"), "url": "?posts=none", "active": none, "count": None},
        ],
        "none": none,
        "older": f"?{kept}&before={rows[-1].pk}" if more else "",
        "newest": f"?{kept}" if told else "",
        "may_open": request.actor.may(accounts.MANAGE),
        "may_appoint": request.actor.may(permissions.APPOINT),
    }
    return render(request, "pages/desk/accounts.html", context)


def account_state(row: Any) -> Badge:
    """How an account stands; `has_post` was asked with it."""
    if not row.is_active:
        return Badge(pgettext("account", "closed"), "cross", "quiet")
    if row.has_post:
        return Badge(_("Has a post"), "check", "good")
    return Badge(_("No post yet"), "ring", "warn")
