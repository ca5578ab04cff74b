"""Forms of what happened (生活事件表单): short, with what the record already says filled in; who is left gets a relation to the new head proposed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from shequtong.core.actors import Actor
from shequtong.people import codes, relations
from shequtong.people.forms import WhenForm
from shequtong.people.lookups.behind_door import behind_door
from shequtong.people.lookups.life import HouseholdNow, doors_like
from shequtong.people.models import Residence
from shequtong.people.shown import about, age_text, room_text
from shequtong.territory.models import Room

_RELATION = "relation_"


def name_of(one: Any) -> str:
    """A member, masked, with the relation to the head of today and the age: three daughters have one mask."""
    return about(one.person, codes.word("relation", one.relation), age_text(one.person.born_on, timezone.localdate()))


class LifeForm(WhenForm):
    """What all share: the day, how it is known, the version the form was filled in from; and who heads the household that is left."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    shown_head = forms.CharField(widget=forms.HiddenInput, required=False)  # for whom the proposed relations were
    asks_head = False  # the head changes though nobody leaves

    def __init__(self, data: Any = None, *, household: HouseholdNow, actor: Actor, room: Room | None = None, **more: Any) -> None:
        self.household, self.actor, self.room = household, actor, room
        self.sent: QueryDict = data.copy() if data is not None else QueryDict(mutable=True)  # proposals are put beside what came
        super().__init__(self.sent if data is not None else None, **more)
        self.fields["on"].required = True
        self.fields["on"].label = _("Day")
        self.prepare()
        self._ask_relations()
        self.fields["source"] = self.fields.pop("source")  # last: it is nearly always the visit

    def prepare(self) -> None:
        """Choices that depend on the person."""

    def leaving(self) -> set[int]:
        """Who leaves the household, by what was chosen so far."""
        return set()

    def known(self, chosen: Iterable[str]) -> set[int]:
        """The persons of the household among what was sent."""
        wanted = set(chosen)
        members = {one.person_id for one in self.household.members} | {self.household.person.pk}
        return {one for one in members if str(one) in wanted}

    def told(self, name: str) -> str:
        """A field as chosen so far, before it is checked."""
        return str(self.data.get(name, "") if self.is_bound else self.initial.get(name, "") or "")

    def _ask_relations(self) -> None:
        """The new head, where the old one leaves and several stay; and what each other is to the new one, proposed."""
        leaving, head = self.leaving(), self.household.head
        left = [one for one in self.household.members if one.person_id not in leaving]
        if head is None or len(left) < 2 or not (self.asks_head or head.person_id in leaving):
            return
        options = [(str(one.person_id), name_of(one)) for one in left if one.relation != relations.HEAD]
        self.fields["new_head"] = forms.ChoiceField(label=_("New head of the household"), choices=options)
        chosen = self.told("new_head")
        # Another head is proposed while one looks; what is recorded is what was chosen, or nothing.
        gone = bool(self.is_bound and chosen and chosen not in dict(options) and self.told("step") == "record")
        if chosen not in dict(options):
            chosen = str(self.household.next_head(leaving) or "")
        self.initial["new_head"] = self.initial["shown_head"] = chosen
        whom = [one.person_id for one in left if str(one.person_id) != chosen]
        proposals = self.household.proposals(int(chosen), whom)
        self.ask(left, proposals, keep=self.told("shown_head") == chosen, said=_("%(who)s is to the new head"))
        if self.is_bound and not gone:
            self.sent["new_head"] = self.sent["shown_head"] = chosen

    def ask(self, of: Iterable[Any], proposals: dict[int, str], *, keep: bool, said: str) -> None:
        """A relation for each of these. `keep`: what was chosen counts; else it was chosen for another head."""
        for one in of:
            if one.person_id not in proposals:
                continue
            name = f"{_RELATION}{one.person_id}"
            options = [(code, word) for code, word in codes.choices("relation") if code not in ("01", relations.HEAD)]
            label = said % {"who": name_of(one)}
            self.fields[name] = forms.ChoiceField(label=label, choices=[("", "—"), *options])
            self.initial[name] = proposals[one.person_id]
            if self.is_bound and not (keep and name in self.data):
                self.sent[name] = proposals[one.person_id]

    def relations(self) -> dict[int, str]:
        """Person -> relation, as the form says it."""
        told = self.cleaned_data
        found = {int(name.removeprefix(_RELATION)): code for name, code in told.items() if name.startswith(_RELATION) and code}
        return found | ({int(told["new_head"]): relations.HEAD} if told.get("new_head") else {})

    def kwargs(self) -> dict[str, Any]:
        """For the use-case."""
        told = self.cleaned_data
        return {"on": told["on"], "source": told["source"], "version": told["version"]}


class DeathForm(LifeForm):
    """Died."""

    widowed = forms.ChoiceField(label=gettext_lazy("Widowed by it"), required=False)

    def prepare(self) -> None:
        options = [(str(one.person_id), name_of(one)) for one in self.household.others()]
        self.fields["widowed"].choices = [("", _("Nobody on record here")), *options]  # type: ignore[attr-defined]  # a choice field
        spouse = self.household.spouse()
        self.initial.setdefault("widowed", str(spouse.person_id) if spouse else "")
        if not options:
            del self.fields["widowed"]

    def leaving(self) -> set[int]:
        return {self.household.person.pk}

    def kwargs(self) -> dict[str, Any]:
        widowed = self.cleaned_data.get("widowed")
        more = {"person_id": self.household.person.pk, "widowed_id": int(widowed) if widowed else None}
        return {**super().kwargs(), **more, "relations": self.relations()}


