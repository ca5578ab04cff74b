"""Ask for the queue as a table (导出案件): a task with the filters of the page it was pressed on."""

from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_POST

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.exports import EXPORT_QUEUE, export_params, may_export
from shequtong.cases.forms.filters import WHOLE, FilterForm
from shequtong.cases.lookups import duties
from shequtong.cases.views.own_list import own_columns
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
    filters = filter_form(request, seen, headers_only=headers_only).filters()
    hidden, added = own_columns(request)
    params = export_params(filters, headers_only=headers_only, hidden=hidden, added=added)

    def perform() -> str:
        key, now = submitted_key(request), timezone.now()
        task = start_task(kind=EXPORT_QUEUE.name, params=params, by=request.actor, now=now, submit_key=key)
        return f"{task.url}?fetch"  # the file comes by itself once it is made

    return once(request, perform, place=request.actor.home)


def filter_form(request: ActorRequest, seen: QueryDict, *, headers_only: bool) -> FilterForm:
    """The filters of an address, as this post may choose them. Who sees headers alone has no work of their own among them."""
    actor = request.actor
    reach = actor.reach(permissions.VIEW_HEADER if headers_only else permissions.VIEW)
    return FilterForm(
        seen, reach=reach, account=actor.account_id, waits=not headers_only and bool(duties(actor)), words=not headers_only
    )
