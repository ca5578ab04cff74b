"""The verbs of answers (答复、审签、回访): written, read by a second person, heard of afterwards."""

from typing import Any

from shequtong.cases import permissions, usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.forms import answers as forms
from shequtong.cases.forms.moves import AnswerForm, NoteForm, ReasonForm
from shequtong.cases.models import Answer, CallBack, Case
from shequtong.cases.shown import teller_words
from shequtong.cases.usecases.reveal_contact import may_reveal
from shequtong.cases.views.moves import judged
from shequtong.cases.views.moves.page import MovePage, call
from shequtong.core.actors import Actor


def the_draft(case: Case, actor: Actor) -> dict[str, Any]:
    """The draft that waits, and whether the reader wrote it; what was done. Three statements."""
    draft = Answer.objects.filter(case=case, state=Answer.State.DRAFT).order_by("-id").first()
    own = draft is not None and actor.account_id is not None and draft.account_id == actor.account_id
    return {"draft": draft, "own": own, **judged.what_was_done(case, actor)}


def draft_before(case: Case, actor: Actor) -> dict[str, Any]:
    """What stands already: a draft that waits, or one that came back with why; and what was done. Two statements, three under a standard that asks for approval."""
    if not catalogue().standards[case.standard_id].answer_approval:
        return judged.what_was_done(case, actor)
    latest = Answer.objects.filter(case=case).order_by("-id").first()
    state = latest.state if latest else ""
    return {
        **judged.what_was_done(case, actor),
        "needs_approval": True,
        "draft": latest if state == Answer.State.DRAFT else None,
        "returned": latest if state == Answer.State.RETURNED else None,
    }


def whom_to_call(case: Case, actor: Actor) -> dict[str, Any]:
    """The reporter, masked; what they were answered; the calls before. Three statements."""
    return {
        "told": teller_words(case),
        "may_reveal": may_reveal(case, actor),
        "answered": Answer.objects.filter(case=case, state=Answer.State.SENT).order_by("-id").first(),
        "may_reopen": actor.reach(permissions.REOPEN).of_post.covers(case.reach_facts()),
        "calls": list(CallBack.objects.filter(case=case, round=case.reopen_count).order_by("id")),
    }


PAGES: dict[str, MovePage] = {
    "answer": MovePage(
        AnswerForm,
        call(usecases.answer_case, text="text", publish="publish"),
        above="cases/desk/moves/_returned.html",
        facts=draft_before,
    ),
    "approve_answer": MovePage(
        NoteForm, call(usecases.approve_answer, note="note"), above="cases/desk/moves/_draft.html", facts=the_draft
    ),
    "return_answer": MovePage(
        ReasonForm, call(usecases.return_answer, reason="note"), above="cases/desk/moves/_draft.html", facts=the_draft
    ),
    "call_back": MovePage(
        forms.CallBackForm,
        call(usecases.call_back, reached="reached", solved="solved", score="score", words="words", reopen="reopen"),
        choices=lambda asked: {"may_reopen": bool(asked.actor.reach(permissions.REOPEN).of_post.grants)},
        above="cases/desk/moves/_call_back.html",
        facts=whom_to_call,
    ),
}
