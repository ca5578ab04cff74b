"""Facts of the side moves (旁支)."""

from shequtong.cases.events.base import CaseEvent


class CaseAdmitted(CaseEvent):
    """放行"""


class CaseConfirmed(CaseEvent):
    """核实"""


class CaseNotAccepted(CaseEvent):
    """不予受理"""


class CaseAssigned(CaseEvent):
    """指派"""


class HandOverOffered(CaseEvent):
    """移交: `station_id` is the station it is offered to."""


class CaseTakenOver(CaseEvent):
    """接收移交: `station_id` is the station that led before."""


class HandOverRefused(CaseEvent):
    """拒收移交"""


class AssistanceTaken(CaseEvent):
    """接受协办: `station_id` is the lead station."""


class RequestCalledOff(CaseEvent):
    """撤销请求: `details["off"]` says what; of a sub-task or a hand-over `station_id` is the other station."""


class CaseDecided(CaseEvent):
    """裁定"""


class CaseTakenBack(CaseEvent):
    """收回"""


class ExtensionAsked(CaseEvent):
    """申请延期"""


class SuspensionAsked(CaseEvent):
    """申请挂账"""


class TimeGranted(CaseEvent):
    """批准延期或挂账"""


class TimeRefused(CaseEvent):
    """不批准"""


class CaseResumed(CaseEvent):
    """恢复"""


class ReporterAsked(CaseEvent):
    """问询反映人"""


class QuestionAnswered(CaseEvent):
    """反映人补充情况"""


class CaseReminded(CaseEvent):
    """到期提醒"""


class CaseEscalated(CaseEvent):
    """超时升级"""


class CaseClosedByItself(CaseEvent):
    """自动结案"""


class AnswerApproved(CaseEvent):
    """审签"""


class AnswerReturned(CaseEvent):
    """退回修改"""


class ReporterCalledBack(CaseEvent):
    """回访"""


class CaseUrged(CaseEvent):
    """督办"""


class UrgingReplied(CaseEvent):
    """督办回复"""


class AppealMade(CaseEvent):
    """申诉"""


class AppealJudged(CaseEvent):
    """申诉审核"""


class AppealJudgedFinally(CaseEvent):
    """申诉终审"""


class CaseSettledOnTheSpot(CaseEvent):
    """自行处置"""


class SettlementReviewed(CaseEvent):
    """自行处置审核"""


class CaseAddedTo(CaseEvent):
    """补充"""


class CaseWithdrawn(CaseEvent):
    """撤回"""


class CaseCorrected(CaseEvent):
    """更正"""


class CaseMerged(CaseEvent):
    """并案"""


class CaseUnmerged(CaseEvent):
    """撤销并案"""


class CaseJoined(CaseEvent):
    """我也遇到了"""
