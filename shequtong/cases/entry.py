"""Where a report goes first (受理去向): to screening, to confirmation, or straight to registration. Pure."""

from shequtong.cases.catalogue import Standard
from shequtong.cases.flow import Rules
from shequtong.cases.workflow.stages import Stage

RESIDENT = "resident"


def first_stage(standard: Standard, channel: str, rules: Rules, *, held: bool = False) -> Stage:
    """Screening for what is held; confirmation where the standard asks for it and the flow does not skip it for the channel."""
    if held:
        return Stage.HELD
    if standard.confirm_required and channel not in rules.confirm_skips:
        return Stage.CONFIRMATION
    return Stage.INTAKE
