"""Ask for the queue as a table (导出案件): a task with the filters of the page it was pressed on."""

from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_POST

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.exports import EXPORT_QUEUE, export_params, may_export
from shequtong.cases.forms.filters import WHOLE, FilterForm
from shequtong.core.refusals import Forbidden
from shequtong.core.submissions import once, submitted_key
from shequtong.tasks.usecases import start_task

LONGEST_QUERY = 2000


@require_POST
@for_staff(permissions.VIEW, permissions.VIEW_HEADER)
def desk_export(request: ActorRequest) -> HttpResponse:
    """`query` is the address of the queue as it was seen; nonsense in it filters nothing, as there."""
    seen = QueryDict(request.POST.get("query", "")[:LONGEST_QUERY])
    headers_only = seen.get("reach") == WHOLE or not may_export(request.actor, headers_only=False)
    if not may_export(request.actor, headers_only=headers_only):
        raise Forbidden(permissions.VIEW_HEADER)
    reach = request.actor.reach(permissions.VIEW_HEADER if headers_only else permissions.VIEW)
    params = export_params(FilterForm(seen, reach=reach, account=request.actor.account_id).filters(), headers_only=headers_only)

    def perform() -> str:
        return start_task(
            kind=EXPORT_QUEUE.name, params=params, by=request.actor, now=timezone.now(), submit_key=submitted_key(request)
        ).url

    return once(request, perform, place=request.actor.home)
