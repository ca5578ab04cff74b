"""What befell a case beside its way (请示、问询、督办、申诉), read from its steps alone: they are the truth, and loaded already."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shequtong.access.holders import Holder
from shequtong.cases.models import Step
from shequtong.cases.urged import named

_ASKED = {"extend": _("Extension"), "suspend": _("Suspension")}
LEVELS = {
    1: pgettext_lazy("level of urging", "Precinct office"),
    2: pgettext_lazy("level of urging", "Subdistrict"),
    3: pgettext_lazy("level of urging", "District"),
}


@dataclass
class Request:
    """A station's request for time: asked, and what was decided. `off`: the case left the station first, or it was called off."""

    asked: Step
    what: object
    until: datetime | None
    decided: Step | None = None
    off: bool = False

    @property
    def state(self) -> str:
        """asked, granted, refused or off."""
        if self.decided is None:
            return "off" if self.off else "asked"
        return "granted" if self.decided.move == "grant" else "refused"


@dataclass
class Question:
    """A question to the reporter; `answered` or, without an answer, `ended`."""

    asked: Step
    until: datetime
    answered: Step | None = None
    ended: Step | None = None


@dataclass
class Urging:
    """Somebody above asked for the case to move; by itself when it was overdue."""

    step: Step
    level: int
    reply_by: datetime | None
    reply: Step | None = None

    @property
    def automatic(self) -> bool:
        """The clock did it."""
        return bool(self.step.move == "escalate")

    @property
    def reached(self) -> str:
        """Who was told, where no station had the case."""
        return named([Holder(*one) for one in self.step.details.get("reached", [])])

    @property
    def level_name(self) -> object:
        """Whose level it is."""
        return LEVELS[self.level]


@dataclass
class Appealed:
    """The one appeal of a case with its judgements."""

    made: Step
    judged: list[tuple[Step, bool]] = field(default_factory=list)


@dataclass
class SideMatters:
    """All of them, each list with the latest first."""

    requests: list[Request] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    urgings: list[Urging] = field(default_factory=list)
    appeal: Appealed | None = None

    @property
    def open_urgings(self) -> list[Urging]:
        """Those that wait for a reply."""
        return [one for one in self.urgings if one.reply is None]


def side_matters(steps: Iterable[Step]) -> SideMatters:
    """Read the steps of a case, in their order. No statement."""
    found = SideMatters()
    for step in steps:
        _read(found, step)
    return found


def _read(found: SideMatters, step: Step) -> None:
    open_request = next((one for one in found.requests if one.state == "asked"), None)
    open_question = next((one for one in found.questions if not (one.answered or one.ended)), None)
    match step.move:
        case "extend" | "suspend":
            found.requests.insert(0, Request(step, _ASKED[step.move], _moment(step, "until")))
        case "grant" | "refuse" if open_request:
            open_request.decided = step
        case "send_back" | "take_back" | "call_off" if open_request:
            # Of what is called off only a request for time is one of these.
            open_request.off = step.details.get("off", "time") == "time"
        case "ask_reporter":
            found.questions.insert(0, Question(step, _moment(step, "until") or step.at))
        case "answer_question" if open_question:
            open_question.answered = step
        case "resume" if open_question:
            open_question.ended = step
        case "urge" | "escalate":
            found.urgings.insert(0, Urging(step, int(step.details.get("level", 1)), _moment(step, "reply_by")))
        case "reply_urge":
            for urging in found.open_urgings:
                urging.reply = step
        case "appeal":
            found.appeal = Appealed(step)
        case "judge_appeal" | "judge_appeal_finally" if found.appeal:
            found.appeal.judged.append((step, step.details.get("appeal") != "refused"))


def _moment(step: Step, name: str) -> datetime | None:
    written = step.details.get(name)
    return datetime.fromisoformat(written) if written else None
