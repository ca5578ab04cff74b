"""Contact cards (联系卡): all of them for anybody; for staff which offices have one, writing it, taking it away."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once
from shequtong.organizations import permissions
from shequtong.organizations.contacts import KINDS, contact_of
from shequtong.organizations.usecases.remove_contact import remove_contact
from shequtong.organizations.usecases.set_contact import set_contact
from shequtong.pages.contacts import listed, offices_within, to_ring
from shequtong.pages.views.contact_forms import ContactForm
from shequtong.territory.shown import unit_name
from shequtong.territory.units import UnitRef, tree


@require_GET
def contacts(request: HttpRequest) -> HttpResponse:
    """Every office that says how it is reached. No statement when warm."""
    found = listed()
    return render(request, "pages/resident/contacts.html", {"contacts": found, "ring": to_ring(found)})


@require_GET
@for_staff(permissions.MANAGE_CONTACTS)
def contact_list(request: ActorRequest) -> HttpResponse:
    """The offices of one's reach, those without a card among them. No statement of its own."""
    rows = offices_within(request.actor.reach(permissions.MANAGE_CONTACTS))
    missing = sum(row.card is None for row in rows)
    return render(request, "pages/desk/contacts.html", {"rows": rows, "missing": missing})


@require_http_methods(["GET", "POST"])
@for_staff(permissions.MANAGE_CONTACTS)
def contact(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Write what residents are told of an office."""
    one, back = _unit_or_404(request, unit_id), reverse("pages:contact-list")
    card = contact_of(one.path)
    form = ContactForm(request.POST or None, initial=card._asdict() if card else {})
    if form.is_valid():

        def perform() -> str:
            set_contact(unit_id=unit_id, **form.cleaned_data, by=request.actor, now=timezone.now())
            return back

        try:
            answer = once(request, perform, answer=back)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The contact card of %(unit)s is shown to residents.") % {"unit": unit_name(one)})
            return answer
    context = {"form": form, "name": unit_name(one), "card": card, "one": one, "back": back}
    return render(request, "pages/desk/contact.html", context, status=422 if form.is_bound else 200)


@require_POST
@for_staff(permissions.MANAGE_CONTACTS)
def contact_remove(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Residents are shown none from now on."""
    one, back = _unit_or_404(request, unit_id), reverse("pages:contact-list")

    def perform() -> str:
        remove_contact(unit_id=unit_id, by=request.actor, now=timezone.now())
        return back

    answer = once(request, perform, answer=back)
    messages.success(request, _("The contact card of %(unit)s is taken away.") % {"unit": unit_name(one)})
    return answer


def _unit_or_404(request: ActorRequest, unit_id: int) -> UnitRef:
    """A standing unit with an office, within reach; absent and forbidden look the same. No statement when warm."""
    found = tree().by_id.get(unit_id)
    if found is None or found.ended or found.kind not in KINDS:
        raise Http404
    if not request.actor.reach(permissions.MANAGE_CONTACTS).covers(found.reach_facts()):
        raise Http404
    return found
