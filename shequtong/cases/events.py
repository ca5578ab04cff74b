"""Facts about cases that others may react to (flows/wiring.py lists who does)."""

from dataclasses import dataclass
from datetime import datetime

from shequtong.core.sealed import Sealed


@dataclass(frozen=True)
class CaseEvent:
    """A move was made. Bare ids and codes: a handler needs no further look at the case to tell people of it."""

    case_id: int
    subdistrict_id: int
    number: str
    step_id: int
    place_path: str
    class_code: str
    station_id: int | None
    reporter_id: int | None
    reporter_account_id: int | None
    at: datetime
    note: str = ""
    due_at: datetime | None = None
    is_history: bool = False  # brought in from elsewhere with its own times: count it, tell nobody
    reporter_phone: Sealed | None = None  # with every move that tells the reporter: the use-case has loaded it with the case


class CaseReported(CaseEvent):
    """受理: a case was taken in."""


class CaseRegistered(CaseEvent):
    """立案"""


class CaseDispatched(CaseEvent):
    """派遣"""


class CaseAccepted(CaseEvent):
    """签收"""


class CaseSentBack(CaseEvent):
    """回退"""


class AssistanceAsked(CaseEvent):
    """协办: `station_id` is the assisting station."""


class AssistanceAnswered(CaseEvent):
    """协办反馈: `station_id` is the lead station, which waits for it."""


class CaseHandled(CaseEvent):
    """处置完成"""


class CaseVerified(CaseEvent):
    """核查通过"""


class CaseReworked(CaseEvent):
    """返工"""


class CaseAnswered(CaseEvent):
    """答复"""


class CaseClosed(CaseEvent):
    """结案"""


class CaseEvaluated(CaseEvent):
    """评价"""


class CaseReopened(CaseEvent):
    """重开"""


class CaseVoided(CaseEvent):
    """作废"""


OF_MOVE: dict[str, type[CaseEvent]] = {
    "intake": CaseReported,
    "register": CaseRegistered,
    "dispatch": CaseDispatched,
    "accept": CaseAccepted,
    "send_back": CaseSentBack,
    "assist": AssistanceAsked,
    "answer_assist": AssistanceAnswered,
    "handle": CaseHandled,
    "verify": CaseVerified,
    "rework": CaseReworked,
    "answer": CaseAnswered,
    "close": CaseClosed,
    "evaluate": CaseEvaluated,
    "reopen": CaseReopened,
    "void": CaseVoided,
}
