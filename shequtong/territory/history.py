"""The past of the territory (辖区沿革): what a unit was called and how it was bounded on a day."""

from datetime import date, datetime

from django.db.models import Q

from shequtong.core.places import place
from shequtong.territory.models import UnitVersion


def on(day: date) -> Q:
    """The versions valid on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def version_as_of(unit_id: int, day: date) -> UnitVersion | None:
    """A unit as it was on `day`; None before it was formed and after it ended. One statement."""
    return UnitVersion.objects.filter(on(day), unit_id=unit_id).select_related("parent").first()


def today_in(subdistrict: int, now: datetime) -> date:
    """The date on the wall of a place: days of the territory are its days, not UTC's."""
    return now.astimezone(place(subdistrict).zone).date()
