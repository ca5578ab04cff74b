"""Other systems and their keys (接入系统): who may send and read, given and revoked by the system administrator."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from shequtong.access import roles
from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases.shown import station_name
from shequtong.core.sealed import SealError
from shequtong.core.sealed.ciphers import seal, unseal
from shequtong.core.sent_forms import done_once
from shequtong.interchange import permissions, rights
from shequtong.interchange.forms import KeyForm, RevokeForm
from shequtong.interchange.models import Subscription, SystemKey
from shequtong.interchange.usecases import NewKey, open_system_key, revoke_system_key
from shequtong.interchange.usecases.open_system_key import SERVED
from shequtong.organizations.models import Station
from shequtong.organizations.stations import directory, stations_of_subdistrict
from shequtong.territory.models import Unit
from shequtong.territory.shown import unit_name
from shequtong.territory.units import above, at_path, under

_SHOWN = "system_key"  # session: the sealed key that was just made, until its page is opened


@require_GET
@for_staff(permissions.MANAGE_SYSTEMS)
def listed(request: ActorRequest) -> HttpResponse:
    """Every key that was ever given, the standing ones first. One statement."""
    rows = list(SystemKey.objects.select_related("unit").order_by("revoked_at", "name"))
    rows.sort(key=lambda row: row.revoked_at is not None)
    return render(request, "interchange/desk/systems.html", {"rows": [_shown(row) for row in rows]})


@require_http_methods(["GET", "POST"])
@for_staff(permissions.MANAGE_SYSTEMS)
def new(request: ActorRequest) -> HttpResponse:
    """Give a key: for which system and place, what it may do, how fast, until when."""
    form = KeyForm(request.POST or None, places=_places(), posts=_posts(), stations=_stations())
    made: list[tuple[int, str]] = []
    if form.is_valid():
        told = dict(form.cleaned_data)
        unit, station = Unit.objects.get(path=told.pop("place")), told.pop("station")
        told["station"] = Station.objects.select_related("unit").get(pk=station) if station else None

        def perform() -> str:
            row, key = open_system_key(new=NewKey(**told, unit=unit), by=request.actor, now=timezone.now())
            made.append((row.pk, key))
            return reverse("interchange:system", args=[row.pk])

        if answer := done_once(request, form, perform, _("The key is given.")):
            for key_id, key in made:
                request.session[_SHOWN] = [key_id, seal(key, _associated(key_id))]
            return answer
    return render(request, "interchange/desk/system_new.html", {"form": form}, status=422 if form.is_bound else 200)


def _places() -> dict[str, str]:
    """Places by path; below a subdistrict, with what they lie in."""
    found = {}
    for one in under("", *SERVED):
        street = above(one.path, Unit.Kind.SUBDISTRICT)
        inside = street is not None and street.path != one.path
        found[one.path] = f"{unit_name(street)} · {unit_name(one)}" if street is not None and inside else unit_name(one)
    return found


def _posts() -> dict[str, str]:
    return {code: str(role.label) for code, role in roles.table().roles.items() if not role.administrator}


def _stations() -> list[tuple[str, list[tuple[int, str]]]]:
    """By subdistrict."""
    streets = [(unit_name(one), stations_of_subdistrict(one.subdistrict)) for one in under("", Unit.Kind.SUBDISTRICT)]
    return [(name, [(one.id, station_name(one)) for one in found]) for name, found in streets if found]


@never_cache
@require_GET
@for_staff(permissions.MANAGE_SYSTEMS)
def one(request: ActorRequest, key_id: int) -> HttpResponse:
    """One system; its key, once, to who has just given it."""
    row = SystemKey.objects.select_related("unit").filter(pk=key_id).first()
    if row is None:
        raise Http404
    context: dict[str, object] = {
        "one": _shown(row),
        "key": _just_given(request, key_id),
        "base": request.build_absolute_uri("/open311/v2/"),
        "standard": "Open311 GeoReport v2",
    }
    context |= {"subscriptions": list(Subscription.objects.filter(key=row).order_by("ended_at", "id"))}
    context |= {"typed": request.build_absolute_uri("/api/v1/"), "document": "openapi.json"}
    context |= {"discovery": ("discovery.json", "discovery.xml"), "services": "services.json"}
    response = render(request, "interchange/desk/system.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
@for_staff(permissions.MANAGE_SYSTEMS)
def revoke(request: ActorRequest, key_id: int) -> HttpResponse:
    """Revoke a key, saying why."""
    row = SystemKey.objects.select_related("unit").filter(pk=key_id).first()
    if row is None or (row.revoked_at is not None and request.method == "GET"):
        raise Http404
    back, form = reverse("interchange:system", args=[key_id]), RevokeForm(request.POST or None)
    if form.is_valid():

        def perform() -> str:
            revoke_system_key(key_id=key_id, reason=form.cleaned_data["reason"], by=request.actor, now=timezone.now())
            return back

        if answer := done_once(request, form, perform, _("The key is revoked."), answer=back):
            return answer
    context = {"form": form, "one": _shown(row), "back": back}
    return render(request, "interchange/desk/system_revoke.html", context, status=422 if form.is_bound else 200)


def _just_given(request: ActorRequest, key_id: int) -> str:
    kept = request.session.get(_SHOWN)
    if not kept or kept[0] != key_id:
        return ""
    del request.session[_SHOWN]
    try:
        return unseal(kept[1], _associated(key_id))
    except SealError:
        return ""


def _associated(key_id: int) -> str:
    return f"{_SHOWN}:{key_id}"


def _shown(row: SystemKey) -> dict[str, object]:
    role, station = roles.table().roles.get(row.acts_as), directory().by_id.get(row.station_id or 0)
    held = rights.parse(row.rights)
    unit, over = at_path(row.unit.path), row.last_day is not None and row.last_day < timezone.localdate()
    return {
        "row": row,
        "place": unit_name(unit) if unit else row.unit.name,
        "stands": row.revoked_at is None and not over,
        "over": over,
        "subscribes": rights.READ in held,
        "rights": [label for name, label in rights.LABELS.items() if name in held],
        "acts_as": " · ".join(
            part for part in (str(role.label) if role else "", station_name(station) if station else "") if part
        ),
    }
