"""I met it too (我也遇到了): a resident joins a matter that somebody else has told, instead of telling it again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shequtong.access.request import ActorRequest
from shequtong.accounts.models import Account
from shequtong.accounts.usecases.take_allowance import TooMany
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case
from shequtong.cases.resident_forms import JoinForm
from shequtong.cases.shown import class_name
from shequtong.cases.usecases import join_case
from shequtong.cases.usecases.join_case import ToldAlready
from shequtong.cases.usecases.turns import standing
from shequtong.cases.views import resident_shown as words
from shequtong.cases.views.allowance import allow
from shequtong.cases.workflow import MOVES, why_closed
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once


@never_cache
@sensitive_post_parameters("name", "phone")
@require_http_methods(["GET", "POST"])
def join(request: ActorRequest, number: str) -> HttpResponse:
    """Who else met it leaves a telephone, or has signed in, and hears of the outcome. Of what others wrote nothing is shown."""
    case = Case.objects.numbered(number).first()
    if case is None:
        return words.no_case(request, number)
    back = reverse("cases:public", args=[case.number])
    if request.method == "GET" and words.is_reporter(request.actor, case):
        return redirect(back)
    account = request.user if request.user.is_authenticated else None
    form, status = JoinForm(request.POST or None, account=account), 200
    if form.is_bound:
        status = 422
    if form.is_valid():
        try:
            answer = once(request, lambda: _join(request, case, form, account, back), place=case.subdistrict_id, answer=back)
        except TooMany as refusal:
            form.add_error(None, str(refusal))
            status = 429
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("Noted. You will be told what becomes of it; with the number %(number)s you can follow it.")
                % {"number": case.number},
            )
            return answer
    context = {
        "case": case,
        "form": form,
        "kind_name": class_name(catalogue().classes[case.case_class_id]),
        "community": words.community_name(case.place_path),
        "stage": words.public_stage(case),
        "back": back,
        "is_open": form.is_bound or not why_closed(MOVES["join"], standing(case)),
        "signed_in": account is not None,
    }
    return render(request, "cases/resident/join.html", context, status=status)


def _join(request: ActorRequest, case: Case, form: JoinForm, account: Account | None, back: str) -> str:
    """Whoever types a number that is known here reads the same as one whose number is new: else it would tell who reported."""
    allow(request, reports=1)
    try:
        join_case(number=case.number, reporter=form.told_by(), by=request.actor, now=timezone.now())
    except ToldAlready:
        if account is not None:
            raise
    return back
