"""Who a case file is written for (案卷编写): the case as its page shows it, and the pictures taken up so far."""

from dataclasses import dataclass, field
from datetime import datetime

from shequtong.cases.models import Case
from shequtong.cases.paper.words import stamp
from shequtong.cases.sheets import CaseSheet
from shequtong.core.actors import Actor


@dataclass
class Writer:
    """What is being written: the case as its page shows it, for whom, and the pictures taken up so far."""

    sheet: CaseSheet
    by: Actor
    now: datetime
    pictures: dict[str, bytes] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        return self.sheet.case

    def at(self, when: datetime | None) -> str:
        """A time by the clock of the place."""
        return stamp(when, self.case.subdistrict_id)
