"""Who rings again (按来电号码查找): the matters told with a whole telephone number, by a form, so that the number stands in no address."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shequtong.access.request import ActorRequest
from shequtong.cases import permissions, usecases
from shequtong.cases.lookups.callers import MOST_TOLD
from shequtong.cases.models import Case
from shequtong.cases.shown import Dresser
from shequtong.cases.usecases.find_by_phone import find_by_phone_again, may_find_by_phone
from shequtong.core.phones import NotAPhone, normalise_phone
from shequtong.core.sent_forms import looked_once


class CallerForm(forms.Form):
    """The whole number, and what for: it is logged."""

    phone = forms.CharField(
        label=_("Telephone of the caller"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    why = forms.ChoiceField(
        label=_("Why do you need it?"),
        choices=[
            ("asks", _("The caller asks how their matter stands")),
            ("adds", _("The caller adds to what they told")),
            ("rings", _("To call back")),
        ],
        help_text=_("Each look is logged and counted, like looking at a telephone number."),
    )

    def clean_phone(self) -> str:
        """In the form in which numbers are kept."""
        try:
            return normalise_phone(self.cleaned_data["phone"])
        except NotAPhone as error:
            raise forms.ValidationError(str(error)) from error

    @property
    def reason(self) -> str:
        """The chosen reason in words, for the log."""
        return str(dict(self.fields["why"].choices)[self.cleaned_data["why"]])  # type: ignore[attr-defined]  # a ChoiceField behind the mapping


def by_caller(request: ActorRequest) -> HttpResponse:
    """The answer to the form: kept by no browser, and the number is not said again. At most eleven statements."""
    if not may_find_by_phone(request.actor):
        raise Http404
    from_box = "why" not in request.POST and "q" in request.POST  # typed in the box of every page: asked what for first
    form = CallerForm(initial={"phone": request.POST["q"][:30]}) if from_box else CallerForm(request.POST)
    found = _look(request, form) if form.is_valid() else None
    looked = found is not None
    now = timezone.now()
    context: dict[str, Any] = {
        "q": "",
        "reads_words": bool(request.actor.reach(permissions.VIEW).of_post.grants),
        "caller_form": CallerForm(initial={"why": form.cleaned_data["why"]}) if looked else form,
        "caller": list(map(Dresser(now), found or ())),
        "looked": None if from_box else looked,
        "telephone": from_box,
        "phone_end": form.cleaned_data["phone"][-4:] if looked else "",
        "most_told": MOST_TOLD if found and len(found) >= MOST_TOLD else 0,
    }
    response = render(request, "pages/desk/search.html", context, status=200 if looked or from_box else 422)
    response["Cache-Control"] = "no-store"
    return response


def _look(request: ActorRequest, form: CallerForm) -> list[Case] | None:
    """What was found; None where it was refused, with the reason on the form."""
    phone, now = form.cleaned_data["phone"], timezone.now()

    def look(again: bool) -> list[Case]:
        if again:
            return list(find_by_phone_again(phone=phone, by=request.actor, now=now))
        return list(usecases.find_by_phone(phone=phone, reason=form.reason, by=request.actor, now=now))

    found, refused = looked_once(request, look, place=request.actor.home)
    if refused:
        form.add_error(None, refused)
    return found
