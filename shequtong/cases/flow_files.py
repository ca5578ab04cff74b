"""Flows in files (流程样例): those we ship, good ones and broken ones, and any that `manage.py flow_lint` is given.

A file holds a document, or {"about", "flow", "place"}: `place` tells what the linter would ask of a real one, `held` (role → people) and
`limits` (stages with a limit). What it leaves out is taken to be there.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from shequtong.access import roles
from shequtong.cases.flow_document import Fault, Reading, read_document
from shequtong.cases.flow_findings import Finding, Place
from shequtong.cases.flow_lint import lint
from shequtong.cases.workflow import MOVES, OPEN_STAGES

FOLDER = Path(__file__).parent / "flows"
_ENVELOPE = {"about", "flow", "place"}
_ENOUGH = 2  # people in a role of a place that says nothing of it


@dataclass(frozen=True)
class FlowFile:
    """A flow as read from a file, with what the linter found."""

    name: str
    about: str
    reading: Reading
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """It could not be published."""
        return bool(self.reading.faults) or any(finding.refuses for finding in self.findings)


def shipped(folder: str = "") -> list[Path]:
    """The files we ship: the good ones, or those of `broken`."""
    return sorted((FOLDER / folder).glob("*.json"))


def read_file(path: Path) -> FlowFile:
    """Read and check a file. Raises OSError; whatever else is wrong is among the faults and findings."""
    try:
        told: Any = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        return FlowFile(path.stem, "", Reading(faults=[Fault("", _("This is not JSON: %(why)s") % {"why": error})]))
    about, place = "", place_told({})
    if isinstance(told, dict) and "flow" in told and set(told) <= _ENVELOPE:
        about, place, told = str(told.get("about", "")), place_told(told.get("place", {})), told["flow"]
    reading = read_document(told)
    return FlowFile(path.stem, about, reading, [] if reading.faults else lint(MOVES, reading.document, place))


def place_told(told: dict[str, Any]) -> Place:
    """A place with what a file says of it; everything else is there."""
    known = roles.table().roles
    held = {role.code: _ENOUGH for role in known.values() if not role.administrator}
    limits = told.get("limits", [stage.value for stage in OPEN_STAGES])
    return Place({**held, **told.get("held", {})}, frozenset(limits), known)
