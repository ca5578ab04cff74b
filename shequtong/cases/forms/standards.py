"""Forms of the pages of standards (立结案标准表单): a class, its conditions, a workbook. They read what was typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shequtong.cases.catalogue import Class, catalogue
from shequtong.cases.standards import words
from shequtong.cases.standards.lines import LETTERS_ONLY, ROWS_OF_CLASS, Kind, Line
from shequtong.cases.standards.reading import LONGEST, LONGEST_TEXT
from shequtong.cases.standards.workbook import MAX_BYTES
from shequtong.cases.standards.writing import limit_words
from shequtong.cases.standings import ASSIST, LEAD, agencies, duties_of
from shequtong.core.clock.spoken import Spoken, Unclear, spoken, unclear_text


def _text(label: Any, rows: int = 2, **kept: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": rows}), **kept)


def _choices(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField behind the mapping


class ConditionForm(forms.Form):
    """One condition of a class. An untouched blank one is nothing."""

    row = forms.IntegerField(required=False, widget=forms.HiddenInput)
    register_condition = _text(_("Condition to register"))
    limit = forms.CharField(
        label=_("Limit"),
        max_length=80,
        help_text=_("In words: number and clock, in brackets what for. Bare hours are office hours."),
    )
    close_condition = _text(_("Condition to close"), 1)
    handling_unit = forms.CharField(label=_("Handling unit"), max_length=LONGEST["handling_unit"], required=False)
    supervising_unit = forms.CharField(label=_("Supervising unit"), max_length=LONGEST["supervising_unit"], required=False)
    legal_basis = _text(_("Legal basis"), required=False)
    collection = _text(_("What to collect on the spot"), required=False)
    after_photo_required = forms.BooleanField(label=_("A photo after handling is needed"), required=False)
    answer_required = forms.BooleanField(label=_("The reporter is answered"), required=False, initial=True)
    confirm_required = forms.BooleanField(label=_("Confirmed on the spot before registering"), required=False)
    answer_approval = forms.BooleanField(label=_("Answer approved by a second person"), required=False)
    ends = forms.BooleanField(label=_("Withdraw this condition"), required=False)

    def clean_limit(self) -> Spoken:
        """The limit read from its words."""
        found = spoken(self.cleaned_data["limit"])
        if isinstance(found, Unclear):
            raise forms.ValidationError(unclear_text(found))
        if found.limit.extra_minutes:
            raise forms.ValidationError(_("The limit of a class is whole hours or days."))
        if len(_note(found)) > LONGEST["limit_note"]:
            raise forms.ValidationError(_("What the limit is for is too long."))
        return found

    def line(self, base: Line) -> Line:
        """What was typed, as a line of the class that `base` names."""
        found, limit = self.cleaned_data, self.cleaned_data["limit"]
        kept = {name: value for name, value in found.items() if name not in ("row", "limit", "ends")}
        told: dict[str, Any] = {
            name: " ".join(value.split()) if isinstance(value, str) else value for name, value in kept.items()
        }
        of_class: dict[str, Any] = {
            name: getattr(base, name) for name in ("code", "kind", "tree", "group_code", "group_name", "name")
        }
        return Line(
            **of_class, **told, row=found["row"] or 0, limit_note=_note(limit),
            limit_amount=limit.limit.amount, limit_kind=limit.limit.kind.value,
        )  # fmt: skip


def _note(found: Spoken) -> str:
    return "，".join(part for part in (found.only, found.note) if part)


ConditionForms = forms.formset_factory(ConditionForm, extra=1, max_num=ROWS_OF_CLASS, absolute_max=ROWS_OF_CLASS + 1)


def conditions_of(lines: list[Line]) -> list[dict[str, Any]]:
    """What the forms start from."""
    names = [name for name in ConditionForm.base_fields if name not in ("limit", "ends")]
    return [
        {
            **{name: getattr(line, name) for name in names},
            "limit": limit_words(line.limit_amount, line.limit_kind, line.limit_note),
        }
        for line in lines
    ]


class ClassForm(forms.Form):
    """A class and its duty list; its code is given once."""

    code = forms.CharField(
        label=_("Code"), max_length=20, help_text=_("Letters and digits, e.g. C0101 for a component, E0101 for an event.")
    )
    name = forms.CharField(label=_("Name of the class"), max_length=LONGEST["name"])
    kind = forms.ChoiceField(label=_("Kind"))
    tree = forms.ChoiceField(label=_("Tree"))
    group_code = forms.CharField(label=_("Code of the group"), max_length=10, required=False)
    group_name = forms.CharField(label=_("Group"), max_length=LONGEST["group_name"], required=False)
    lead = forms.ChoiceField(label=_("Leading agency"))
    lead_basis = forms.CharField(label=_("Basis of the leading agency's duty"), max_length=200)
    assist = forms.MultipleChoiceField(label=_("Assisting agencies"), required=False, widget=forms.CheckboxSelectMultiple)
    assist_basis = forms.CharField(label=_("Basis of newly assisting agencies"), max_length=200, required=False)

    def __init__(self, data: Any = None, *, found: Class | None) -> None:
        self.found, self.duties = found, duties_of(found)
        super().__init__(data, initial=self._initial())
        known = [(agency.code, agency.name) for agency in agencies().values()]
        _choices(self, "kind", [(kind.value, words.kind_name(kind.value)) for kind in Kind])
        trees = dict.fromkeys([*words.TREES, *(one.tree for one in catalogue().classes.values())])
        _choices(self, "tree", [(tree, words.tree_name(tree)) for tree in trees])
        _choices(self, "lead", [("", _("Please choose")), *known])
        _choices(self, "assist", known)
        if found is not None:
            del self.fields["code"]

    def _initial(self) -> dict[str, Any]:
        if self.found is None:
            return {}
        told: dict[str, Any] = {name: getattr(self.found, name) for name in ("name", "kind", "tree", "group_code", "group_name")}
        for agency, part, basis in self.duties:
            if part == LEAD:
                told |= {"lead": agency, "lead_basis": basis}
        return told | {"assist": [agency for agency, part, _basis in self.duties if part == ASSIST]}

    def clean_code(self) -> str:
        """A code that no class has."""
        code = str(self.cleaned_data["code"]).strip()
        if not LETTERS_ONLY.fullmatch(code):
            raise forms.ValidationError(_("A code is letters and digits only."))
        if code in catalogue().by_code:
            raise forms.ValidationError(_("There is a class with this code."))
        return code

    def base(self) -> Line:
        """The class as a line without a condition."""
        told = self.cleaned_data
        code = self.found.code if self.found else told["code"]
        named = {name: told[name] for name in ("name", "kind", "tree", "group_code", "group_name")}
        return Line(code=code, register_condition="", close_condition="", limit_amount=1, limit_kind="work_days", **named)

    def parts(self) -> list[tuple[str, str, str]]:
        """The duty list as chosen; who assisted before keeps the basis."""
        told, before = self.cleaned_data, {agency: basis for agency, part, basis in self.duties if part == ASSIST}
        assisting = [each for each in told["assist"] if each != told["lead"]]
        basis = told["assist_basis"] or told["lead_basis"]
        return [(told["lead"], LEAD, told["lead_basis"]), *((each, ASSIST, before.get(each, basis)) for each in assisting)]


class WorkbookForm(forms.Form):
    """A table of standards to look at."""

    file = forms.FileField(label=_("Workbook (.xlsx)"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}))
    kind = forms.ChoiceField(label=_("What the lines are, where the table does not say"), required=False)
    complete = forms.MultipleChoiceField(
        label=_("The table is the whole list of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Classes of this kind that the table does not name will end."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, words.kind_name(kind.value)) for kind in Kind]
        _choices(self, "kind", [("", _("The table says so")), *kinds])
        _choices(self, "complete", kinds)

    def clean_file(self) -> Any:
        """Not larger than a table is."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than %(size)s MB.") % {"size": MAX_BYTES // 1024 // 1024})
        return file


class ChooseForm(forms.Form):
    """Which classes the list shows; kept in the address."""

    q = forms.CharField(label=_("Words or code"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "kind", [("", _("Any")), *((kind.value, words.kind_name(kind.value)) for kind in Kind)])


class VersionsForm(forms.Form):
    """Two versions of one row."""

    old = forms.TypedChoiceField(label=_("Earlier version"), coerce=int)
    new = forms.TypedChoiceField(label=_("Later version"), coerce=int)

    def __init__(self, *args: Any, versions: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("old", "new"):
            _choices(self, name, [(str(pk), label) for pk, label in versions])
