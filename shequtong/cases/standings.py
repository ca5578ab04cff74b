"""Batches against what holds (标准批次与现行标准): the tables of the catalogue as `standards` compares them. No statement of its own."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from shequtong.cases.catalogue import Class, Standard, catalogue
from shequtong.cases.models import StandardBatch
from shequtong.cases.standards.comparing import Comparison, Standing, compare
from shequtong.cases.standards.findings import Finding
from shequtong.cases.standards.lines import CLASS_FIELDS, ROW_FIELDS, Line
from shequtong.core.held import Held
from shequtong.organizations.models import Agency
from shequtong.organizations.stations import REVISION as STATIONS

agencies = Held(STATIONS, lambda: {agency.pk: agency for agency in Agency.objects.order_by("code")})
LEAD, ASSIST = "lead", "assist"
Parts = tuple[tuple[str, str, str], ...]  # agency code, part, basis


@dataclass(frozen=True)
class DutyChange:
    """The duty list of one class, before and after."""

    code: str
    old: Parts
    new: Parts


@dataclass(frozen=True)
class Preview:
    """All that publishing a batch would change."""

    comparison: Comparison
    duties: tuple[DutyChange, ...]
    findings: tuple[Finding, ...]

    @property
    def faults(self) -> list[Finding]:
        """What was left out."""
        return [each for each in self.findings if each.why.is_fault]

    @property
    def changes_something(self) -> bool:
        """Whether there is anything to publish."""
        return bool(self.comparison.changing or self.duties)

    @property
    def fingerprint(self) -> str:
        """Of everything that would change; it comes back with the order to publish."""
        told = [self.comparison.fingerprint, [[each.code, each.old, each.new] for each in self.duties]]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def preview_of(batch: StandardBatch) -> Preview:
    """The batch against what holds at this moment."""
    content = batch.content
    findings = tuple(Finding.from_json(each) for each in batch.findings)
    held_back = {each.code for each in findings if each.why.is_fault and each.code}
    lines = [Line.from_json(each) for each in content.get("lines", [])]
    comparison = compare(
        lines, standings(), held_back=held_back, complete=content.get("complete", []), ends=content.get("ends", [])
    )
    told = {
        code: tuple((agency, part, basis) for agency, part, basis in parts)
        for code, parts in sorted(content.get("duties", {}).items())
    }
    changes = (DutyChange(code, duties_of(catalogue().by_code.get(code)), _ordered(parts)) for code, parts in told.items())
    return Preview(comparison, tuple(each for each in changes if each.old != each.new), findings)


def standings() -> dict[str, Standing]:
    """Every class by code, as a publication is compared with it."""
    highest: dict[int, int] = defaultdict(int)
    for one in catalogue().standards.values():
        highest[one.class_id] = max(highest[one.class_id], one.row)
    return {
        found.code: Standing(
            found.code,
            {} if found.ended else {one.row: line_of(found, one) for one in found.standards},
            highest[found.id],
            found.ended,
            {name: getattr(found, name) for name in CLASS_FIELDS},
        )
        for found in catalogue().classes.values()
    }


def line_of(found: Class, standard: Standard) -> Line:
    """A published version as a line of a table."""
    told: dict[str, Any] = {name: getattr(standard, name) for name in ROW_FIELDS if name not in ("limit_amount", "limit_kind")}
    told |= {name: getattr(found, name) for name in CLASS_FIELDS}
    return Line(
        code=found.code, row=standard.row, limit_amount=standard.limit.amount, limit_kind=standard.limit.kind.value, **told
    )


def current_lines() -> list[Line]:
    """All rows that hold, class by class."""
    return [line_of(found, one) for found in catalogue().classes.values() if not found.ended for one in found.standards]


def history(found: Class) -> dict[int, list[Standard]]:
    """All versions of each row of a class, the latest first."""
    rows: dict[int, list[Standard]] = defaultdict(list)
    for one in catalogue().standards.values():
        if one.class_id == found.id:
            rows[one.row].insert(0, one)
    return dict(sorted(rows.items()))


def duties_of(found: Class | None) -> Parts:
    """The duty list of a class (责任清单): who leads, then who assists, each with its basis."""
    if found is None:
        return ()
    known = agencies()
    parts = [
        (known[agency].code, LEAD if agency == found.lead_agency else ASSIST, basis)
        for agency, basis in found.bases.items()
        if agency in known
    ]
    return _ordered(parts)


def _ordered(parts: Iterable[tuple[str, str, str]]) -> Parts:
    return tuple(sorted(parts, key=lambda each: (each[1] != LEAD, each[0])))
