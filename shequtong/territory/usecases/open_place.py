"""Open a storage place (启用存储编号): a district or subdistrict gets the permanent number that its rows carry."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import held, places
from shequtong.core.actors import Actor, Facts
from shequtong.core.clock import ClockError, zone_named
from shequtong.core.locality import INSTALLATION
from shequtong.core.locality.ids import HIGHEST_PLACE
from shequtong.core.models import Subdistrict
from shequtong.core.refusals import Refusal
from shequtong.territory import permissions


class CannotOpenPlace(Refusal):
    """The number or the letters are taken or not allowed."""


class _Installation:
    def reach_facts(self) -> Facts:
        """A new place is the installation's to give."""
        return Facts(INSTALLATION)


@transaction.atomic
def open_place(
    *, number: int, kind: str, letters: str, name: str, zone: str = "Asia/Shanghai", by: Actor, now: datetime
) -> Subdistrict:
    """A storage number (1..131071, for ever) with the 2–4 capital letters that begin its case numbers. 5 statements."""
    by.require(permissions.MANAGE_UNITS, _Installation())
    _check(number, kind, letters, zone)
    place = Subdistrict.objects.create(id=number, kind=kind, letters=letters, name=name, zone=zone)
    log.record("territory.place_opened", place, by=by, at=now, letters=letters, kind=kind)
    held.changed(places.REVISION)
    return place


def _check(number: int, kind: str, letters: str, zone: str) -> None:
    if not INSTALLATION < number <= HIGHEST_PLACE or kind not in (Subdistrict.Kind.DISTRICT, Subdistrict.Kind.SUBDISTRICT):
        raise CannotOpenPlace(_("A place needs a number from 1 to %(most)s.") % {"most": HIGHEST_PLACE})
    if not re.fullmatch("[A-Z]{2,4}", letters):
        raise CannotOpenPlace(_("The letters of a place are two to four capitals from A to Z."))
    if Subdistrict.objects.filter(id=number).exists() or Subdistrict.objects.filter(letters=letters).exists():
        raise CannotOpenPlace(
            _("The number %(number)s or the letters %(letters)s are taken.") % {"number": number, "letters": letters}
        )
    try:
        zone_named(zone)
    except ClockError as error:
        raise CannotOpenPlace(_("There is no time zone %(zone)s that is named by a city.") % {"zone": zone}) from error
