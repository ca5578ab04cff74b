"""Forms of the registry (登记表单): fields made from the list of facts, so that a new fact needs no form of its own."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from shequtong.core.phones import NotAPhone, normalise_phone
from shequtong.core.sealed import Sealed
from shequtong.core.sealed.masks import STARS
from shequtong.people import codes
from shequtong.people.countries import NotACountry, country_of
from shequtong.people.days import StrangeDay, require_day
from shequtong.people.facts import CODE, COUNT, DATE, FACT_OF, FLAG, MONEY, NAME, PHONE, SET_OF, Fact
from shequtong.people.identity import NotAnId, read_disability, read_document
from shequtong.people.models import Home, Person, Residence, Source

LONGEST = 200
_DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
_FEN = 100


def field_of(fact: Fact) -> forms.Field:
    """The form field of a fact; none is required (the use-case says what is), and so none says that it is not."""
    field = _field(fact)
    field.tied = True  # type: ignore[attr-defined]  # read by ui/forms/field.html
    return field


def _field(fact: Fact) -> forms.Field:
    if fact.kind == CODE:
        return forms.ChoiceField(label=str(fact.label), choices=[("", "—"), *codes.choices(fact.table)], required=False)
    if fact.kind == DATE:
        return forms.DateField(
            label=str(fact.label), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        )
    if fact.kind == FLAG:
        return forms.BooleanField(label=str(fact.label), required=False)
    if fact.kind == COUNT:
        return forms.IntegerField(label=str(fact.label), required=False, min_value=0, max_value=30)
    if fact.kind == MONEY:
        return forms.DecimalField(label=str(fact.label), required=False, min_value=0, max_digits=9, decimal_places=2)
    return forms.CharField(
        label=str(fact.label),
        required=False,
        max_length=longest_of(fact),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def longest_of(fact: Fact) -> int:
    """Characters that a text may have: those of its column; a sealed one has no end of its own."""
    if fact.kind == NAME:
        return 60
    models = ((Person if not name else SET_OF[name].model) for name, facts in FACT_OF.items() if facts.get(fact.name) is fact)
    return next((model._meta.get_field(fact.name).max_length or LONGEST for model in models), LONGEST)  # type: ignore[union-attr]  # a text


class FactsForm(forms.Form):
    """Some facts of a person or of a set. `changes` is what is different from what stands: a mask that was sent back has changed nothing."""

    def __init__(self, *args: Any, facts: Iterable[Fact], now_held: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self._facts, self._held = tuple(facts), dict(now_held or {})
        initial = {fact.name: _initial(fact, self._held.get(fact.name)) for fact in self._facts}
        kwargs["initial"] = {**initial, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        own = {fact.name: field_of(fact) for fact in self._facts}
        # What was declared by a subclass stands below the facts.
        self.fields = {**own, **self.fields}

    def clean(self) -> dict[str, Any]:
        """Each fact by its own rule; what was not touched is not looked at, so that an old value in an old form stops nobody."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for fact in self._facts:
            if fact.name in told and fact.name in self.changed_data:
                try:
                    told[fact.name] = _cleaned(fact, told[fact.name], self._id_kind(told))
                except (NotAnId, NotAPhone, NotACountry, StrangeDay, ValidationError) as refusal:
                    self.add_error(fact.name, str(refusal.message if isinstance(refusal, ValidationError) else refusal))
        return told

    @property
    def changes(self) -> dict[str, Any]:
        """Fact -> value, of the facts that were changed."""
        return {fact.name: self.cleaned_data[fact.name] for fact in self._facts if fact.name in self.changed_data}

    def _id_kind(self, told: Mapping[str, Any]) -> str:
        return str(told.get("id_kind") or self._held.get("id_kind") or "")


def _initial(fact: Fact, value: Any) -> Any:
    if isinstance(value, Sealed):
        return value.masked
    return Decimal(value) / _FEN if fact.kind == MONEY and value is not None else value


def _cleaned(fact: Fact, value: Any, id_kind: str) -> Any:
    if fact.sealed and any(star in str(value) for star in STARS):
        raise ValidationError(_("Enter the whole text: what is hidden behind * cannot be saved."))
    if value in ("", None):
        return "" if fact.kind not in (DATE, COUNT, MONEY) else None
    if fact.kind == DATE:
        require_day(fact.name, value, timezone.localdate())
    if fact.kind == PHONE:
        return normalise_phone(value)
    if fact.name == "nationality":
        return country_of(value)
    if fact.name == "id_number":
        return read_document(id_kind, value)
    if fact.name == "kinds":
        if not (kinds := codes.kinds_told(str(value))):
            raise ValidationError(_("Name two kinds of disability or more, and nothing else."))
        return kinds
    if fact.name == "certificate" and fact in FACT_OF["disability"].values():
        return read_disability(value)[0]
    return int(value * _FEN) if fact.kind == MONEY else value


