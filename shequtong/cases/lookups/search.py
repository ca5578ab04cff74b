"""Cases by what they are called (按编号检索): a number, or a serial alone. Bounded whatever the number of cases, and never beyond the reach."""

from datetime import datetime
from typing import NamedTuple

from shequtong.cases import permissions
from shequtong.cases.lookups.own_intake import with_header
from shequtong.cases.lookups.words import LONGEST_SERIAL, years
from shequtong.cases.models import Case
from shequtong.cases.numbers import parse_number
from shequtong.core.actors import Actor


class Found(NamedTuple):
    """Cases seen in full, and those seen as headers alone."""

    full: list[Case]
    headers: list[Case]


def numbered_case(actor: Actor, text: str) -> Case | None:
    """The case of a whole number, within reach in full or as a header. Two statements at most, none for what is no number."""
    if not parse_number(text):
        return None
    rows = Case.objects.numbered(text).defer("text")
    return rows.within_post(actor, permissions.VIEW).first() or with_header(rows, actor).first()


def cases_with_serial(actor: Actor, text: str, now: datetime) -> Found:
    """The cases of one's subdistrict that have this serial, of the last ten years, the newest first. Two statements, none for what is no serial."""
    plain = text.strip().lstrip("#")
    if not (plain.isascii() and plain.isdigit() and len(plain) <= LONGEST_SERIAL):
        return Found([], [])
    rows = Case.objects.filter(subdistrict=actor.home, year__in=years(now), serial=int(plain)).defer("text").order_by("-year")
    full = list(rows.within_post(actor, permissions.VIEW))
    headers = [case for case in with_header(rows, actor) if case not in full]
    return Found(full, headers)
