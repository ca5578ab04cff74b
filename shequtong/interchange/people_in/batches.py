"""The rows of a table as batches (分批): read, understood and put together, for the trial as for the import."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field

from shequtong.interchange.people_in.table import Row
from shequtong.interchange.people_in.translate import Line, Translator
from shequtong.people.lookups.load_plan import Decision

BATCH = 500  # SQLite writes nothing else meanwhile


@dataclass
class Batch:
    """Lines that go in together; `last` is the last row of the file they reach to."""

    lines: list[Line] = field(default_factory=list)
    last: int = 0
    ends: bool = False


def batches(
    rows: Iterable[Row], translator: Translator, behind: int = 0, out: Container[int] = (), size: int = BATCH
) -> Iterator[Batch]:
    """Rows behind `behind`; the last batch says that it is, and is empty where nothing was left. A person's second row begins a new one.

    `out`: rows before that did not come in.
    """
    batch = Batch(last=behind)
    for row in rows:
        if row[0] <= behind:
            if row[0] not in out:
                translator.pass_over(row)
            continue
        line = translator.line_of(row)
        if line is not None:
            begun = batch.lines[0].number if batch.lines else line.number
            if len(batch.lines) >= size or (line.incoming and line.first >= begun and line.first):
                yield batch
                batch = Batch()
            batch.lines.append(line)
        batch.last = row[0]
    batch.ends = True
    yield batch


def refusals(lines: Iterable[Line], decisions: Iterable[Decision], translator: Translator) -> list[tuple[int, dict[int, str]]]:
    """Rows that do not come in, with why by column: by themselves, or by what is on record."""
    found = [(line.number, line.wrong) for line in lines if line.incoming is None]
    found += [(one.row.number, {translator.column_of(one.fact): one.why}) for one in decisions if one.why]
    return sorted(found, key=lambda one: one[0])
