"""How a case is shown (展示口径): stage, light, class and station in the reader's words; shapes as well as colours."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from shequtong.cases.catalogue import Class, catalogue
from shequtong.cases.found import Why
from shequtong.cases.lookups import is_timed
from shequtong.cases.models import Case, Reporter
from shequtong.cases.places import calendar_at
from shequtong.cases.usecases.turns import clock_pauses
from shequtong.cases.workflow import MOVES, Stage
from shequtong.core.clock import ClockKind, Due, Explanation, Light, Limit, explain, light, wording
from shequtong.core.clock.nearness import by_when, rounded, time_left
from shequtong.core.places import place
from shequtong.organizations.stations import StationRef, directory
from shequtong.territory.units import UnitRef, ancestors

# stage -> (shape, tone): how far it has come, never by colour alone
STAGE_LOOKS: dict[str, tuple[str, str]] = {
    Stage.HELD: ("ring", "warn"),
    Stage.CONFIRMATION: ("ring", "info"),
    Stage.INTAKE: ("ring", "info"),
    Stage.REGISTERED: ("ring", "warn"),
    Stage.DECISION: ("ring", "bad"),
    Stage.DISPATCHED: ("arrow", "info"),
    Stage.HANDLING: ("half", "info"),
    Stage.VERIFICATION: ("square", "info"),
    Stage.CLOSING: ("square", "warn"),
    Stage.CLOSED: ("check", "good"),
    Stage.VOIDED: ("cross", "quiet"),
    Stage.NOT_ACCEPTED: ("cross", "quiet"),
    Stage.WITHDRAWN: ("cross", "quiet"),
    Stage.MERGED: ("check", "quiet"),
}
LIGHT_LOOKS: dict[Light, tuple[str, str]] = {
    Light.GREEN: ("circle", "good"),
    Light.AMBER: ("triangle", "warn"),
    Light.RED: ("diamond", "bad"),
}
# Said in place of name and telephone, once they are gone.
REMOVED: dict[str, Promise] = {
    Reporter.Removed.WISH: gettext_lazy("Contact removed at the reporter's wish"),
    Reporter.Removed.PERIOD: gettext_lazy("Contact removed at the end of its period"),
}


@dataclass(frozen=True)
class Badge:
    """A stage or light: label, shape, tone."""

    label: str
    shape: str
    tone: str


@dataclass(frozen=True)
class Shown:
    """One case as a row or header."""

    case: Case
    number: str
    url: str
    stage: Badge
    light: Badge | None
    class_name: str
    place_name: str
    station_name: str
    due_at: datetime | None
    seen_at: datetime
    why: Why | None = None  # found by words

    @property
    def left(self) -> str:
        """How much time there is, or how late it is; "" where no clock runs."""
        return time_left(self.due_at, self.seen_at) if self.due_at else ""


def class_name(found: Class) -> str:
    """The class in the reader's language."""
    return found.name_en if (get_language() or "").startswith("en") and found.name_en else found.name


def class_example(found: Class) -> str:
    """The line that helps to choose it."""
    return found.example_en if (get_language() or "").startswith("en") and found.example_en else found.example


def station_name(found: StationRef) -> str:
    """The station in the reader's language."""
    return found.name_en if (get_language() or "").startswith("en") and found.name_en else found.name


def unit_name(found: UnitRef) -> str:
    """The unit in the reader's language."""
    return found.name_en if (get_language() or "").startswith("en") and found.name_en else found.name


def light_of(case: Case, now: datetime) -> Light | None:
    """The light of the running clock; None when none runs."""
    return light(Due(case.amber_at, case.due_at), now) if is_timed(case) else None


def stage_badge(stage: str) -> Badge:
    """The stage in words and shape."""
    found = Stage(stage)
    return Badge(str(found.label), *STAGE_LOOKS[found])


def light_badge(found: Light) -> Badge:
    """The light in words and shape."""
    return Badge(wording.light_name(found), *LIGHT_LOOKS[found])


def place_name(path: str, *, as_written: bool = False) -> str:
    """Community and grid of a place, as staff of the street say it; in the reader's language, unless `as_written`."""
    found = [unit for unit in ancestors(path) if unit.kind in ("community", "grid")]
    english = not as_written and (get_language() or "").startswith("en")
    return " ".join(unit_name(unit) for unit in found) if english else "".join(unit.name for unit in found)


@cache
def _around() -> tuple[str, str]:
    """What stands before and after the number in the address of a case: a list asks for fifty, a map for three hundred."""
    before, _number, after = reverse("cases:desk-detail", args=["NUMBER"]).partition("NUMBER")
    return before, after


def desk_url(number: str) -> str:
    """The address of a case at the desk."""
    return number.join(_around())


