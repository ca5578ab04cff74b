"""The stages of a case (案件阶段): who is being waited for. Kinds are fixed in code (design.md 5)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(TextChoices):
    """Who is being waited for. The label is what staff see; residents see `public_stage`."""

    HELD = "held", _("To be screened")  # 待审
    CONFIRMATION = "confirmation", _("To be confirmed")  # 待核实
    INTAKE = "intake", _("To be registered")  # 待立案
    REGISTERED = "registered", _("To be dispatched")  # 待派遣
    DECISION = "decision", _("To be decided")  # 待裁定
    DISPATCHED = "dispatched", _("To be accepted")  # 待签收
    HANDLING = "handling", _("Being handled")  # 处置中
    VERIFICATION = "verification", _("To be verified")  # 待核查
    CLOSING = "closing", _("To be closed")  # 待结案
    CLOSED = "closed", pgettext_lazy("case stage", "Closed")  # 已结案
    VOIDED = "voided", pgettext_lazy("case stage", "Voided")  # 已作废
    NOT_ACCEPTED = "not_accepted", pgettext_lazy("case stage", "Not accepted")  # 不予受理
    WITHDRAWN = "withdrawn", pgettext_lazy("case stage", "Withdrawn")  # 已撤回
    MERGED = "merged", pgettext_lazy("case stage", "Merged")  # 已并案


OPEN_STAGES = (
    Stage.HELD,
    Stage.CONFIRMATION,
    Stage.INTAKE,
    Stage.REGISTERED,
    Stage.DECISION,
    Stage.DISPATCHED,
    Stage.HANDLING,
    Stage.VERIFICATION,
    Stage.CLOSING,
)
ENDED_STAGES = tuple(stage for stage in Stage if stage not in OPEN_STAGES)
# The way of a case that nothing befalls.
MAIN_LINE = (
    Stage.INTAKE,
    Stage.REGISTERED,
    Stage.DISPATCHED,
    Stage.HANDLING,
    Stage.VERIFICATION,
    Stage.CLOSING,
    Stage.CLOSED,
)
# Before 立案: nothing is promised yet.
EARLY_STAGES = (Stage.HELD, Stage.CONFIRMATION, Stage.INTAKE)
# In these stages a station has the case in hand.
STATION_STAGES = (Stage.DISPATCHED, Stage.HANDLING)

PUBLIC_STAGES: dict[Stage, object] = {
    Stage.HELD: pgettext_lazy("public stage", "Received"),  # 已上报
    Stage.CONFIRMATION: pgettext_lazy("public stage", "Received"),
    Stage.INTAKE: pgettext_lazy("public stage", "Received"),
    Stage.REGISTERED: pgettext_lazy("public stage", "Registered"),  # 已立案
    Stage.DECISION: pgettext_lazy("public stage", "Registered"),
    Stage.DISPATCHED: pgettext_lazy("public stage", "Dispatched"),  # 已派遣
    Stage.HANDLING: pgettext_lazy("public stage", "Being handled"),  # 处置中
    Stage.VERIFICATION: pgettext_lazy("public stage", "Being checked"),  # 反馈核查
    Stage.CLOSING: pgettext_lazy("public stage", "Being checked"),
    Stage.CLOSED: pgettext_lazy("public stage", "Closed"),  # 已结案
    Stage.VOIDED: pgettext_lazy("public stage", "Not pursued"),  # 不予处理
    Stage.NOT_ACCEPTED: pgettext_lazy("public stage", "Not accepted"),  # 不予受理
    Stage.WITHDRAWN: pgettext_lazy("public stage", "Withdrawn"),  # 已撤回
    Stage.MERGED: pgettext_lazy("public stage", "Merged"),  # 已并案
}