class HeadForm(LifeForm):
    """Another head."""

    asks_head = True

    def kwargs(self) -> dict[str, Any]:
        return {**super().kwargs(), "household_id": self.household.members[0].household_id, "relations": self.relations()}


class TogetherForm(LifeForm):
    """Several who leave together."""

    together = forms.MultipleChoiceField(label=gettext_lazy("Together with"), required=False, widget=forms.CheckboxSelectMultiple)

    def prepare(self) -> None:
        options = [(str(one.person_id), name_of(one)) for one in self.household.others()]
        self.fields["together"].choices = options  # type: ignore[attr-defined]  # a choice field
        if not options:
            del self.fields["together"]

    def leaving(self) -> set[int]:
        return {self.household.person.pk} | self.known(self.sent.getlist("together"))

    def person_ids(self) -> list[int]:
        """Who goes, the person of the page first."""
        return [self.household.person.pk, *(int(one) for one in self.cleaned_data.get("together", []))]


class MoveOutForm(TogetherForm):
    """Moved away."""

    keeps_register = forms.BooleanField(label=gettext_lazy("Stays registered here, who is"), required=False, initial=True)

    def kwargs(self) -> dict[str, Any]:
        more = {"person_ids": self.person_ids(), "keeps_register": self.cleaned_data["keeps_register"]}
        return {**super().kwargs(), **more, "relations": self.relations()}


class DoorField(forms.CharField):
    """A door as people write it."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", gettext_lazy("To which door"))
        super().__init__(
            max_length=80,
            help_text=gettext_lazy("Building, entrance and room; with road or compound where it is another one."),
            **more,
        )


def door_of_text(form: LifeForm, name: str) -> None:
    """Put the room in place of what was typed; an error where it means none, or several."""
    text, person = form.cleaned_data.get(name, ""), form.household.person
    if not text or name in form.errors:
        form.cleaned_data[name] = None
        return
    if form.room is not None and text == room_text(form.room):
        form.cleaned_data[name] = form.room
        return
    found = doors_like(form.actor, text, person.building)
    if len(found) != 1:
        several = _("Several doors fit: %(doors)s. Write more of it.") % {
            "doors": pgettext("between names", ", ").join(room_text(one) for one in found)
        }
        form.add_error(name, several if found else _("No door within your reach is written so."))
        return
    form.cleaned_data[name] = found[0]


class MoveInForm(TogetherForm):
    """To another door here."""

    door = DoorField()
    kind = forms.ChoiceField(
        label=gettext_lazy("Is there as"), choices=[one for one in Residence.Kind.choices if one[0] != Residence.Kind.REGISTERED],
        initial=Residence.Kind.FAMILY,
    )  # fmt: skip
    joins = forms.ChoiceField(label=gettext_lazy("Household"), required=False)

    def prepare(self) -> None:
        super().prepare()
        self.order_fields(["door", "together"])
        if self.is_bound and self.room is None:
            found = doors_like(self.actor, self.told("door"), self.household.person.building)
            self.room = found[0] if len(found) == 1 else None
        elif self.room is not None:
            self.initial.setdefault("door", room_text(self.room))
        families = behind_door(self.room, self.initial["on"]).families if self.room is not None else []
        options = [(str(one.household.pk), name_of(one.members[0])) for one in families if one.members]
        self.fields["joins"].choices = [("", _("A new household")), *options]  # type: ignore[attr-defined]  # a choice field
        if not options:
            del self.fields["joins"]

    def _ask_relations(self) -> None:
        """Of who is left; and of who moves, to the head of where they go, unless their own head goes with them."""
        super()._ask_relations()
        moving, head = self.leaving(), self.household.head
        rows = [one for one in self.household.members if one.person_id in moving]
        if self.told("joins"):
            self.ask(rows, {one.person_id: "" for one in rows}, keep=True, said=_("%(who)s is to the head there"))
        elif head is None or head.person_id not in moving:
            others = [one.person_id for one in rows if one.person_id != self.household.person.pk]
            said = _("%(who)s is to the head of the new household")
            self.ask(rows, self.household.proposals(self.household.person.pk, others), keep=True, said=said)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        door_of_text(self, "door")
        if told.get("joins") and self.room is not None and told.get("door") != self.room:
            self.add_error("joins", _("That household lives behind another door."))
        return told

    def kwargs(self) -> dict[str, Any]:
        told, own = self.cleaned_data, self.household.person.pk
        found, joins = self.relations(), told.get("joins")
        head = self.household.head
        if not joins and (head is None or head.person_id not in self.leaving()):
            found[own] = relations.HEAD
        more = {"person_ids": self.person_ids(), "room_id": told["door"].pk, "kind": told["kind"]}
        return {**super().kwargs(), **more, "household_id": int(joins) if joins else None, "relations": found}
