"""Cases that wait inside a stage (环节内等待): for a decision on time, for approval of an answer, for judgement of an appeal. Pure.

The graph of stages does not see them: taking out both halves of a pair, asking and deciding, leaves nothing to ask for, yet what was
asked for already would wait for ever, and nothing else can be done with the case until then.
"""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from shequtong.cases.flow_findings import Finding, Flow, label
from shequtong.cases.workflow import Stage

ASKING, DRAFT, FIRST_APPEAL, SECOND_APPEAL = "asking", "draft", "appeal_first", "appeal_second"
# What waits -> moves of which one must be in use, so that it does not wait for ever.
ENDED_BY: Final = {
    ASKING: ("grant", "refuse"),
    DRAFT: ("approve_answer", "return_answer"),
    FIRST_APPEAL: ("judge_appeal",),
    SECOND_APPEAL: ("judge_appeal_finally",),
}


def waiting(flow: Flow) -> Iterator[Finding]:
    """Cases of the place that would wait for a move that is not used; and answers nobody could give."""
    off = set(flow.rules.off)
    for what, moves in ENDED_BY.items():
        if what in flow.place.waiting and off.issuperset(moves):
            told = {"moves": _(", ").join(label(flow, name) for name in moves)}
            words = _("There are cases that wait for “%(moves)s”, which is not used here. Let them be decided first.") % told
            yield Finding("cases_left_standing", f"off.{moves[0]}", words)
    if "answer" in off and "answer" in flow.moves:
        told = {"stage": str(Stage.CLOSING.label), "move": label(flow, "answer")}
        words = _("A case whose reporter must be answered could not leave “%(stage)s”: “%(move)s” is not used here.") % told
        yield Finding("no_exit", "off.answer", words)
