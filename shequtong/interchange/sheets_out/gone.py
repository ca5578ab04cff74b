"""Rows that are gone (减少的行): who stood in the sheet before, and why they do not now; a few hundred at a time."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shequtong.core.actors import Actor
from shequtong.interchange.sheets_out.counting import Filling
from shequtong.interchange.sheets_out.words import Filter, filter_text
from shequtong.people import permissions
from shequtong.people.models import Person
from shequtong.territory.shown import unit_name
from shequtong.territory.units import with_code

_BATCH = 500


def gone_rows(keys: Sequence[str], row: Filter, what: Filling, by: Actor) -> Iterator[tuple[str, str]]:
    """Who, and why. A name in clear only where it is still within reach. A statement for 500."""
    if row.units:
        for key in keys:
            unit = with_code(key)
            yield (unit_name(unit) if unit else key), _("The unit stands no more.")
        return
    for start in range(0, len(keys), _BATCH):
        ids = [int(key) for key in keys[start : start + _BATCH]]
        found = {one.pk: one for one in Person.objects.within(what.unit.subdistrict).filter(pk__in=ids)}
        for one in ids:
            yield _told(found.get(one), row, what, by)


def _told(person: Person | None, row: Filter, what: Filling, by: Actor) -> tuple[str, str]:
    if person is None or person.emptied_at is not None or not person.name:
        return "", _("The record was deleted after its time.")
    clear = what.clear and by.reach(permissions.VIEW).of_post.covers(person.reach_facts())
    name = person.name.reveal() if clear else person.name.masked
    if person.ended_on is not None:
        return name, f"{person.get_ended_for_display()} {person.ended_on.isoformat()}".strip()
    if not person.grid_path.startswith(what.unit.path):
        return name, _("Lives in another unit now.")
    return name, pgettext("sheet", "Is not among “%(who)s” any more.") % {"who": filter_text(row)}
