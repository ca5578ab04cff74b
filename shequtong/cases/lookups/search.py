"""Cases by what somebody types (全局检索): a number, a serial alone, or words. Bounded whatever the number of cases, and never beyond the reach.

Words have no index: they are looked for in the newest cases of the subdistrict, of which those within reach are shown.
"""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from shequtong.cases import permissions
from shequtong.cases.lookups.own_intake import with_header
from shequtong.cases.models import Case
from shequtong.cases.numbers import parse_number
from shequtong.core.actors import Actor

NEWEST = 5000  # cases whose words are read
SHOWN = 20  # of each group
_YEARS = 10  # whose serials are looked up
_LONGEST_SERIAL = 12  # digits
_MOST_WORDS = 5


class Found(NamedTuple):
    """Cases seen in full, those seen as headers alone, and whether there are more than are shown."""

    full: list[Case]
    headers: list[Case]
    more: bool = False


def numbered_case(actor: Actor, text: str) -> Case | None:
    """The case of a whole number, within reach in full or as a header. Two statements at most, none for what is no number."""
    if not parse_number(text):
        return None
    rows = Case.objects.numbered(text).defer("text")
    return rows.within_post(actor, permissions.VIEW).first() or with_header(rows, actor).first()


def cases_with_serial(actor: Actor, text: str, now: datetime) -> Found:
    """The cases of one's subdistrict that have this serial, of the last ten years, the newest first. Two statements, none for what is no serial."""
    plain = text.strip().lstrip("#")
    if not (plain.isascii() and plain.isdigit() and len(plain) <= _LONGEST_SERIAL):
        return Found([], [])
    years = range(now.year - _YEARS + 1, now.year + 2)  # the place's year may have begun before ours
    rows = Case.objects.filter(subdistrict=actor.home, year__in=years, serial=int(plain)).defer("text").order_by("-year")
    full = list(rows.within_post(actor, permissions.VIEW))
    headers = [case for case in with_header(rows, actor) if case not in full]
    return Found(full, headers)


def cases_saying(actor: Actor, text: str) -> Found:
    """Those of the newest cases within reach whose title, text or address has all the words, the newest first. One statement.

    One character is a word, too. Who sees headers alone reads no words and finds none.
    """
    words = text.split()[:_MOST_WORDS]
    if not words or not actor.reach(permissions.VIEW).of_post.grants:
        return Found([], [])
    said = Q()
    for word in words:
        said &= Q(title__icontains=word) | Q(text__icontains=word) | Q(address__icontains=word)
    rows = Case.objects.filter(said, subdistrict=actor.home, pk__in=_newest(actor.home)).within_post(actor, permissions.VIEW)
    found = list(rows.order_by("-received_at", "-id")[: SHOWN + 1])
    return Found(found[:SHOWN], [], len(found) > SHOWN)


def _newest(subdistrict: int) -> QuerySet[Case, int]:
    return Case.objects.filter(subdistrict=subdistrict).order_by("-received_at", "-id").values_list("pk", flat=True)[:NEWEST]
