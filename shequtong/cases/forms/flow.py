"""Forms of the flow of a street (流程配置表单): one by fields, one by text; both give a document that the linter reads."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shequtong.cases.flow import DEFAULT, rules_of
from shequtong.cases.flow_document import LARGEST, LEVELS, SKIPPED, WINDOWS, approvers_of, may_be_off, permissions_of
from shequtong.cases.flow_functions import APPROVALS, FUNCTIONS, usual_roles, working_roles
from shequtong.cases.flow_lint import TAKES_PHOTOS
from shequtong.cases.flow_shown import ANONYMOUS_LABELS, WINDOW_LABELS
from shequtong.cases.models import Case
from shequtong.cases.short_ways import SHORT_WAYS
from shequtong.cases.workflow import MOVES

LONGEST_TEXT = 20_000
_ESCALATE = "escalate_hours"


def write_document(document: dict[str, Any]) -> str:
    """A document as text."""
    return json.dumps(document, ensure_ascii=False, indent=2)


class JSONText(forms.CharField):
    """Text that holds JSON; refused with the line it breaks at."""

    def clean(self, value: Any) -> Any:
        """What the JSON says; read further by the linter."""
        text = super().clean(value)
        try:
            return json.loads(text)
        except ValueError as error:
            line = getattr(error, "lineno", 1)
            raise forms.ValidationError(_("This is not JSON; line %(line)d cannot be read.") % {"line": line}) from error
        except RecursionError as error:
            raise forms.ValidationError(_("This is nested too deeply.")) from error


class FlowTextForm(forms.Form):
    """The whole document as text."""

    document = JSONText(
        label=gettext_lazy("The flow as text (JSON)"),
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
    )


class PublishFlowForm(forms.Form):
    """What was looked at, over which version, and why."""

    note = forms.CharField(label=gettext_lazy("Why"), max_length=200, min_length=2)
    document = JSONText(widget=forms.HiddenInput, max_length=LONGEST_TEXT)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class FlowForm(forms.Form):
    """The document by fields. `matrix` is who does what, a row a function and a column a role."""

    skips = forms.MultipleChoiceField(
        label=gettext_lazy("Confirming is skipped for"),
        choices=Case.Channel.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    evidence = forms.MultipleChoiceField(
        label=gettext_lazy("A photo is demanded with"), required=False, widget=forms.CheckboxSelectMultiple
    )
    anonymous = forms.ChoiceField(
        label=gettext_lazy("Reports without a phone or a sign-in"),
        choices=[*ANONYMOUS_LABELS.items()],
        widget=forms.RadioSelect,
    )
    off = forms.MultipleChoiceField(
        label=gettext_lazy("Moves that are not used"), required=False, widget=forms.CheckboxSelectMultiple
    )
    short = forms.MultipleChoiceField(
        label=gettext_lazy("Moves one person may make in one press"),
        choices=[(name, way.label) for name, way in SHORT_WAYS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Each move keeps its own entry in the course of the case; who handled it still may not verify it."
        ),
    )

    def __init__(self, *args: Any, document: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.began_with = document
        rules = rules_of(document)
        for name, label in WINDOW_LABELS.items():
            if name != _ESCALATE:
                self.fields[name] = forms.IntegerField(label=label, min_value=0, max_value=LARGEST, initial=getattr(rules, name))
        for level, hours in enumerate(rules.escalate_hours, start=1):
            told = _("Overdue: told to level %(level)d after, hours") % {"level": level}
            self.fields[f"{_ESCALATE}_{level}"] = forms.IntegerField(label=told, min_value=0, max_value=LARGEST, initial=hours)
        choices = [(role.code, role.label) for role in working_roles()]
        for key, (word, codes) in _held(document).items():
            self.fields[key] = forms.MultipleChoiceField(label=str(word), choices=choices, required=False, initial=sorted(codes))
        self._offer("evidence", TAKES_PHOTOS, rules.evidence)
        self._offer("off", may_be_off(), rules.off)
        self.fields["skips"].initial = list(rules.confirm_skips)
        self.fields["anonymous"].initial = rules.anonymous
        self.fields["short"].initial = list(rules.short)

    def _offer(self, name: str, moves: Any, chosen: Any) -> None:
        self.fields[name].choices = [(one, MOVES[one].label) for one in moves]  # type: ignore[attr-defined]  # a ChoiceField behind the mapping
        self.fields[name].initial = list(chosen)

    @property
    def windows(self) -> list[forms.BoundField]:
        """The fields of the waits."""
        return [self[name] for name in self.fields if name in WINDOWS or name.startswith(_ESCALATE)]

    @property
    def roles(self) -> list[str]:
        """Heads of the columns of the matrix."""
        return [str(role.label) for role in working_roles()]

    @property
    def matrix(self) -> list[dict[str, Any]]:
        """Rows of the matrix: the word for the function, its errors, a box a role."""
        rows = []
        for key in _held({}):
            field = self[key]
            chosen = set(field.value() or [])
            boxes = [
                {"value": code, "label": label, "checked": code in chosen}
                for code, label in self.fields[key].choices  # type: ignore[attr-defined]  # as above
            ]
            rows.append({"name": field.html_name, "label": field.label, "boxes": boxes, "errors": field.errors})
        return rows

    def document(self) -> dict[str, Any]:
        """What was chosen, without what holds everywhere."""
        told = self.cleaned_data
        windows = {name: told[name] for name in WINDOW_LABELS if name != _ESCALATE and told[name] != getattr(DEFAULT, name)}
        hours = [told[f"{_ESCALATE}_{level}"] for level in range(1, LEVELS + 1)]
        if hours != list(DEFAULT.escalate_hours):
            windows[_ESCALATE] = hours
        found: dict[str, Any] = {
            "functions": {},
            "approvals": {},
            "evidence": told["evidence"],
            "off": told["off"],
            "short": told["short"],
        }
        for key, (_label, codes) in _held({}).items():
            section, name = key.split("-")
            if set(told[key]) != set(codes):
                found[section][name] = told[key]
        if set(told["skips"]) != set(DEFAULT.confirm_skips):
            found["skips"] = {SKIPPED: told["skips"]}
        if told["anonymous"] != DEFAULT.anonymous:
            found["anonymous"] = told["anonymous"]
        return {**found, "windows": windows}


def _held(document: dict[str, Any]) -> dict[str, tuple[object, frozenset[str]]]:
    """Field → its word, and the roles that hold it under a document."""
    named, approvers = permissions_of(document), approvers_of(document)
    found: dict[str, tuple[object, frozenset[str]]] = {}
    for name, function in FUNCTIONS.items():
        codes = named.get(function.permission)
        found[f"functions-{name}"] = (function.label, frozenset(codes) if codes else usual_roles(function.permission))
    for kind, function in APPROVALS.items():
        some = approvers.get(kind)
        found[f"approvals-{kind}"] = (function.label, frozenset(some) if some else usual_roles(function.permission))
    return found
