"""The verbs about time (时限操作): asking for it, granting it, pausing for the reporter, resuming."""

from copy import copy
from typing import Any

from django.utils import timezone

from shequtong.cases import usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.flow import flow_of
from shequtong.cases.forms import clocks as forms
from shequtong.cases.forms.moves import NoteForm, ReasonForm
from shequtong.cases.models import NEVER, Asking, Case
from shequtong.cases.numbers import parse_number
from shequtong.cases.shown import limit_words
from shequtong.cases.usecases.ask_reporter import answer_until
from shequtong.cases.usecases.turns import clock_pauses, reckoned
from shequtong.cases.views.moves.page import Asked, MovePage, Told, call
from shequtong.cases.workflow import Stage
from shequtong.core.actors import Actor
from shequtong.core.clock import Due, Pause, PauseReason
from shequtong.core.places import place
from shequtong.figures.write import day_of


def _suspend(told: Told) -> object:
    parsed = parse_number(told.number)
    assert parsed is not None  # `make_move` looked
    until = forms.end_of_day(told.data["until"], place(parsed.place).zone)
    return usecases.suspend_case(number=told.number, until=until, reason=told.data["note"], by=told.by, now=told.now)


def _days(asked: Asked) -> dict[str, Any]:
    """From tomorrow on, as far as the flow of the place allows."""
    return {"today": day_of(asked.place, timezone.now()), "most": flow_of(asked.place).suspend_days}


def _extended(case: Case) -> Due:
    """The clock with one extension more. One statement when it was ever paused."""
    more = copy(case)
    more.clock_extensions += 1
    return reckoned(more, Stage(case.stage), clock_pauses(case))


def what_it_gives(case: Case, _actor: Actor) -> dict[str, Any]:
    """For who asks: how often before, the due time now and with one extension more, and how that is reckoned."""
    rules, due, limit = flow_of(case.subdistrict_id), _extended(case).due_at, catalogue().limit_of(case.standard_id, case.stage)
    return {
        "limit": limit_words(limit),
        "limit_then": limit_words(limit.extended(case.clock_extensions + 1)),
        "capped": due != NEVER and due == case.cap_at,
        "due_now": None if case.due_at == NEVER else case.due_at,
        "due_then": None if due == NEVER else due,
        "extend_most": rules.extend_most,
        "suspend_most": rules.suspend_most,
    }


def what_is_asked(case: Case, _actor: Actor) -> dict[str, Any]:
    """For who decides: the request, and the due time before and after. Up to two statements."""
    asked = Asking.objects.filter(case=case, state=Asking.State.ASKED).first()
    if asked is None:
        return {}
    if asked.kind == Asking.Kind.EXTEND:
        due = _extended(case)
    else:
        now = timezone.now()
        pauses = clock_pauses(case)
        if asked.until is not None and asked.until > now:
            pauses = [*pauses, Pause(now, asked.until, PauseReason.SUSPENDED)]
        due = reckoned(case, Stage(case.stage), pauses)
    return {"asked": asked, "due_now": case.due_at, "due_then": due.due_at}


def how_long(case: Case, _actor: Actor) -> dict[str, Any]:
    """Until when the reporter may answer if asked now, and whether a message reaches them."""
    reporter = case.reporter
    return {
        "until": answer_until(case, timezone.now()),
        "reached": bool(reporter and (reporter.phone or case.reporter_account_id)),
    }


_DECIDING = "cases/desk/moves/_asked.html"
PAGES: dict[str, MovePage] = {
    "extend": MovePage(
        ReasonForm, call(usecases.extend_case, reason="note"), above="cases/desk/moves/_extend.html", facts=what_it_gives
    ),
    "suspend": MovePage(forms.SuspendForm, _suspend, _days, above="cases/desk/moves/_suspend.html", facts=what_it_gives),
    "grant": MovePage(NoteForm, call(usecases.grant_asking, note="note"), above=_DECIDING, facts=what_is_asked),
    "refuse": MovePage(ReasonForm, call(usecases.refuse_asking, reason="note"), above=_DECIDING, facts=what_is_asked),
    "resume": MovePage(NoteForm, call(usecases.resume_case, note="note"), above="cases/desk/moves/_paused.html"),
    "ask_reporter": MovePage(
        forms.AskReporterForm,
        call(usecases.ask_reporter, text="note"),
        above="cases/desk/moves/_ask_reporter.html",
        facts=how_long,
    ),
}
