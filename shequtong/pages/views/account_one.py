"""One account of staff (账号): whose it is, what is next, and its name put right while it has no post."""

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from shequtong.access import permissions
from shequtong.access.gates import for_staff
from shequtong.access.models import Appointment
from shequtong.access.request import ActorRequest
from shequtong.access.usecases import rename_account
from shequtong.accounts import permissions as accounts
from shequtong.accounts.models import Account
from shequtong.core.locality import INSTALLATION
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once
from shequtong.pages.views.administration import account_state, sees_accounts


class NameForm(forms.Form):
    """The right name."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}))


@require_http_methods(["GET", "POST"])
@for_staff(permissions.VIEW_APPOINTMENTS)
def account_one(request: ActorRequest, account_id: int) -> HttpResponse:
    """For who opens accounts and who appoints their owners. One statement."""
    posts = Appointment.objects.lasting(timezone.localdate()).filter(account_id=OuterRef("pk"))
    found = Account.objects.filter(pk=account_id, is_staff_member=True).annotate(has_post=Exists(posts))
    account = found.first() if sees_accounts(request) else None
    may_rename = account is not None and account.is_active and not account.has_post and request.actor.may(accounts.MANAGE)
    if account is None or (request.method == "POST" and not request.actor.may(accounts.MANAGE)):
        raise Http404
    form, here = NameForm(request.POST or None, initial={"name": account.shown_name}), reverse("pages:account", args=[account.pk])
    if form.is_valid():

        def perform() -> str:
            rename_account(account_id=account.pk, name=form.cleaned_data["name"], by=request.actor, now=timezone.now())
            return here

        try:
            answer = once(request, perform, place=INSTALLATION, answer=here)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The name is corrected."))
            return answer
    context = {
        "account": account,
        "phone": account.phone.masked if account.phone else "",
        "state": account_state(account),
        "form": form if may_rename or form.is_bound else None,
        "may_appoint": request.actor.may(permissions.APPOINT),
    }
    return render(request, "pages/desk/account.html", context, status=422 if form.is_bound else 200)
