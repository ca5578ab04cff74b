"""The page of the limits of stages (环节时限): how long the office has for its own work; looked at by staff, set by who publishes standards."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.catalogue import catalogue
from shequtong.cases.forms.stage_limits import STAGES, StageLimitsForm
from shequtong.cases.usecases.set_stage_limit import set_stage_limit
from shequtong.cases.views.standards import LOOK
from shequtong.core.clock import wording
from shequtong.core.refusals import Forbidden
from shequtong.core.submissions import once


@require_http_methods(["GET", "POST"])
@for_staff(*LOOK)
def desk_stage_limits(request: ActorRequest) -> HttpResponse:
    """One field a stage. No statement of its own."""
    publishes, here = request.actor.may(permissions.PUBLISH_STANDARD), reverse("cases:desk-stage-limits")
    if request.method == "POST" and not publishes:
        raise Forbidden(permissions.PUBLISH_STANDARD, "StageLimit")
    form = StageLimitsForm(request.POST or None)
    if form.is_bound and form.is_valid():

        def perform() -> str:
            for stage, limit in form.limits().items():
                set_stage_limit(stage=stage, minutes=limit.minutes, kind=limit.kind.value, by=request.actor, now=timezone.now())
            return here

        answer = once(request, perform, answer=here)
        messages.success(request, _("Saved. Open due times are being computed anew."))
        return answer
    held = catalogue()
    rows = [
        {"stage": stage.label, "limit": wording.limit_text(held.stage_limit(stage)), "is_set": stage.value in held.stage_limits}
        for stage in STAGES
    ]
    context = {"form": form, "rows": rows, "publishes": publishes, "back": reverse("cases:desk-standards")}
    return render(request, "cases/desk/standards/stages.html", context, status=422 if form.is_bound else 200)
