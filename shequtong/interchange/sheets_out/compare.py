"""What changed since the sheet before (变动比对): each cell is kept as a short keyed hash, bound to whose it is and what it says, never as its text."""

from dataclasses import dataclass, field
from typing import Any

from shequtong.core.sealed.hashing import hash_of, hashes_of

_DOMAIN, _LENGTH = "interchange.sheet", 16
# Not compared: they differ by themselves.
_MOVING = frozenset({"extra:序号", "extra:变动", "extra:年龄", "extra:最近核实日期"})
GONE, NEW, CHANGED = "gone", "new", "changed"


@dataclass
class Snapshot:
    """Hashes of a sheet's cells: worksheet -> whose row -> target -> hash; `numbers` stand as they are. `key` is the id of the key they are made with."""

    key: str = ""
    rows: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    numbers: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """To be sealed; the targets of a worksheet once."""
        packed = {}
        for name, rows in self.rows.items():
            targets = sorted({target for cells in rows.values() for target in cells})
            packed[name] = [targets, {key: [cells.get(one, "") for one in targets] for key, cells in rows.items()}]
        return {"key": self.key, "rows": packed, "numbers": self.numbers}

    @classmethod
    def of(cls, told: dict[str, Any]) -> "Snapshot":
        """As it was kept."""
        rows = {
            name: {key: dict(zip(targets, cells, strict=True)) for key, cells in kept.items()}
            for name, (targets, kept) in told["rows"].items()
        }
        return cls(told["key"], rows, told["numbers"])


class Comparison:
    """Cells as they come, beside those of the sheet before; what is found is kept for the next. `before` None: there is nothing to compare with."""

    def __init__(self, before: Snapshot | None) -> None:
        self.now = Snapshot()
        known = hashes_of(_DOMAIN, "")
        self.now.key = known[0].partition(".")[0]
        # Keys are rotated: what was hashed with a key that is gone says nothing any more.
        still = before is not None and before.key in {one.partition(".")[0] for one in known}
        self.before = before if still else None

    def row(self, sheet: str, key: str, texts: dict[str, str]) -> tuple[str, list[str]]:
        """What became of a row, and of which of its targets: ("changed", ["phone"])."""
        compared = {target: text for target, text in texts.items() if target not in _MOVING}
        self.now.rows.setdefault(sheet, {})[key] = {
            one: _short(self.now.key, sheet, key, one, text) for one, text in compared.items()
        }
        if self.before is None or sheet not in self.before.rows:
            return "", []
        held = self.before.rows[sheet].get(key)
        if held is None:
            return NEW, []
        again = self.before.key
        differs = [one for one, text in compared.items() if held.get(one) and held[one] != _short(again, sheet, key, one, text)]
        return (CHANGED if differs else ""), differs

    def number(self, key: str, value: Any) -> tuple[bool, Any]:
        """Whether a number differs, and what it was."""
        self.now.numbers[key] = value
        if self.before is None or key not in self.before.numbers:
            return False, None
        was = self.before.numbers[key]
        return was != value, was

    def gone(self, sheet: str) -> list[str]:
        """Rows of the sheet before that did not come."""
        if self.before is None:
            return []
        return [key for key in self.before.rows.get(sheet, {}) if key not in self.now.rows.get(sheet, {})]


def _short(key_id: str, *parts: str) -> str:
    text = "\0".join(parts)
    whole = hash_of(_DOMAIN, text)
    if not whole.startswith(f"{key_id}."):
        whole = next(one for one in hashes_of(_DOMAIN, text) if one.startswith(f"{key_id}."))
    return whole.partition(".")[2][:_LENGTH]
