"""A report under way (上报草稿): what was typed on one page waits for the next, sealed in a row of its own.

So each page is opened by its address, and Back leads to it. In the address stands the draft's name alone; it opens with a secret that the
browser keeps as a cookie for two hours, which sending takes away. Past the hour's allowance nothing is kept: the next page then answers
the form itself.
"""

import json
import re
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import TypeVar

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from shequtong.access.request import ActorRequest
from shequtong.accounts.addresses import address_of
from shequtong.accounts.usecases.take_allowance import TooMany, take_allowance
from shequtong.cases.models import Draft
from shequtong.cases.usecases.keep_draft import KEPT, keep_draft
from shequtong.core.sealed import SealError
from shequtong.core.sealed.ciphers import seal, unseal
from shequtong.core.submissions import CARRIED, FIELD, carried_key

A = TypeVar("A", bound=HttpResponse)
_WORDS = ("cls", "text", "name", "phone", "photos_kept", "find", FIELD)
_NAME, _COOKIE, _PATH = "d", "draft_", "/report/"
_A_REPORT = 10  # so many steps a report may take
_LONGEST = 40_000  # characters: far more than a report may have
_WELL_FORMED = re.compile(r"[\w-]{6,16}", re.ASCII)
_SECRET = re.compile(r"[\w-]{22}", re.ASCII)
_TAKEN = "report_draft"  # on a request: the name it goes by


def draft_name(request: ActorRequest) -> str:
    """The name in the address; a new one where there is none, which for a form sent twice is the same."""
    name = getattr(request, _TAKEN, "") or request.GET.get(_NAME, "")
    if not _WELL_FORMED.fullmatch(name):
        form = carried_key(request)
        name = sha256(form.encode()).hexdigest()[:12] if form else secrets.token_urlsafe(6)
    setattr(request, _TAKEN, name)
    return name


def address(request: ActorRequest, view: str, query: str = "") -> str:
    """The address of a step of this report."""
    return f"{reverse(view)}?{_NAME}={draft_name(request)}{'&' if query else ''}{query}"


def typed(request: ActorRequest) -> dict[str, str]:
    """What was typed so far: in the form that was sent, else in the draft that the address names. One statement at most."""
    if request.method == "POST":
        return {name: request.POST[name] for name in _WORDS if request.POST.get(name)}
    secret = _secret(request) if _NAME in request.GET else ""
    if not secret:
        return {}
    mark = _mark(request, secret)
    row = Draft.objects.filter(pk=mark, kept_until__gt=timezone.now()).first()
    try:
        found: dict[str, str] = json.loads(unseal(row.sealed, _associated(mark))) if row else {}
    except SealError:
        return {}
    if found.get("photos_kept"):
        setattr(request, CARRIED, found.get(FIELD, ""))  # its photos hang on that key
    return found


def go_on(request: ActorRequest, view: str, said: Mapping[str, str], query: str = "") -> HttpResponse | None:
    """Keep what was typed and lead to a step; None where this address or account has had its allowance. Two statements."""
    words = json.dumps(dict(said), ensure_ascii=False)
    sender = f"account:{request.user.pk}" if request.user.is_authenticated else address_of(request)
    try:
        most = _A_REPORT * settings.REPORTS_PER_ADDRESS_HOUR
        take_allowance(wanted={"draft": (1, most)}, address=sender, now=timezone.now())
    except TooMany:
        return None
    if len(words) > _LONGEST:
        return None
    secret = _secret(request) or secrets.token_urlsafe(16)
    mark = _mark(request, secret)
    keep_draft(mark=mark, sealed=seal(words, _associated(mark)), now=timezone.now())
    answer = redirect(address(request, view, query))
    answer.set_cookie(
        _COOKIE + draft_name(request),
        secret,
        max_age=int(KEPT.total_seconds()),
        path=_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


def with_draft(answer: A, kept: HttpResponse | None) -> A:
    """A page that is shown instead of the step that `go_on` would lead to: it still lets the browser keep the draft."""
    if kept is not None:
        answer.cookies.update(kept.cookies)
    return answer


def drop_draft(request: ActorRequest, answer: HttpResponse) -> None:
    """It was sent: the browser gives up the secret, and with it nobody can open the row, which the worker deletes. No statement."""
    answer.delete_cookie(_COOKIE + draft_name(request), path=_PATH, samesite="Lax")


def _secret(request: ActorRequest) -> str:
    found = request.COOKIES.get(_COOKIE + draft_name(request), "")
    return found if _SECRET.fullmatch(found) else ""


def _mark(request: ActorRequest, secret: str) -> str:
    return sha256(f"{draft_name(request)}:{secret}".encode()).hexdigest()


def _associated(mark: str) -> str:
    return f"report draft {mark}"
