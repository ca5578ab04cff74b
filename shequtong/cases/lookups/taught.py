"""What closed cases teach (由已结案件学习): the words of each with its class, and which stations led such cases."""

from collections import Counter, defaultdict

from django.db.models import Count

from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case
from shequtong.cases.workflow import Stage
from shequtong.core.places import places
from shequtong.triage.grams import plain
from shequtong.triage.labelled import Labelled

_STATIONS = 20  # of one class that are remembered, the most first
_AT_ONCE = 2000


def taught() -> list[Labelled]:
    """Closed cases of classes that are still open to choose, with their class's code as label. A statement a place."""
    known = {found.id: found.code for found in catalogue().classes.values() if not found.ended and found.standard is not None}
    found = []
    for place in places():
        closed = Case.objects.filter(subdistrict=place.number, stage=Stage.CLOSED, confidential=False).order_by("id")
        rows = closed.values_list("id", "case_class_id", "text").iterator(chunk_size=_AT_ONCE)
        found += [Labelled(plain(text), known[cls], f"case {pk}", "cases") for pk, cls, text in rows if text and cls in known]
    return found


def stations_of_classes() -> dict[str, list[int]]:
    """The stations that led closed cases of each class, the most first. A statement a place."""
    known = {found.id: found.code for found in catalogue().classes.values()}
    led: dict[str, Counter[int]] = defaultdict(Counter)
    for place in places():
        closed = Case.objects.filter(subdistrict=place.number, stage=Stage.CLOSED, lead_station__isnull=False)
        rows = closed.values_list("case_class_id", "lead_station").annotate(n=Count("id")).order_by()
        for cls, station, n in rows:
            if cls in known and station is not None:
                led[known[cls]][station] += n
    return {code: [station for station, _n in counted.most_common(_STATIONS)] for code, counted in led.items()}
