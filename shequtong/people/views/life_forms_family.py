"""Forms of what happens in a family and of tenants (家庭事件、租客更替表单)."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shequtong.core.phones import NotAPhone, normalise_phone
from shequtong.people import codes, relations
from shequtong.people.forms import WhenForm
from shequtong.people.identity import NotAnId, read_document
from shequtong.people.lookups.life import kin
from shequtong.people.lookups.listed import Wanted, persons_of
from shequtong.people.usecases import NewTenant, note_search
from shequtong.people.views.life_forms import DoorField, LifeForm, TogetherForm, door_of_text, name_of
from shequtong.territory.models import Unit
from shequtong.territory.shown import unit_name
from shequtong.territory.units import tree

ROWS, _MAN, _AS_SPOUSE = 4, "1", "spouse"


class BirthForm(LifeForm):
    """A newborn of this parent."""

    name = forms.CharField(
        label=gettext_lazy("Name of the newborn"), required=False, max_length=60,
        help_text=gettext_lazy("Empty while there is none yet: the record says whose child it is."),
    )  # fmt: skip
    sex = forms.ChoiceField(label=gettext_lazy("Sex of the newborn"))
    relation = forms.ChoiceField(label=gettext_lazy("Relation to the head"), required=False)
    ethnicity = forms.ChoiceField(label=gettext_lazy("Ethnicity of the newborn"), required=False)
    guardian = forms.ChoiceField(label=gettext_lazy("Guardian of the newborn"))
    registered = forms.BooleanField(label=gettext_lazy("Is registered at this door"), required=False)

    def prepare(self) -> None:
        parent, choices = self.household.person, codes.choices
        self.order_fields(["name", "sex", "on"])
        own = [("1", codes.word("sex", "1")), ("2", codes.word("sex", "2"))]
        lists = {
            "sex": own,
            "relation": [("", _("By the parent's own relation")), *choices("relation")[2:]],
            "ethnicity": [("", "—"), *choices("ethnicity")],
            "guardian": [(str(one.person_id), name_of(one)) for one in self._first()],
        }
        for name, options in lists.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]  # choice fields
        self.fields["on"].label = _("Born on the day")
        self.initial.setdefault("ethnicity", parent.ethnicity)
        self.initial.setdefault("guardian", str(parent.pk))

    def _first(self) -> list[Any]:
        """The parent first."""
        own = self.household.own
        return [*([own] if own else []), *self.household.others()]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        own = self.household.own
        if not told.get("relation") and told.get("sex") and own is not None:
            told["relation"] = relations.of_newborn(kin(own), told["sex"]) or ""
        return told

    def kwargs(self) -> dict[str, Any]:
        told, parent = self.cleaned_data, self.household.person
        child = _("%(parent)s's son") if told["sex"] == _MAN else _("%(parent)s's daughter")
        name = told["name"].strip() or child % {"parent": parent.name.reveal()}
        facts = {"name": name, "sex": told["sex"], "ethnicity": told["ethnicity"], "nationality": parent.nationality}
        more = {"parent_id": parent.pk, "facts": facts, "relation": told["relation"], "registered": told["registered"]}
        return {**super().kwargs(), **more, "guardian_id": int(told["guardian"])}


class MarriageForm(LifeForm):
    """Married."""

    spouse = forms.CharField(
        label=gettext_lazy("Spouse: name, document number or phone"), required=False, max_length=60,
        help_text=gettext_lazy("Only where the spouse is on record here too."), widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    relation = forms.ChoiceField(label=gettext_lazy("The spouse joins this household as"), required=False)

    def prepare(self) -> None:
        own = self.household.own
        options = [
            ("", _("Stays where they live")),
            (_AS_SPOUSE, _("Joins as the spouse of this person")),
            *codes.choices("relation")[2:],
        ]
        self.fields["relation"].choices = options  # type: ignore[attr-defined]  # a choice field
        if own is None:
            del self.fields["relation"]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        words = told.get("spouse", "").strip()
        told["spouse"] = None
        if words:
            note_search(words=words, by=self.actor, now=timezone.now())
            rows = [one for one in persons_of(self.actor, Wanted(words=words), page=3).rows if one.pk != self.household.person.pk]
            if len(rows) == 1:
                told["spouse"], own = rows[0].pk, self.household.own
                if told.get("relation") == _AS_SPOUSE and own is not None:
                    told["relation"] = relations.of_spouse(kin(own), rows[0].sex)
            else:
                self.add_error(
                    "spouse", _("Several fit: write the document number.") if rows else _("Nobody on record here fits.")
                )
        elif told.get("relation"):
            self.add_error("spouse", _("Say who joins the household."))
        return told

    def kwargs(self) -> dict[str, Any]:
        told = self.cleaned_data
        more = {"person_id": self.household.person.pk, "spouse_id": told["spouse"], "relation": told.get("relation", "")}
        return {**super().kwargs(), **more}


class DivorceForm(LifeForm):
    """Divorced."""

    spouse = forms.ChoiceField(label=gettext_lazy("Divorced from"), required=False)
    leaver = forms.ChoiceField(label=gettext_lazy("Who leaves"), required=False)
    door = DoorField(label=gettext_lazy("To which door here; empty: out of the street"), required=False)

    def prepare(self) -> None:
        person, others = self.household.person, self.household.others()
        options = [(str(one.person_id), name_of(one)) for one in others]
        self.fields["spouse"].choices = [("", _("Nobody on record here")), *options]  # type: ignore[attr-defined]  # a choice field
        both = [("", _("Nobody leaves yet")), (str(person.pk), str(person.name.masked)), *options]
        self.fields["leaver"].choices = both  # type: ignore[attr-defined]  # a choice field
        spouse = self.household.spouse()
        self.initial.setdefault("spouse", str(spouse.person_id) if spouse else "")

    def leaving(self) -> set[int]:
        return self.known([self.told("leaver")])

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        door_of_text(self, "door")
        return told

    def kwargs(self) -> dict[str, Any]:
        told = self.cleaned_data
        ids = {f"{name}_id": int(told[name]) if told[name] else None for name in ("spouse", "leaver")}
        room = told["door"].pk if told["door"] and told["leaver"] else None
        more = {"person_id": self.household.person.pk, "room_id": room, "relations": self.relations()}
        return {**super().kwargs(), **ids, **more}


class StreetForm(TogetherForm):
    """To another subdistrict."""

    to = forms.ChoiceField(label=gettext_lazy("To which community"))

    def prepare(self) -> None:
        super().prepare()
        self.order_fields(["to", "together"])
        own = self.household.person.subdistrict_id
        streets: dict[int, list[tuple[str, str]]] = {}
        for one in tree().by_id.values():
            if one.kind == Unit.Kind.COMMUNITY and one.subdistrict != own and not one.ended:
                streets.setdefault(one.subdistrict, []).append((str(one.id), unit_name(one)))
        names = {one.subdistrict: unit_name(one) for one in tree().by_id.values() if one.kind == Unit.Kind.SUBDISTRICT}
        options = [(names.get(street, ""), sorted(some, key=lambda one: one[1])) for street, some in sorted(streets.items())]
        self.fields["to"].choices = [("", "—"), *options]  # type: ignore[attr-defined]  # a choice field

    def kwargs(self) -> dict[str, Any]:
        more = {"person_ids": self.person_ids(), "unit_id": int(self.cleaned_data["to"])}
        return {**super().kwargs(), **more, "relations": self.relations()}


class TenantsForm(WhenForm):
    """Who rents now: up to four rows; the first heads the household."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["on"].required = True
        self.fields["on"].label = _("Since the day")
        hidden = {"autocomplete": "off"}
        for row in range(ROWS):
            self.fields[f"name_{row}"] = forms.CharField(
                label=_("Name"), required=False, max_length=60, widget=forms.TextInput(attrs=hidden)
            )
            self.fields[f"id_{row}"] = forms.CharField(
                label=_("Document number"), required=False, max_length=40, widget=forms.TextInput(attrs=hidden)
            )
            self.fields[f"phone_{row}"] = forms.CharField(
                label=_("Mobile phone"), required=False, max_length=20, widget=forms.TextInput(attrs=hidden)
            )
            if row:
                self.fields[f"relation_{row}"] = forms.ChoiceField(
                    label=_("Relation to the first"), required=False, choices=codes.choices("relation")[2:], initial="90"
                )

    def rows(self) -> list[dict[str, Any]]:
        """The fields of each row, for the page."""
        names = ("name", "id", "phone", "relation")
        return [
            {"number": row + 1, "fields": [self[f"{name}_{row}"] for name in names if f"{name}_{row}" in self.fields]}
            for row in range(ROWS)
        ]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for row in range(ROWS):
            self._clean_row(told, row)
        return told

    def _clean_row(self, told: dict[str, Any], row: int) -> None:
        name, number, phone = (str(told.get(f"{field}_{row}") or "").strip() for field in ("name", "id", "phone"))
        if not name and (number or phone):
            self.add_error(f"name_{row}", _("Enter the name."))
        try:
            told[f"id_{row}"] = read_document("", number) if number else ""
        except NotAnId as refusal:
            self.add_error(f"id_{row}", str(refusal))
        try:
            told[f"phone_{row}"] = normalise_phone(phone) if phone else ""
        except NotAPhone as refusal:
            self.add_error(f"phone_{row}", str(refusal))

    def kwargs(self) -> dict[str, Any]:
        """For the use-case."""
        told, tenants = self.cleaned_data, []
        for row in range(ROWS):
            if told[f"name_{row}"].strip():
                facts = {"name": told[f"name_{row}"].strip(), "id_number": told[f"id_{row}"], "phone": told[f"phone_{row}"]}
                facts = {name: value for name, value in facts.items() if value}
                tenants.append(NewTenant(facts, told.get(f"relation_{row}") or "90"))
        return {"tenants": tenants, "on": told["on"], "source": told["source"], "version": told["version"]}
