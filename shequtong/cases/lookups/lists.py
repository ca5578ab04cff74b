"""What waits on a workbench, and a reporter's own matters: short lists beside the queue (待办、我的事项)."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, Value

from shequtong.cases.catalogue import catalogue
from shequtong.cases.lookups.queue import PAGE
from shequtong.cases.models import NEVER, Assistance, Case, HandOver
from shequtong.cases.models.reporter import PHONE_DOMAIN
from shequtong.cases.numbers import format_number, parse_number
from shequtong.cases.workflow import OPEN_STAGES
from shequtong.core.sealed import hashes_of

_MOST_WORDS, _LONGEST_SERIAL = 5, 12  # words, digits


class Asked(NamedTuple):
    """What waits for a station's word: a sub-task (`kind` assist, due at `at`) or an offered case (offer, since `at`)."""

    kind: str
    letters: str
    year: int
    serial: int
    title: str
    text: str
    at: datetime

    @property
    def number(self) -> str:
        """The number of the case."""
        return format_number(self.letters, self.year, self.serial)


def asked_of(subdistrict_id: int, station_id: int, limit: int = PAGE) -> list[Asked]:
    """Hand-overs that a station has not answered, then its sub-tasks, soonest first. One statement."""
    tasks = Assistance.objects.filter(subdistrict=subdistrict_id, station=station_id, is_open=True)
    offers = HandOver.objects.filter(subdistrict=subdistrict_id, to_station=station_id, state=HandOver.State.OFFERED)
    case = ("case__letters", "case__year", "case__serial", "case__title")
    found = offers.annotate(kind=Value("offer")).values_list("kind", *case, "reason", "offered_at")
    also = tasks.annotate(kind=Value("assist")).values_list("kind", *case, "task", "due_at")
    return [Asked(*row) for row in found.union(also, all=True).order_by("-kind", "offered_at")[:limit]]


def assigned_to(subdistrict_id: int, station_id: int, account_id: int, limit: int = PAGE) -> list[Case]:
    """What somebody of a station has in hand, soonest due first. One statement."""
    rows = Case.objects.filter(subdistrict=subdistrict_id, assignee_account_id=account_id, lead_station=station_id)
    return list(rows.in_hand().order_by("due_at", "id").defer("text")[:limit])


def is_timed(case: Case) -> bool:
    """Whether a clock runs."""
    return case.due_at != NEVER and case.stage in OPEN_STAGES


def saying(text: str) -> Q:
    """A condition on one's own matters: the number that was typed, a serial, or words that title, text, address or class have, all of them. No statement."""
    if number := parse_number(text):
        return Q(subdistrict=number.place, year=number.year, serial=number.serial)
    found = Q()
    for word in text.split()[:_MOST_WORDS]:
        plain = word.lower()
        kinds = [kind.id for kind in catalogue().classes.values() if plain in f"{kind.name}\n{kind.name_en}".lower()]
        said = Q(title__icontains=word) | Q(text__icontains=word) | Q(address__icontains=word) | Q(case_class__in=kinds)
        serial = word.lstrip("#")
        if serial.isascii() and serial.isdecimal() and len(serial) <= _LONGEST_SERIAL:
            said |= Q(serial=int(serial))
        found &= said
    return found


def told_by(
    account_id: int,
    places: tuple[int, ...],
    after: tuple[datetime, int] | None,
    page: int = 20,
    *,
    over: bool | None = None,
    said: Q | None = None,
) -> tuple[list[Case], tuple[datetime, int] | None]:
    """A resident's own matters in all these subdistricts, the newest first, and the keyset of the next page; `over`: those that are, or are not; `said`: those that say it. One statement."""
    found = Case.objects.within(*places).filter(said or Q(), reporter_account_id=account_id)
    if over is not None:
        found = found.exclude(stage__in=OPEN_STAGES) if over else found.filter(stage__in=OPEN_STAGES)
    if after is not None:
        received_at, last_id = after
        found = found.filter(received_at__lte=received_at).exclude(received_at=received_at, id__gte=last_id)
    rows = list(found.order_by("-received_at", "-id")[: page + 1])
    return rows[:page], (rows[page - 1].received_at, rows[page - 1].pk) if len(rows) > page else None


def held_cases(held: frozenset[int], said: Q | None = None) -> list[Case]:
    """The matters whose keys are in hand, the newest first; `said`: those that say it. One statement, none for none."""
    found = Case.objects.filter(said or Q(), pk__in=sorted(held))
    return list(found.order_by("-received_at", "-id")) if held else []


def told_with(phone: str, places: tuple[int, ...], most: int = PAGE) -> list[Case]:
    """What was told with a telephone, by nobody who had an account, the newest first. One statement."""
    found = Case.objects.within(*places).filter(reporter__phone_hash__in=hashes_of(PHONE_DOMAIN, phone))
    return list(
        found.filter(reporter__subdistrict__in=places, reporter__account_id__isnull=True).order_by("-received_at", "-id")[:most]
    )
