"""Who holds which post (任职一览), and one post with its days, deputies and what may be done with it."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from shequtong.access import permissions, roles
from shequtong.access.gates import for_staff
from shequtong.access.lookups import Filters, Keyset, appointments
from shequtong.access.models import Appointment
from shequtong.access.request import ActorRequest
from shequtong.access.usecases import may_give
from shequtong.accounts import permissions as accounts
from shequtong.accounts.models import Account
from shequtong.audit.models import Entry
from shequtong.cases.shown import Badge, station_name
from shequtong.core.actors import Reach
from shequtong.core.locality.ids import HIGHEST_ID
from shequtong.organizations.stations import StationRef, directory, stations_of_subdistrict
from shequtong.pages.views.people_forms import PeopleFilters
from shequtong.territory.models import Unit
from shequtong.territory.shown import unit_name
from shequtong.territory.units import UnitRef, above, tree, under, with_code

_TREE = (Unit.Kind.DISTRICT, Unit.Kind.SUBDISTRICT, Unit.Kind.PRECINCT, Unit.Kind.COMMUNITY)


@require_GET
@for_staff(permissions.VIEW_APPOINTMENTS)
def people(request: ActorRequest) -> HttpResponse:
    """By name, those that last or those that are over. One statement, two for a telephone number."""
    reach, today = request.actor.reach(permissions.VIEW_APPOINTMENTS), timezone.localdate()
    form = PeopleFilters(request.GET, places=places_within(reach, request.GET.get("under", "")), stations=stations_within(reach))
    filters = form.filters()
    after, before = _keyset(request.GET.get("after", "")), _keyset(request.GET.get("before", ""))
    page = appointments(request.actor, filters, today, after=after, before=before)
    kept = {key: value for key, value in request.GET.items() if key not in ("after", "before")}

    def link(name: str, key: Keyset | None) -> str:
        return "?" + urlencode({**kept, name: f"{key[0]}_{key[1]}"}) if key else ""

    context = {
        "rows": [shown(row, today, wide=reach.everything or len(reach.subdistricts) > 1) for row in page.rows],
        "form": form,
        "filtered": filters != Filters(),
        "pager": {"older": link("after", page.next), "newer": link("before", page.previous)},
        "may_appoint": request.actor.may(permissions.APPOINT),
        "may_open": request.actor.may(accounts.MANAGE),
    }
    return render(request, "pages/desk/people.html", context)


def _keyset(text: str) -> Keyset | None:
    """What a link to another page names; whatever else an address says is none."""
    name, _underscore, last = text.rpartition("_")
    if not (last.isascii() and last.isdecimal() and len(last) < 20 and int(last) <= HIGHEST_ID) or "\0" in name:
        return None
    return name, int(last)


@require_GET
@for_staff(permissions.VIEW_APPOINTMENTS)
def person(request: ActorRequest, appointment_id: int) -> HttpResponse:
    """One post; who may see it sees the other posts of its holder that they may see. Four statements; one more for who ended it and why."""
    row, today = post_or_404(request, appointment_id, permissions.VIEW_APPOINTMENTS), timezone.localdate()
    account = Account.objects.filter(pk=row.account_id).first()
    seen = Appointment.objects.within_reach(request.actor, permissions.VIEW_APPOINTMENTS)
    others = (
        seen.filter(account_id=row.account_id).exclude(pk=row.pk).select_related("stands_in_for").order_by("-starts_on", "-id")
    )
    deputies = row.deputies.select_related("stands_in_for").order_by("-starts_on", "-id")
    changes = is_lasting(row, today) and may_change(request, row)
    context = {
        "one": shown(row, today),
        "phone": account.phone.masked if account and account.phone else "",
        "closed": account is not None and not account.is_active,
        "ending": _ending(row) if row.ended_at else None,
        "others": [shown(one, today) for one in others],
        "deputies": [shown(one, today) for one in deputies],
        "may_end": changes,
        "may_name_deputy": changes and row.stands_in_for_id is None,
    }
    return render(request, "pages/desk/person.html", context)


def _ending(row: Appointment) -> Entry | None:
    """Who ended it, and the reason they gave."""
    found = Entry.objects.filter(subdistrict=row.subdistrict_id, object_kind=row._meta.label, object_id=row.pk)
    return found.filter(what="access.appointment_ended").first()


def post_or_404(request: ActorRequest, appointment_id: int, permission: str) -> Appointment:
    """The appointment within reach; absent and forbidden look the same. One statement."""
    found = Appointment.objects.within_reach(request.actor, permission).filter(pk=appointment_id)
    row = found.select_related("unit", "station", "stands_in_for").first()
    if row is None:
        raise Http404
    return row


def may_change(request: ActorRequest, row: Appointment) -> bool:
    """Whether the reader may end this post or name a deputy for it. `row.unit` loaded. No statement."""
    role = roles.table().roles.get(row.role)
    covered = request.actor.reach(permissions.APPOINT).covers(row.reach_facts())
    own, made_here = row.account_id == request.actor.account_id, role is None or not role.administrator
    return covered and may_give(request.actor, role) and made_here and not own


def is_lasting(row: Appointment, today: date) -> bool:
    """In force, or to come."""
    return row.ended_at is None and (row.ends_on is None or row.ends_on >= today)


def shown(row: Appointment, today: date, *, wide: bool = True) -> dict[str, Any]:
    """A post as a row; `wide` says its street too. No statement."""
    role, unit = roles.table().roles.get(row.role), tree().by_id.get(row.unit_id or 0)
    station = directory().by_id.get(row.station_id or 0)
    return {
        "row": row,
        "url": reverse("pages:person", args=[row.pk]),
        "role": str(role.label) if role else row.role,
        "place": place_of(unit, wide=wide),
        "station": station_name(station) if station else "",
        "state": _state(row, today),
        "stands_in_for": row.stands_in_for.account_name if row.stands_in_for else "",
    }


def place_of(unit: UnitRef | None, *, wide: bool = True) -> str:
    """The unit in words, with its street for who reaches several; the whole platform without any."""
    if unit is None:
        return _("The whole platform")
    street, name = above(unit.path, Unit.Kind.SUBDISTRICT), unit_name(unit)
    return name if not wide or street is None or name.startswith(unit_name(street)) else f"{unit_name(street)} {name}"


def _state(row: Appointment, today: date) -> Badge:
    if row.ended_at is not None:
        return Badge(pgettext("post", "Ended"), "cross", "quiet")
    if row.ends_on is not None and row.ends_on < today:
        return Badge(pgettext("post", "Over"), "check", "quiet")
    if row.starts_on > today:
        return Badge(pgettext("post", "To come"), "ring", "info")
    if row.stands_in_for_id is not None:
        return Badge(pgettext("post", "Deputy"), "half", "info")
    return Badge(pgettext("post", "In force"), "circle", "good")


def places_within(reach: Reach, chosen: str = "") -> list[UnitRef]:
    """Units of the reach down to communities, with the grids of the one that is chosen or its community; all grids for a small reach."""
    tops = [""] if reach.everything else [grant.path for grant in reach.grants if grant.station is None and grant.path]
    found = list(dict.fromkeys(unit for path in tops for unit in under(path, *_TREE)))
    inside = with_code(chosen) if chosen else None
    opened = above(inside.path, Unit.Kind.COMMUNITY) if inside else None
    if opened in found:
        at = found.index(opened) + 1
        found[at:at] = under(opened.path, Unit.Kind.GRID)
    return found


def stations_within(reach: Reach) -> list[StationRef]:
    """Standing stations within reach, street by street."""
    streets = [one.subdistrict for one in under("", Unit.Kind.SUBDISTRICT)] if reach.everything else list(reach.subdistricts)
    return [one for number in streets for one in stations_of_subdistrict(number) if reach.covers(one.reach_facts())]
