"""The next case of the same work (下一件): from a case that is done, or that is not for now, to the one after it without the way over the list."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.lookups import Filters, queue
from shequtong.cases.lookups.waits import ME, duties, stages_of
from shequtong.cases.models import Case
from shequtong.cases.sheets import CaseSheet
from shequtong.cases.workflow import OPEN_STAGES, Stage


def next_offered(request: ActorRequest, sheet: CaseSheet) -> dict[str, Any]:
    """The way to the next case that waits for the post: at the stage one has just worked at, else at that of this case. No statement."""
    stages = stages_of(duties(request.actor))
    if not stages:
        return {}
    last = sheet.steps[-1] if sheet.steps else None
    own = last is not None and last.account_id is not None and last.account_id == request.actor.account_id
    at = last.from_stage if own and last is not None and last.from_stage in stages else sheet.case.stage
    stage = Stage(at) if at in stages else None
    query = urlencode({"stage": stage.value if stage else "", "after": sheet.case.number})
    return {"next_url": f"{reverse('cases:desk-next')}?{query}", "next_stage": stage.label if stage else ""}


@require_GET
@for_staff(permissions.VIEW)
def desk_next(request: ActorRequest) -> HttpResponse:
    """Lead to the case after this one that waits at the stage the address names. Two statements, for a station up to four."""
    now, stage = timezone.now(), request.GET.get("stage", "")
    wanted = Filters(stage=stage if stage in OPEN_STAGES else "", waits=ME)
    here = Case.objects.numbered(request.GET.get("after", "")).within_post(request.actor, permissions.VIEW).defer("text").first()
    # One that is left for later still stands in the list: what comes after it is next, then the list from its beginning.
    after = replace(wanted, after=(here.due_at, here.pk)) if here is not None and here.stage == stage else wanted
    for filters in dict.fromkeys((after, wanted)):
        found = next((one for one in queue(request.actor, filters, now, page=1).rows if one != here), None)
        if found is not None:
            return redirect("cases:desk-detail", found.number)
    messages.info(request, _("No other case waits for you there."))
    return redirect(f"{reverse('cases:desk-queue')}?waits={ME}")