def shown(case: Case, now: datetime) -> Shown:
    """Dress a case. No statement. Who dresses many takes one `Dresser` for them."""
    return Dresser(now)(case)


class Dresser:
    """Dresses the cases of one page, in the language of its reader. What many have in common is put into words once: of three hundred on a map nearly all of it."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        classes, stations = catalogue().classes, directory().by_id
        self._class_name = cache(lambda one: class_name(classes[one]))  # by its id: a class is long to tell from others
        self._station_name = cache(lambda one: station_name(stations[one]) if one in stations else "")
        self._place_name = cache(place_name)
        self._stage, self._light, self._late = cache(stage_badge), cache(light_badge), dict[int, Badge]()

    def __call__(self, case: Case) -> Shown:
        """One of them. No statement."""
        found, number = light_of(case, self.now), case.number
        return Shown(
            case=case,
            number=number,
            url=desk_url(number),
            stage=self._stage(case.stage),
            light=self._lit(found, case) if found else None,
            class_name=self._class_name(case.case_class_id),
            place_name=self._place_name(case.place_path),
            station_name=self._station_name(case.lead_station_id),
            due_at=case.due_at if found else None,
            seen_at=self.now,
        )

    def _lit(self, found: Light, case: Case) -> Badge:
        """The light; of what is overdue by how much, as the wall clock has it."""
        if found != Light.RED:
            return self._light(found)
        late = rounded(self.now - case.due_at)
        if late not in self._late:
            self._late[late] = Badge(by_when(case.due_at, self.now, place(case.subdistrict_id).zone), *LIGHT_LOOKS[found])
        return self._late[late]


def running_limit(case: Case) -> Limit:
    """The limit that the running clock counts against, its extensions included."""
    limit = catalogue().limit_of(case.standard_id, case.stage)
    return limit.extended(case.clock_extensions) if case.clock_extensions else limit


def clock_explained(case: Case, now: datetime) -> Explanation | None:
    """Why the clock of a case stands where it stands; None when none runs. One statement when it was ever paused."""
    if case.clock_from is None or not is_timed(case):
        return None
    until = max(now, case.clock_from)
    return explain(running_limit(case), calendar_at(case.place_path), case.clock_from, until, clock_pauses(case))


def teller_words(case: Case) -> str:
    """Who told it, masked; "" when nobody did. The case has its reporter loaded.

    Of a confidential one nothing, to anybody: each look is logged, and what stands on a page or on paper is looked at without a log.
    """
    if case.reporter is None:
        return ""
    if case.confidential:
        return _("Kept confidential")
    if case.reporter.contact_removed_at is not None:
        return str(REMOVED[case.reporter.contact_removed_for])
    return " ".join(str(part) for part in (case.reporter.name, case.reporter.phone) if part) or _("anonymous")


def move_name(move: str) -> str:
    """The verb of a step in the reader's words."""
    return str(MOVES[move].label) if move in MOVES else move


_WHY_HELD = {
    "anonymous": gettext_lazy("Nobody says who told it."),
    "insult": gettext_lazy("The words insult somebody."),
    "private": gettext_lazy("The words seem to hold private data of others."),
    "blocked": gettext_lazy("Reports of this sender are looked at first."),
    "system": gettext_lazy("What this system sends is looked at first."),
    "unclear": gettext_lazy(
        "The reporter could not say what it is about: the class is a guess. Put it right first where it is wrong."
    ),
    "many": gettext_lazy("Very many reports came from the same sender."),
}


def held_words(codes: list[str]) -> list[str]:
    """Why a report is held, a sentence each."""
    return [str(_WHY_HELD[code]) for code in codes if code in _WHY_HELD]


def undecided_limits(case: Case) -> str:
    """The limits between which registering decides: 2小时、5个工作日; "" where there is one, and once it is decided."""
    found = catalogue().told_limits(case.case_class_id, case.standard_id)
    return _(", ").join(limit_words(one) for one in found) if case.registered_at is None and len(found) > 1 else ""


def limit_words(limit: Limit) -> str:
    """How long handling may take, in words nobody needs to be taught: 5个工作日."""
    if limit.extra_minutes or not limit.amount:
        return wording.limit_text(limit)
    plain = {
        ClockKind.URGENT_HOURS: ngettext("%(n)d hour", "%(n)d hours", limit.amount),
        ClockKind.WORK_HOURS: ngettext("%(n)d office hour", "%(n)d office hours", limit.amount),
        ClockKind.WORK_DAYS: ngettext("%(n)d working day", "%(n)d working days", limit.amount),
        ClockKind.CALENDAR_DAYS: ngettext("%(n)d day", "%(n)d days", limit.amount),
    }
    return plain[limit.kind] % {"n": limit.amount}
