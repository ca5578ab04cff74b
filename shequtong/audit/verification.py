"""Verification (核验): reads one subdistrict's log against its marks, its chain and the files outside the database; changes nothing.

What each part proves: a row's mark, its content; a seal's mac, which rows stand at which positions and that no batch was taken out; the heads
outside, that the end was not cut; the journal outside, that nothing vanished before it was sealed. docs/operations/audit.md says what cannot
be proved.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from shequtong.audit.findings import Finding, Kind
from shequtong.audit.marks import mark_of, same
from shequtong.audit.models import Entry, Seal, SecurityEvent
from shequtong.audit.sealing import digest_of, mac_of
from shequtong.audit.witnesses import Witness

ENTRY, SEAL, EVENT = "audit.Entry", "audit.Seal", "audit.SecurityEvent"
_CHUNK = 500


class Verification:
    """One pass over the log of `subdistrict`, in the caller's snapshot. Iterate once; `entries` counts what was read."""

    def __init__(self, subdistrict: int, witness: Witness, *, now: datetime, unsealed_after: timedelta) -> None:
        self.subdistrict, self.witness = subdistrict, witness
        self.late = now - unsealed_after
        self.entries = 0
        self.last = 0  # end of the chain as the seals give it
        self._next_number = 1
        self._named: set[int] = set()  # ids of entries already reported
        self._extra: dict[int, Entry] = {}  # entries at positions that the seal there gives to others, or to nobody
        self._gaps: list[tuple[int, int]] = []  # ranges of positions whose seal is gone

    def __iter__(self) -> Iterator[Finding]:
        yield from self._chain()
        yield from self._cut_tail()
        yield from self._beside_the_chain()
        yield from self._unsealed()
        yield from self._journaled()
        yield from self._events()

    def _chain(self) -> Iterator[Finding]:
        number, previous = 1, ""
        for seal in Seal.objects.filter(subdistrict=self.subdistrict).order_by("number").iterator(chunk_size=_CHUNK):
            sound = same(seal.mac, mac_of(seal))
            if seal.number != number:
                self._gaps.append((self.last + 1, seal.first - 1))
                where = f"{SEAL} {number}-{seal.number - 1}: {self.last + 1}-{seal.first - 1}"
                yield Finding("missing", self.subdistrict, SEAL, position=self.last + 1, note=where)
            elif not sound or not same(seal.previous, previous) or seal.first != self.last + 1:
                yield Finding("changed", self.subdistrict, SEAL, position=seal.first, id=seal.id)
            elif (exported := self.witness.seals.get(seal.number)) and not same(exported, seal.mac):
                yield Finding("changed", self.subdistrict, SEAL, position=seal.first, id=seal.id, note="heads.jsonl")
            yield from self._batch(seal)
            number, previous, self.last = seal.number + 1, seal.mac, seal.last
        self._next_number = number

    def _batch(self, seal: Seal) -> Iterator[Finding]:
        """The entries of one seal: those it names must be there, unchanged, at their positions; others must not."""
        standing = list(
            Entry.objects.filter(subdistrict=self.subdistrict, position__gte=seal.first, position__lte=seal.last).order_by(
                "position"
            )
        )
        self.entries += len(standing)
        there = {entry.id: entry for entry in standing}
        absent = [entry_id for entry_id in seal.ids if entry_id not in there]
        elsewhere = Entry.objects.filter(subdistrict=self.subdistrict, id__in=absent).in_bulk() if absent else {}
        whole = True
        for position, entry_id in enumerate(seal.ids, start=seal.first):
            entry = there.pop(entry_id, None) or elsewhere.get(entry_id)
            finding = self._sealed(entry, position, entry_id, seal)
            if finding:
                whole = False
                self._named.add(entry_id)
                yield finding
        self._extra.update(there)
        if whole and not same(seal.digest, digest_of(entry.mark for entry in standing if entry.id not in there)):
            yield Finding("changed", self.subdistrict, SEAL, position=seal.first, id=seal.id, note="digest")

    def _sealed(self, entry: Entry | None, position: int, entry_id: int, seal: Seal) -> Finding | None:
        if entry is None:
            return Finding("missing", self.subdistrict, ENTRY, position, entry_id)
        if not same(entry.mark, mark_of(entry)):
            return Finding("changed", self.subdistrict, ENTRY, position, entry_id)
        if entry.position != position:
            return Finding("reordered", self.subdistrict, ENTRY, position, entry_id, note=f"{entry.position} ≠ {position}")
        if entry.seal_id != seal.id:
            return Finding("changed", self.subdistrict, ENTRY, position, entry_id, note="seal_id")
        return None

    def _cut_tail(self) -> Iterator[Finding]:
        furthest = self.witness.furthest
        if furthest and furthest.number >= self._next_number:
            self._gaps.append((self.last + 1, furthest.last))
            where = f"{SEAL} {self._next_number}-{furthest.number}: {self.last + 1}-{furthest.last}, {furthest.at}"
            yield Finding("missing", self.subdistrict, SEAL, position=self.last + 1, note=where)

    def _beside_the_chain(self) -> Iterator[Finding]:
        """Entries that bear a position which no seal gives them."""
        beyond = Q(position__gt=self.last) | Q(position__lt=1)
        for first, last in self._gaps:
            beyond |= Q(position__gte=first, position__lte=last)
        for entry in Entry.objects.filter(beyond, subdistrict=self.subdistrict).order_by("position").iterator(chunk_size=_CHUNK):
            self._extra[entry.id] = entry
        for entry in sorted(self._extra.values(), key=lambda each: (each.position or 0, each.id)):
            if entry.id in self._named:
                continue
            genuine = same(entry.mark, mark_of(entry))
            if genuine and any(first <= (entry.position or 0) <= last for first, last in self._gaps):
                continue  # it lost its seal, which is already reported
            self._named.add(entry.id)
            yield Finding("reordered" if genuine else self._forged(entry), self.subdistrict, ENTRY, entry.position, entry.id)

    def _unsealed(self) -> Iterator[Finding]:
        waiting = Entry.objects.filter(subdistrict=self.subdistrict, position=None).order_by("id")
        for entry in waiting.iterator(chunk_size=_CHUNK):
            self.entries += 1
            if entry.id in self._named:
                continue
            if not same(entry.mark, mark_of(entry)):
                self._named.add(entry.id)
                yield Finding(self._forged(entry), self.subdistrict, ENTRY, None, entry.id)
            elif entry.recorded_at < self.late:
                yield Finding("unsealed", self.subdistrict, ENTRY, None, entry.id, note=entry.recorded_at.isoformat())

    def _forged(self, entry: Entry) -> Kind:
        """A row without its mark was changed if it was once committed by us, else put in."""
        return "changed" if entry.id in self.witness.marks else "inserted"

    def _journaled(self) -> Iterator[Finding]:
        ids = [entry_id for entry_id in self.witness.marks if entry_id not in self._named]
        for start in range(0, len(ids), _CHUNK):
            some = ids[start : start + _CHUNK]
            marks = dict(Entry.objects.filter(subdistrict=self.subdistrict, id__in=some).values_list("id", "mark"))
            for entry_id in some:
                if entry_id not in marks:
                    yield Finding("missing", self.subdistrict, ENTRY, None, entry_id)
                elif not same(marks[entry_id], self.witness.marks[entry_id]):
                    yield Finding("changed", self.subdistrict, ENTRY, None, entry_id, note="journal")

    def _events(self) -> Iterator[Finding]:
        events = SecurityEvent.objects.filter(subdistrict=self.subdistrict).order_by("id")
        for event in events.iterator(chunk_size=_CHUNK):
            if not same(event.mark, mark_of(event)):
                yield Finding("changed", self.subdistrict, EVENT, None, event.id)
