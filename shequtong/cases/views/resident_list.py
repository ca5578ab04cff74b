"""All of one's own matters (我的事项): what comes next in each, and what waits for a rating."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shequtong.access.request import ActorRequest
from shequtong.cases.catalogue import catalogue
from shequtong.cases.chosen_place import served
from shequtong.cases.lookups import held_cases, saying, told_by
from shequtong.cases.models import Case
from shequtong.cases.shown import class_name, undecided_limits
from shequtong.cases.views import resident_shown as words
from shequtong.cases.views.resident_own import why_not_now
from shequtong.cases.workflow import OPEN_STAGES, Stage
from shequtong.core.keyset import parse_keyset

_OVER = {"open": False, "over": True}
_FEW = 5  # matters that are read faster than they are searched


@never_cache
@require_GET
def mine(request: ActorRequest) -> HttpResponse:
    """All matters of who is signed in, the newest first; without signing in, those opened with their keys here."""
    after, show = parse_keyset(request.GET.get("after", "")), request.GET.get("show", "")
    show, q = show if show in _OVER else "", request.GET.get("q", "").replace("\x00", "").strip()[:60]
    said = saying(q) if q else None
    if request.actor.account_id is None:
        rows, older = held_cases(request.actor.held, said), None
    else:
        rows, older = told_by(request.actor.account_id, served(), after, over=_OVER.get(show), said=said)
        # What was opened here before signing in is not lost by it.
        opened = held_cases(request.actor.held, said) if after is None and not show else []
        rows = [*rows, *(case for case in opened if case not in rows)]
    context = {
        "rows": [_row(case) for case in rows],
        "q": q,
        "show": show,
        "searched": bool(q or show or older or after) or len(rows) > _FEW,
        "older": _address(show, q, after=f"{older[0].isoformat()}_{older[1]}") if older else "",
        "first": _address(show, q) if after is not None else "",
        "tabs": [
            {"label": label, "url": _address(value, q), "active": value == show}
            for value, label in (("", _("All")), ("open", _("Under way")), ("over", _("Over")))
        ],
        "signed_in": request.actor.is_signed_in,
    }
    return render(request, "cases/resident/list.html", context)


def _row(case: Case) -> dict[str, Any]:
    """A matter with what comes next in it. No statement."""
    return {
        "case": case,
        "kind_name": class_name(catalogue().classes[case.case_class_id]),
        "stage": words.public_stage(case),
        "kept": words.kept(case),
        "promised": words.promised(case),
        "expected": words.expected(case),
        "undecided": undecided_limits(case),
        "next": words.what_next(case),
        "pause": words.pause_words(case, own=True),
        "who": words.who_answers(case),
        "open": Stage(case.stage) in OPEN_STAGES,
        "to_evaluate": not why_not_now(case, "evaluate", timezone.now()),
        "reason_inside": Stage(case.stage) in (Stage.VOIDED, Stage.NOT_ACCEPTED),
    }


def _address(show: str, q: str, **more: str) -> str:
    """The list narrowed so."""
    told = {"show": show, "q": q, **more}
    return "?" + urlencode({name: value for name, value in told.items() if value})
