"""Subscriptions and what was sent for them (事件订阅与推送记录): opened, looked at, sent again, resumed and ended by the system administrator."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.core.keyset import parse_keyset
from shequtong.core.places import places
from shequtong.core.refusals import Refusal
from shequtong.core.sealed import SealError
from shequtong.core.sealed.ciphers import seal, unseal
from shequtong.core.submissions import once
from shequtong.interchange import permissions
from shequtong.interchange.forms import ReplayForm, SubscriptionForm
from shequtong.interchange.lookups import deliveries_of
from shequtong.interchange.models import Delivery, Subscription, SystemKey
from shequtong.interchange.usecases import end_subscription, open_subscription, replay_deliveries, resume_subscription
from shequtong.interchange.webhooks import LABELS

_SHOWN = "webhook_secret"  # session: the sealed secret that was just made, until its page is opened
_PAGE = 50
_LOOKS = {
    Delivery.State.WAITING: ("ring", "info"),
    Delivery.State.CLAIMED: ("arrow", "info"),
    Delivery.State.DELIVERED: ("check", "good"),
    Delivery.State.FAILED: ("cross", "bad"),
    Delivery.State.HELD: ("ring", "warn"),
}
# Where there was no answer: what `posting.py` and `send_deliveries` call it, in words. Others are names of a program's error.
_ERRORS = {
    "timeout": gettext_lazy("no answer in time"),
    "no_such_host": gettext_lazy("no such host"),
    "tls": gettext_lazy("its certificate is not valid"),
    "ended": gettext_lazy("the subscription had ended"),
}


@require_http_methods(["GET", "POST"])
@for_staff(permissions.MANAGE_SYSTEMS)
def new(request: ActorRequest, key_id: int) -> HttpResponse:
    """Open a subscription of a key."""
    key = SystemKey.objects.filter(pk=key_id, revoked_at=None).first()
    if key is None:
        raise Http404
    form, made = SubscriptionForm(request.POST or None), list[tuple[int, str]]()
    if form.is_valid():

        def perform() -> str:
            row, secret = open_subscription(key_id=key_id, **form.cleaned_data, by=request.actor, now=timezone.now())
            made.append((row.pk, secret))
            return reverse("interchange:webhook", args=[row.pk])

        try:
            answer = once(request, perform)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            for row_id, secret in made:
                request.session[_SHOWN] = [row_id, seal(secret, f"{_SHOWN}:{row_id}")]
            messages.success(request, _("The subscription is open."))
            return answer
    context = {"form": form, "key": key, "back": reverse("interchange:system", args=[key_id])}
    return render(request, "interchange/desk/webhook_new.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_GET
@for_staff(permissions.MANAGE_SYSTEMS)
def one(request: ActorRequest, subscription_id: int) -> HttpResponse:
    """One subscription, what was sent for it, the newest first; its secret, once, to who has just opened it. Two statements."""
    return _page(request, subscription_id, ReplayForm())


def _page(request: ActorRequest, subscription_id: int, form: ReplayForm, status: int = 200) -> HttpResponse:
    row = _row(subscription_id)
    before = parse_keyset(request.GET.get("before", ""))
    found = deliveries_of(row.pk, [place.number for place in places()], before, _PAGE)
    last = found[_PAGE - 1] if len(found) > _PAGE else None
    context = {
        "row": row,
        "form": form,
        "kinds": [label for kind, label in LABELS.items() if kind in row.kinds.split(",")],
        "secret": _just_made(request, row.pk),
        "rows": [_shown(each) for each in found[:_PAGE]],
        "older": f"?before={last.at:%Y-%m-%dT%H:%M:%S.%f}%2B00:00_{last.pk}" if last else "",
        "stands": row.ended_at is None and row.key.revoked_at is None,
    }
    response = render(request, "interchange/desk/webhook.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@for_staff(permissions.MANAGE_SYSTEMS)
def replay(request: ActorRequest, subscription_id: int) -> HttpResponse:
    """Send one delivery again, or all since a time."""
    chosen, form = request.POST.get("delivery", ""), ReplayForm(request.POST)
    if chosen:
        told: dict[str, Any] = {"delivery_id": int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 20 else 0}
    elif form.is_valid():
        told = {"since": form.cleaned_data["since"]}
    else:
        return _page(request, subscription_id, form, 422)
    return _done(request, subscription_id, lambda: _replayed(request, subscription_id, told))


def _replayed(request: ActorRequest, subscription_id: int, told: dict[str, Any]) -> None:
    again = replay_deliveries(subscription_id=subscription_id, by=request.actor, now=timezone.now(), **told)
    messages.success(request, ngettext("%(n)d delivery is sent again.", "%(n)d deliveries are sent again.", again) % {"n": again})


@require_POST
@for_staff(permissions.MANAGE_SYSTEMS)
def resume(request: ActorRequest, subscription_id: int) -> HttpResponse:
    """Go on after a pause."""

    def perform() -> None:
        resume_subscription(subscription_id=subscription_id, by=request.actor, now=timezone.now())
        messages.success(request, _("Sending goes on."))

    return _done(request, subscription_id, perform)


@require_POST
@for_staff(permissions.MANAGE_SYSTEMS)
def end(request: ActorRequest, subscription_id: int) -> HttpResponse:
    """End it."""

    def perform() -> None:
        end_subscription(subscription_id=subscription_id, by=request.actor, now=timezone.now())
        messages.success(request, _("The subscription has ended."))

    return _done(request, subscription_id, perform)


def _done(request: ActorRequest, subscription_id: int, perform: Any) -> HttpResponse:
    _row(subscription_id)
    back = reverse("interchange:webhook", args=[subscription_id])

    def performed() -> str:
        perform()
        return back

    return once(request, performed, answer=back)


def _row(subscription_id: int) -> Subscription:
    row = Subscription.objects.select_related("key").filter(pk=subscription_id).first()
    if row is None:
        raise Http404
    return row


def _just_made(request: ActorRequest, row_id: int) -> str:
    kept = request.session.get(_SHOWN)
    if not kept or kept[0] != row_id:
        return ""
    del request.session[_SHOWN]
    try:
        return unseal(kept[1], f"{_SHOWN}:{row_id}")
    except SealError:
        return ""


def _shown(row: Delivery) -> dict[str, Any]:
    shape, tone = _LOOKS[Delivery.State(row.state)]
    done = row.state in (Delivery.State.DELIVERED, Delivery.State.FAILED)
    return {
        "row": row,
        "label": row.get_state_display(),
        "shape": shape,
        "tone": tone,
        "kind": LABELS.get(row.kind, row.kind),
        "answer": row.status or _ERRORS.get(row.error, row.error),
        "done": done,
        "body": json.dumps(json.loads(row.body), ensure_ascii=False, indent=1),
    }
