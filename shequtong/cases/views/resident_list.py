"""All of one's own matters (我的事项): what comes next in each, and what waits for a rating."""

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
from shequtong.cases.lookups import held_cases, told_by
from shequtong.cases.shown import class_name
from shequtong.cases.views import resident_shown as words
from shequtong.cases.views.resident_case import why_not_now
from shequtong.cases.workflow import OPEN_STAGES, Stage
from shequtong.core.keyset import parse_keyset

_OVER = {"open": False, "over": True}


@never_cache
@require_GET
def mine(request: ActorRequest) -> HttpResponse:
    """All matters of who is signed in, the newest first; without signing in, those opened with their keys here."""
    after, show = parse_keyset(request.GET.get("after", "")), request.GET.get("show", "")
    if request.actor.account_id is None:
        rows, older = held_cases(request.actor.held), None
    else:
        rows, older = told_by(request.actor.account_id, served(), after, over=_OVER.get(show))
        # What was opened here before signing in is not lost by it.
        opened = held_cases(request.actor.held) if after is None and not show else []
        rows = [*rows, *(case for case in opened if case not in rows)]
    context = {
        "rows": [
            {
                "case": case,
                "kind_name": class_name(catalogue().classes[case.case_class_id]),
                "stage": words.public_stage(case),
                "promised": words.promised(case),
                "expected": words.expected(case),
                "next": words.what_next(case),
                "pause": words.pause_words(case, own=True),
                "who": words.who_answers(case),
                "open": Stage(case.stage) in OPEN_STAGES,
                "to_evaluate": not why_not_now(case, "evaluate", timezone.now()),
                "reason_inside": Stage(case.stage) in (Stage.VOIDED, Stage.NOT_ACCEPTED),
            }
            for case in rows
        ],
        "older": "?" + urlencode({"after": f"{older[0].isoformat()}_{older[1]}"} | ({"show": show} if show in _OVER else {}))
        if older
        else "",
        "later_page": after is not None,
        "tabs": [
            {"label": label, "url": f"?show={value}" if value else "?", "active": value == (show if show in _OVER else "")}
            for value, label in (("", _("All")), ("open", _("Under way")), ("over", _("Over")))
        ],
        "signed_in": request.actor.is_signed_in,
    }
    return render(request, "cases/resident/list.html", context)
