"""Chain heads outside the database (链头导出): where each chain stood, so that a cut tail, or an old copy put back, is seen.

`heads.jsonl`, mode 600, one line a seal and one a day for every chain, on disk before the next is written, each line under a mac of its own.
Copy it to another machine where you can: it proves something only while whoever changes the database cannot change it too.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from shequtong.audit.folder import append, folder
from shequtong.audit.marks import mac, same
from shequtong.audit.models import Seal
from shequtong.core.keys.files import locked, write_private

_NAME = "heads.jsonl"


@dataclass(frozen=True)
class Head:
    """The chain of `subdistrict` after seal `number`: `last` entries, head `mac`; written at `at` (ISO, UTC)."""

    subdistrict: int
    number: int
    last: int
    mac: str
    at: str

    def line(self) -> str:
        """As it stands in the file."""
        return json.dumps({**asdict(self), "line_mac": mac("audit head", asdict(self))})


@dataclass(frozen=True)
class Damaged:
    """A line of the file that cannot be read or was not written by us."""

    line: int


def export(seal: Seal, at: datetime) -> None:
    """Write down that the chain of the seal's subdistrict now ends with it."""
    head = Head(seal.subdistrict_id, seal.number, seal.last, seal.mac, at.isoformat())
    with locked(folder()):
        append(folder() / _NAME, head.line(), durable=True)


def exported() -> Iterator[Head | Damaged]:
    """All lines of the file."""
    path = folder() / _NAME
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, start=1):
            yield _read(line) or Damaged(number)


def thin_out(now: datetime) -> int:
    """Drop all but the last line of each chain and day before today's; how many. Lines that cannot be read stay."""
    kept: dict[tuple[object, ...], str] = {}
    total = 0
    with locked(folder()):
        path: Path = folder() / _NAME
        if not path.exists():
            return 0
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            total += 1
            head = _read(line)
            day = head.at[:10] if head else ""
            old = head is not None and day < now.isoformat()[:10]
            kept[(head.subdistrict, day) if head and old else (total,)] = line
        if len(kept) < total:
            write_private(path, "".join(f"{line}\n" for line in kept.values()))
    return total - len(kept)


def _read(line: str) -> Head | None:
    try:
        found = json.loads(line)
        line_mac = found.pop("line_mac")
        head = Head(**found)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return head if same(line_mac, mac("audit head", asdict(head))) else None
