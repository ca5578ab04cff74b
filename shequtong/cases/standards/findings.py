"""What was found while a table was read (读表问题): kept as codes, worded for whoever reads the page."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

from django.utils.translation import gettext as _

from shequtong.core.clock.spoken import Unclear, unclear_text


class Why(StrEnum):
    """Faults keep a line from being read; remarks ask to look once more."""

    NO_HEADER = "no_header"
    NO_KIND = "no_kind"
    MISSING = "missing"
    TOO_LONG = "too_long"
    BAD_CODE = "bad_code"
    NO_TREE = "no_tree"
    TOO_MANY = "too_many"
    LIMIT = "limit"
    LIMIT_MINUTES = "limit_minutes"
    TWICE = "twice"
    TWO_NAMES = "two_names"
    FORMULA_ERROR = "formula_error"
    # remarks
    LIMIT_ONLY = "limit_only"
    HEADING = "heading"
    GROUP_NAMES = "group_names"
    HIDDEN = "hidden"

    @property
    def is_fault(self) -> bool:
        """Whether the line was left out for it."""
        return self not in (Why.LIMIT_ONLY, Why.HEADING, Why.GROUP_NAMES, Why.HIDDEN)


@dataclass(frozen=True, slots=True)
class Finding:
    """Where (sheet, row and column as the file numbers them, heading) and why; `value` is what stands there, `extra` what it is held against."""

    why: Why
    sheet: str
    row: int = 0
    column: str = ""
    value: str = ""
    extra: str = ""
    code: str = ""  # the class it concerns, when that much was read

    def as_json(self) -> dict[str, Any]:
        """For a batch."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """From a batch."""
        return cls(**{**stored, "why": Why(stored["why"])})

    @property
    def text(self) -> str:
        """Why, in words."""
        if self.why is Why.LIMIT:
            return unclear_text(Unclear(self.extra))
        return _words()[self.why] % {"value": self.value, "extra": self.extra}


def _words() -> dict[Why, str]:
    return {
        Why.NO_HEADER: _("No line of headings was found: condition to register, condition to close and limit must be named."),
        Why.NO_KIND: _("Neither the sheet nor the line says whether this is a component or an event."),
        Why.MISSING: _("The cell is empty."),
        Why.TOO_LONG: _("The text is too long: %(extra)s characters at most."),
        Why.BAD_CODE: _("“%(value)s” is no code: two digits are expected."),
        Why.NO_TREE: _("“%(value)s” is no tree of classes; there are: %(extra)s."),
        Why.TOO_MANY: _("A class may have %(extra)s conditions at most."),
        Why.LIMIT_MINUTES: _("The limit of a class is whole hours or days; “%(value)s” is not."),
        Why.TWICE: _("The same condition stands in this class before, in row %(extra)s."),
        Why.TWO_NAMES: _("The code of this class has another name before: “%(extra)s”."),
        Why.FORMULA_ERROR: _("The cell shows an error of the spreadsheet."),
        Why.LIMIT_ONLY: _("The limit holds only where it says “%(extra)s”; these words are kept beside it."),
        Why.HEADING: _("The line is one text across all columns and was taken for a heading."),
        Why.GROUP_NAMES: _("The group has two names in this table; “%(extra)s” was met first."),
        Why.HIDDEN: _("The sheet is hidden and was not read."),
    }
