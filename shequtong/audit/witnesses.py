"""What the files outside the database say about one subdistrict's log, read before its rows are looked at."""

from collections import defaultdict
from dataclasses import dataclass, field

from shequtong.audit import heads, journal
from shequtong.core.locality import part_of


@dataclass
class Witness:
    """Marks of committed entries by id, as far as the journal is kept; macs of seals by number, and the furthest head."""

    marks: dict[int, str] = field(default_factory=dict)
    seals: dict[int, str] = field(default_factory=dict)
    furthest: heads.Head | None = None


def witnesses() -> tuple[dict[int, Witness], list[int]]:
    """By subdistrict; and the damaged lines of heads.jsonl.

    What stands in the files was committed before, so that every row of it must be in a snapshot that is taken afterwards.
    """
    found: dict[int, Witness] = defaultdict(Witness)
    damaged: list[int] = []
    for head in heads.exported():
        if isinstance(head, heads.Damaged):
            damaged.append(head.line)
            continue
        witness = found[head.subdistrict]
        witness.seals[head.number] = head.mac
        if witness.furthest is None or head.number > witness.furthest.number:
            witness.furthest = head
    for _day, path in journal.files():
        for entry_id, mark in journal.lines(path):
            found[part_of(entry_id)].marks[entry_id] = mark
    return found, damaged
