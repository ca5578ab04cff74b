"""Taking back what was recorded by mistake (撤销误登), within a day."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once
from shequtong.people import permissions
from shequtong.people.life_shown import told
from shequtong.people.models import LifeEvent, LifePart
from shequtong.people.usecases import undo_event


@require_http_methods(["GET", "POST"])
@for_staff(permissions.RECORD)
def desk_life_undo(request: ActorRequest, event_id: int) -> HttpResponse:
    """What was recorded, and the question whether it was a mistake."""
    event = LifeEvent.objects.filter(pk=event_id).first()
    if event is None or not request.actor.reach(permissions.RECORD).of_post.covers(event.reach_facts()):
        raise Http404
    parts = LifePart.objects.filter(subdistrict=event.subdistrict_id, event=event)
    person = parts.filter(person__isnull=False).values_list("person_id", flat=True).order_by("pk").first()
    back = reverse("pages:registry-person", args=[person]) if person else reverse("people:desk-persons")
    refused = ""
    if request.method == "POST":

        def perform() -> str:
            undo_event(event_id=event.pk, by=request.actor, now=timezone.now())
            return back

        try:
            answer = once(request, perform, place=event.subdistrict_id, answer=back)
            messages.success(request, _("It was taken back."))
            return answer
        except Refusal as refusal:
            refused = str(refusal)
    context = {"event": event, "sentences": told(event), "back": back, "refused": refused}
    return render(request, "people/desk/life_undo.html", context, status=422 if refused else 200)
