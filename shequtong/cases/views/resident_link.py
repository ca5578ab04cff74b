"""A link out of a text message (短信链接): it opens the one matter it was sent about, for whom it was sent to."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shequtong.access.request import ActorRequest, hold_case
from shequtong.cases.answer_links import parse_token
from shequtong.cases.models import Case
from shequtong.core.locality import part_of


@never_cache
@require_GET
def open_link(request: ActorRequest, token: str) -> HttpResponse:
    """The token leaves the address at once. One that is not ours, too old, or of a number that was removed: there is nothing here."""
    link = parse_token(token)
    if link is None:
        raise Http404
    case = Case.objects.within(part_of(link.case_id)).filter(pk=link.case_id).select_related("reporter").first()
    if case is None or case.reporter is None or not case.reporter.phone:
        raise Http404
    phone = case.reporter.phone.reveal()
    if not link.is_for(reporter_id=case.reporter.pk, phone=phone, today=timezone.localdate()):
        raise Http404
    hold_case(request, case.pk)
    return redirect("cases:public", case.number)
