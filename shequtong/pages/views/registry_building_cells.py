"""The cells of a building's board (房号格): a thousand of them, so each is three elements, written once a kind and filled in a room.

Rows and cells say their roles: their boxes are no table's (ui/components/plate.css), and some browsers forget what they are.
"""

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from shequtong.people.lookups.plates import CARE, DUE, LIVED, Cell, Sought
from shequtong.people.models import Home

_Kind = tuple[str, int, bool, bool, bool]  # what makes two cells alike but for their room


class Cells:
    """Words and cells of one board, each looked up once for its thousand rooms."""

    def __init__(self, sought: Sought) -> None:
        self.sought = sought
        self.states = {code: str(label) for code, label in Home.State.choices}
        self.letters: dict[str, str] = {
            Home.State.OWNED: pgettext("home in one letter", "O"),
            Home.State.LET: pgettext("home in one letter", "L"),
            Home.State.TO_LET: pgettext("home in one letter", "T"),
            Home.State.EMPTY: pgettext("home in one letter", "E"),
            Home.State.OTHER: pgettext("home in one letter", "X"),
            Home.State.UNKNOWN: "?",
        }
        due = _("not confirmed for %(n)d days") % {"n": sought.days}
        self.signs = {CARE: _("somebody needs care"), DUE: due, LIVED: _("lived in")}
        self._before, self._after = reverse("pages:registry-door", args=[0]).rsplit("0", 1)
        self._kinds: dict[_Kind, tuple[str, str, str]] = {}

    def row(self, cells: list[Cell | None]) -> SafeString:
        """A floor: where no room lies, an empty cell."""
        return mark_safe("".join([self._cell(one) if one else '<td role="cell"></td>' for one in cells]))  # noqa: S308  # names are escaped in _cell

    def _cell(self, cell: Cell) -> str:
        kind = (cell.state, cell.people, cell.care, cell.due, cell.off)
        alike = self._kinds.get(kind)
        if alike is None:
            alike = self._kinds[kind] = self._alike(cell)
        looks, said, told = alike
        name = escape(cell.name)
        long = " plate__room--long" if _wide(cell.name) else ""
        return (
            f'<td role="cell"><a class="{looks}{long}" href="{self._before}{cell.room_id}{self._after}" aria-label="{name}{said}">'
            f"<b>{name}</b>{told}</a></td>"
        )

    def _alike(self, cell: Cell) -> tuple[str, str, str]:
        """What cells of a kind share: their classes, what they say aloud after the name, and what stands below it; never who lives there."""
        on = self.sought.any and not cell.off
        parts = ["", self.states[cell.state], ngettext("%(n)d person", "%(n)d persons", cell.people) % {"n": cell.people}]
        parts += [self.signs[CARE]] if cell.care else []
        parts += [self.signs[DUE]] if cell.due else []
        parts += [pgettext("filter", "fits")] if on else []
        looks = [cell.state, *(name for name, has in ((CARE, cell.care), (DUE, cell.due), ("off", cell.off), ("on", on)) if has)]
        told = self.letters[cell.state] + (f" {cell.people}" if cell.people else "")
        return " ".join(f"plate__room--{one}" for one in looks), escape(_(", ").join(parts)), escape(told)


def _wide(name: str) -> bool:
    """Whether a name may not fit its cell; a Chinese character is as wide as two figures."""
    return len(name) > 3 and sum(1 if one.isascii() else 2 for one in name) > 7