class WhenForm(forms.Form):
    """Since when something is so, and how it is known; below the facts of a form."""

    on = forms.DateField(label=pgettext_lazy("day", "Since when"), required=False, widget=_DAY)
    source = forms.ChoiceField(
        label=gettext_lazy("Known from"), choices=[one for one in Source.choices if one[0] != Source.IMPORT]
    )


class ChangeForm(FactsForm, WhenForm):
    """Facts of a person, changed."""

    mistaken = forms.BooleanField(label=gettext_lazy("What stood here was a mistake: it never was so"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class SetForm(FactsForm, WhenForm):
    """A set, written. `shown`: the row it was filled in from, 0 for none."""

    shown = forms.IntegerField(widget=forms.HiddenInput, required=False)


class EndForm(WhenForm):
    """Something applies no more."""

    why = forms.CharField(label=gettext_lazy("Reason"), min_length=2, max_length=60)


class RegisterForm(FactsForm, WhenForm):
    """A new person behind a door."""

    kind = forms.ChoiceField(label=gettext_lazy("Is there as"), choices=Residence.Kind.choices, initial=Residence.Kind.OWNER)
    lives = forms.BooleanField(label=gettext_lazy("Lives here"), required=False, initial=True)
    registered = forms.BooleanField(label=gettext_lazy("Is registered at this door"), required=False)
    household = forms.ChoiceField(label=gettext_lazy("Household"), required=False)
    relation = forms.ChoiceField(label=gettext_lazy("Relation to the head"), required=False)

    def __init__(self, *args: Any, households: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["relation"].choices = [("", "—"), *codes.choices("relation")]  # type: ignore[attr-defined]  # a choice field
        self.fields["household"].choices = [("", _("A new household")), *households]  # type: ignore[attr-defined]  # the same


class RevealForm(forms.Form):
    """Why somebody looks."""

    reason = forms.CharField(label=gettext_lazy("What do you need it for?"), min_length=4, max_length=200)


class FindForm(forms.Form):
    """What somebody looks for."""

    q = forms.CharField(
        label=gettext_lazy("Name, pinyin, document number, phone or its last four digits"), min_length=2, max_length=60
    )


class ConfirmHomeForm(forms.Form):
    """How a home is lived in, as somebody has just seen or been told."""

    state = forms.ChoiceField(label=gettext_lazy("How it is lived in"), choices=Home.State.choices)
    source = forms.ChoiceField(
        label=gettext_lazy("Known from"), choices=[one for one in Source.choices if one[0] != Source.IMPORT], initial=Source.VISIT
    )


class DescribeHomeForm(forms.Form):
    """What a home is, whoever lives there. The area is typed in m² and kept in dm²."""

    use = forms.ChoiceField(label=gettext_lazy("Used as"), required=False)
    area = forms.DecimalField(
        label=gettext_lazy("Area in m²"), required=False, min_value=Decimal("0.01"), max_value=100_000, decimal_places=2
    )
    shared = forms.BooleanField(label=gettext_lazy("Let by beds to several parties"), required=False)
    public = forms.BooleanField(label=gettext_lazy("Public dwelling"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["use"].choices = [("", "—"), *codes.choices("home_use")]  # type: ignore[attr-defined]  # a choice field

    @property
    def facts(self) -> dict[str, Any]:
        """As the use-case takes them."""
        told = self.cleaned_data
        area = int(told["area"] * 100) if told["area"] is not None else None
        return {"use": told["use"], "area": area, "shared": told["shared"], "public": told["public"]}


class CareForm(FactsForm):
    """A record of special care, within an open store."""

    source = forms.ChoiceField(
        label=gettext_lazy("Known from"), choices=[one for one in Source.choices if one[0] != Source.IMPORT], initial=Source.VISIT
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CareVisitForm(forms.Form):
    """A visit by one of the helpers of a kind."""

    role = forms.ChoiceField(label=gettext_lazy("Who visited"))
    on = forms.DateField(label=gettext_lazy("Visited on"), widget=_DAY)
    said = forms.CharField(
        label=pgettext_lazy("visit", "What was found"), min_length=2, max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, roles: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = list(roles)  # type: ignore[attr-defined]  # a choice field


class CareEndForm(forms.Form):
    """It applies no more."""

    why = forms.CharField(label=gettext_lazy("Reason"), min_length=2, max_length=100)
