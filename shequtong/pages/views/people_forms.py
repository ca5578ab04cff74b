"""Forms of appointments (任职表单): filters of the list, a new post, a deputy, an end, an account."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shequtong.access import roles
from shequtong.access.lookups import Filters
from shequtong.access.roles import Role, Scope
from shequtong.access.usecases import may_give
from shequtong.cases.shown import station_name
from shequtong.core.actors import Actor
from shequtong.organizations.stations import StationRef
from shequtong.territory.models import Unit
from shequtong.territory.shown import unit_name
from shequtong.territory.units import UnitRef, with_code

Choices = list[tuple[Any, Any]]
_KINDS = (
    Unit.Kind.DISTRICT,
    Unit.Kind.SUBDISTRICT,
    Unit.Kind.PRECINCT,
    Unit.Kind.COMMUNITY,
    Unit.Kind.GRID,
    Unit.Kind.MICRO_GRID,
)
# How far a role usually reaches: more is asked about.
_USUAL = {
    "grid_worker": Unit.Kind.GRID,
    "community_worker": Unit.Kind.COMMUNITY,
    "clerk": Unit.Kind.SUBDISTRICT,
    **dict.fromkeys(("precinct_head", "acceptor", "dispatcher", "inspector"), Unit.Kind.PRECINCT),
}
_DAYS = (MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2099, 12, 31)))


class DayField(forms.DateField):
    """A day of this century."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, validators=_DAYS, **kwargs)


class PeopleFilters(forms.Form):
    """The filters stand in the address; nonsense there filters nothing."""

    q = forms.CharField(label=_("Name or telephone"), required=False, max_length=40)
    role = forms.ChoiceField(label=_("Post"), required=False)
    under = forms.ChoiceField(label=_("Place"), required=False)
    station = forms.TypedChoiceField(label=_("Station"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("In force or to come")), ("over", pgettext_lazy("posts", "Over"))]
    )

    def __init__(self, data: Any, *, places: list[UnitRef], stations: list[StationRef]) -> None:
        super().__init__(data)
        every = (("", _("Any")),)
        self.fields["role"].choices = [*every, *((one.code, one.label) for one in roles.table().roles.values())]  # type: ignore[attr-defined]  # a ChoiceField behind the mapping
        self.fields["under"].choices = [*every, *((one.code, indented(one)) for one in places)]  # type: ignore[attr-defined]  # the same
        self.fields["station"].choices = [*every, *((str(one.id), station_name(one)) for one in stations)]  # type: ignore[attr-defined]  # the same

    def filters(self) -> Filters:
        """What was chosen."""
        self.is_valid()
        told = self.cleaned_data
        inside = with_code(told.get("under", ""))
        return Filters(
            role=told.get("role", ""),
            under=inside.path if inside else "",
            station=told.get("station"),
            words=" ".join(told.get("q", "").split()),
            over=told.get("state") == "over",
        )


class AppointForm(forms.Form):
    """Who, as what, where, from when: the roles are those the appointer may give, the places those within reach."""

    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=20,
        help_text=_("Of somebody who works here already, or somebody new."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    name = forms.CharField(label=_("Name"), max_length=20, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Post"))
    place = forms.ChoiceField(
        label=_("Place"), required=False, help_text=_("For posts over a place; with all that lies under it.")
    )
    station = forms.TypedChoiceField(
        label=_("Station"), required=False, coerce=int, empty_value=None, help_text=_("For posts at a station.")
    )
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), required=False, help_text=_("Left empty: until it is ended."))
    wide = forms.BooleanField(
        label=_("It is meant for the whole place"), required=False
    )  # asked where a role usually reaches less

    def __init__(
        self, *args: Any, actor: Actor, places: list[UnitRef], stations: list[StationRef], opens: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["role"].choices = role_choices(actor)
        fields["place"].choices = [("", "—"), *((one.code, indented(one)) for one in places)]
        fields["station"].choices = [("", "—"), *((str(one.id), station_name(one)) for one in stations)]
        fields["name"].help_text = (
            _("Needed for somebody new: an account is opened, and codes to sign in go to this number.")
            if opens
            else _("May stay empty: accounts are opened by the system administrator.")
        )
        if not self.is_bound:
            del fields["wide"]

    def clean(self) -> dict[str, Any]:
        """A post is held over a place or at a station."""
        told = super().clean() or {}
        role = roles.table().roles.get(told.get("role", ""))
        if role is None:
            return told
        if role.at_station and told.get("station") is None and "station" not in self.errors:
            self.add_error("station", _("Choose the station."))
        if not role.at_station and not told.get("place") and "place" not in self.errors:
            self.add_error("place", _("Choose the place."))
        if not role.at_station and told.get("station") is not None:
            self.add_error("station", _("This role is not held at a station."))
        first, last = told.get("starts_on"), told.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first."))
        self._ask_whether_meant(role, told)
        return told

    def _ask_whether_meant(self, role: Role, told: dict[str, Any]) -> None:
        """A grid worker over a whole street is likelier a wrong line of a long list: it is done on a second word."""
        unit, usual = with_code(told.get("place") or ""), _USUAL.get(role.code)
        if unit is None or usual is None or role.at_station or _KINDS.index(unit.kind) >= _KINDS.index(usual):
            del self.fields["wide"]
        elif not told.get("wide"):
            words = _(
                "%(role)s over the whole of %(place)s? This post is usually held over less. Choose again, or say below that it is meant."
            )
            self.add_error("place", words % {"role": role.label, "place": unit_name(unit)})


class DeputyForm(forms.Form):
    """One of the street's people, from day to day."""

    person = forms.TypedChoiceField(label=pgettext_lazy("who stands in", "Deputy"), coerce=int)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))

    def __init__(self, *args: Any, people: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "—"), *people]  # type: ignore[attr-defined]  # a ChoiceField behind the mapping
        self.fields["starts_on"].initial = today


class EndForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class AccountForm(forms.Form):
    """An account without a post yet."""

    phone = forms.CharField(
        label=_("Mobile number"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
    )
    name = forms.CharField(label=_("Name"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}))


def role_choices(actor: Actor) -> Choices:
    """The roles one may give, those over a place and those at a station apart; administrators are made on the server."""
    given = [one for one in roles.table().roles.values() if may_give(actor, one) and not one.administrator]
    over = [(one.code, one.label) for one in given if not one.at_station and Scope.CITY not in one.holds]
    return [("", "—"), (_("Over a place"), over), (_("At a station"), [(one.code, one.label) for one in given if one.at_station])]


def indented(unit: UnitRef) -> str:
    """The unit in a list of the tree: the deeper, the farther in."""
    return "\u3000" * max(0, unit.depth - 2) + unit_name(unit)
