"""The filters of the queue (筛选)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shequtong.cases.forms.fields import class_choices
from shequtong.cases.forms.words import WordsField
from shequtong.cases.lookups import Filters
from shequtong.cases.lookups.lights import AMBER, GREEN, NONE, RED
from shequtong.cases.lookups.waits import COLLEAGUES, ME, OWN, TAKE_UP
from shequtong.cases.shown import station_name, unit_name
from shequtong.cases.workflow import ENDED_STAGES, OPEN_STAGES, Stage
from shequtong.core.actors import Reach
from shequtong.organizations.stations import directory, stations_of_subdistrict
from shequtong.territory.models import Unit
from shequtong.territory.units import UnitRef, above, under, with_code

WHOLE = "all"  # `reach` in the address: headers of all that may be seen as headers, not the full cases of the post

Choices = list[tuple[str, Any]]


class FilterForm(forms.Form):
    """The queue's filters, kept in the address. Stations and places are those within `reach`; a post at a station has no choice of either,
    but may ask for what is assigned to its own `account`; `waits`: there is work that waits for the post; `words`: it reads what cases say."""

    stage = forms.ChoiceField(label=_("Stage"), required=False)
    light = forms.ChoiceField(
        label=_("State of the clock"),
        required=False,
        choices=[("", _("Any")), (AMBER, _("Due soon")), (RED, _("Overdue")), (GREEN, _("In time")), (NONE, _("No clock runs"))],
    )
    cls = forms.ChoiceField(label=_("Class"), required=False)
    station = forms.TypedChoiceField(label=_("Station"), required=False, coerce=int, empty_value=None)
    under = forms.ChoiceField(label=_("Community or grid"), required=False)
    mine = forms.ChoiceField(label=_("Assigned to"), required=False)
    waits = forms.ChoiceField(label=_("Waits for"), required=False)
    q = WordsField(label=_("Words or number"), required=False)
    reach = forms.ChoiceField(required=False, choices=[("", ""), (WHOLE, WHOLE)], widget=forms.HiddenInput)
    issue = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)  # a hot issue
    view = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)  # of the map: it filters nothing, and is kept

    def __init__(self, data: Any, *, reach: Reach, account: int | None = None, waits: bool = False, words: bool = False) -> None:
        super().__init__(data)
        if not words:
            del self.fields["q"]
        self._account = account
        at_station = account is not None and any(grant.station is not None for grant in reach.grants)
        ended = [stage for stage in Stage if stage in ENDED_STAGES]
        self._offer(
            "stage", [("", _("All open")), *((one.value, one.label) for one in (*OPEN_STAGES, *ended)), ("all", _("All"))]
        )
        self._offer("cls", [("", _("Any")), *class_choices()])
        place, roots = with_code(self.data.get("under", "")), _roots(reach)
        opened = _opened(roots, place, self.data.get("station", ""))
        self._offer("station", _stations(opened))
        self._offer("under", _places(roots, opened, place))
        self._offer("mine", [("", _("Any")), ("me", _("Me"))] if at_station else [])
        own = [(OWN, _("In my hands")), (TAKE_UP, _("To take up")), (COLLEAGUES, _("With colleagues"))] if at_station else []
        self._offer("waits", [("", _("Any")), (ME, _("Me")), *own] if waits else [])

    def _offer(self, name: str, choices: Choices) -> None:
        """What one may choose from; a field with nothing but "any" is left out."""
        if len(choices) < 2:
            del self.fields[name]
            return
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField behind the mapping

    def filters(self) -> Filters:
        """What was chosen; nonsense in an address filters nothing."""
        self.is_valid()
        chosen = self.cleaned_data
        inside = with_code(chosen.get("under", ""))
        return Filters(
            stage=chosen.get("stage", ""),
            light=chosen.get("light", ""),
            class_code=chosen.get("cls", ""),
            station=chosen.get("station"),
            under=inside.path if inside else "",
            mine=self._account if chosen.get("mine") else None,
            issue=chosen.get("issue"),
            waits=chosen.get("waits", ""),
            words=chosen.get("q", ""),
        )


def _roots(reach: Reach) -> list[tuple[int, str]]:
    """Storage number and path of each territory the reach has; a station's own cases need no choice of station or place."""
    streets = [(unit.subdistrict, unit.path) for unit in under("", Unit.Kind.SUBDISTRICT)]
    if reach.everything:
        return streets
    found = []
    for grant in reach.grants:
        if grant.station is None:
            found += [(grant.subdistrict, grant.path)] if grant.path else [one for one in streets if one[0] == grant.subdistrict]
    return found


def _opened(roots: list[tuple[int, str]], place: UnitRef | None, station: str) -> list[tuple[int, str]]:
    """Of several streets the one that is chosen, by a place or a station in it: all stations of a district would be a long way to scroll, and to send."""
    if len({number for number, _path in roots}) < 2:
        return roots
    known = directory().by_id.get(int(station)) if station.isascii() and station.isdigit() else None
    street = place or known
    return [one for one in roots if street and one[0] == street.subdistrict]


def _stations(roots: list[tuple[int, str]]) -> Choices:
    """Those that serve a part of these, or all of it, by name."""
    found = {
        one.id: station_name(one)
        for number, path in roots
        for one in stations_of_subdistrict(number)
        if one.path.startswith(path) or path.startswith(one.path)
    }
    return [("", _("Any")), *((str(number), name) for number, name in found.items())]


def _places(roots: list[tuple[int, str]], opened: list[tuple[int, str]], chosen: UnitRef | None) -> Choices:
    """Communities, and the grids of the one that is chosen or the only one: all grids of a street would be a long way to scroll.

    Of several streets these, and the communities of the one that is chosen; a larger unit that an address names stands first.
    """
    inside = [path for _number, path in opened]
    found = list(dict.fromkeys(unit for path in inside for unit in under(path, Unit.Kind.COMMUNITY)))
    community = above(chosen.path, Unit.Kind.COMMUNITY) if chosen else found[0] if len(found) == 1 else None
    choices: Choices = []
    for unit in found:
        choices.append((unit.code, unit_name(unit)))
        if unit == community:
            choices += [(grid.code, f"\u3000{unit_name(grid)}") for grid in under(unit.path, Unit.Kind.GRID)]
    if len({number for number, _path in roots}) > 1:
        choices = _by_street(roots, choices, {number for number, _path in opened})
    allowed = chosen is not None and any(chosen.path.startswith(path) for _number, path in roots)
    if chosen and allowed and chosen.code not in dict(choices):
        choices.insert(0, (chosen.code, unit_name(chosen)))
    return [("", _("Any")), *choices]


def _by_street(roots: list[tuple[int, str]], within: Choices, opened: set[int]) -> Choices:
    """The streets, with what is offered `within` the opened one below it."""
    choices: Choices = []
    numbers = {number for number, _path in roots}
    for street in under("", Unit.Kind.SUBDISTRICT):
        if street.subdistrict in numbers:
            choices.append((street.code, unit_name(street)))
            choices += [(code, f"\u3000{name}") for code, name in within] if street.subdistrict in opened else []
    return choices
