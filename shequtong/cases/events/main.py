"""Facts of the main line (主线)."""

from shequtong.cases.events.base import CaseEvent


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
