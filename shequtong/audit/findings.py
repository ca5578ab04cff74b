"""What verification can say about a row (核验结论)."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

Kind = Literal["changed", "missing", "inserted", "reordered", "unsealed", "damaged"]


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was written. `position` is the place in the chain, where it is known."""

    kind: Kind
    subdistrict: int
    what: str  # the table or file: audit.Entry, audit.Seal, audit.SecurityEvent, heads.jsonl
    position: int | None = None
    id: int | None = None
    note: str = ""  # more of what was found, for a person

    def sentence(self) -> str:
        """The finding in words."""
        return {
            "changed": _("changed after it was written"),
            "missing": _("gone"),
            "inserted": _("not written by the platform"),
            "reordered": _("not at its place in the chain"),
            "unsealed": _("waiting too long to be sealed"),
            "damaged": _("cannot be read"),
        }[self.kind]

    def line(self) -> str:
        """One line for the screen: kind, subdistrict, table, position, id, words."""
        shown = (self.kind, self.subdistrict, self.what, self.position or "-", self.id or "-", self.sentence(), self.note)
        return "\t".join(str(part) for part in shown if part != "")
