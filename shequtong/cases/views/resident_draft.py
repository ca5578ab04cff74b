"""A report under way (上报草稿): what was typed on one page waits for the next, sealed in the visitor's session.

So each page is opened by its address, and Back leads to it. In the address stands the draft's name alone. Two a visitor are kept, for two
hours; sending takes one away. Past the hour's allowance of an address nothing is kept: the next page then answers the form itself.
"""

import json
import re
import secrets
from collections.abc import Mapping
from hashlib import sha256

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from shequtong.access.request import ActorRequest
from shequtong.accounts.addresses import address_of
from shequtong.accounts.usecases.take_allowance import TooMany, take_allowance
from shequtong.core.sealed import SealError
from shequtong.core.sealed.ciphers import seal, unseal
from shequtong.core.submissions import CARRIED, FIELD, carried_key

_WORDS = ("cls", "text", "name", "phone", "photos_kept", "find", FIELD)
_SESSION, _NAME = "report_drafts", "d"
_KEPT, _LASTS = 2, 2 * 60 * 60  # drafts, seconds
_A_REPORT = 10  # so many steps a report may take
_WELL_FORMED = re.compile(r"[\w-]{6,16}", re.ASCII)
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
    """What was typed so far: in the form that was sent, else in the draft that the address names. One statement, for the session."""
    if request.method == "POST":
        return {name: request.POST[name] for name in _WORDS if request.POST.get(name)}
    if _NAME not in request.GET:
        return {}
    name = draft_name(request)
    at, sealed = request.session.get(_SESSION, {}).get(name, (0, ""))
    if at < timezone.now().timestamp() - _LASTS:
        return {}
    try:
        found: dict[str, str] = json.loads(unseal(sealed, _associated(name)))
    except SealError:
        return {}
    if found.get("photos_kept"):
        setattr(request, CARRIED, found.get(FIELD, ""))  # its photos hang on that key
    return found


def go_on(request: ActorRequest, view: str, said: Mapping[str, str], query: str = "") -> HttpResponse | None:
    """Keep what was typed and lead to a step; None where this address has had its allowance. Two statements, three for a first one."""
    name = draft_name(request)
    try:
        if not request.user.is_authenticated:
            most = _A_REPORT * settings.REPORTS_PER_ADDRESS_HOUR
            take_allowance(wanted={"draft": (1, most)}, address=address_of(request), now=timezone.now())
    except TooMany:
        return None
    others = {key: one for key, one in request.session.get(_SESSION, {}).items() if key != name}
    sealed = seal(json.dumps(dict(said), ensure_ascii=False), _associated(name))
    newest = sorted(others.items(), key=lambda one: -one[1][0])[: _KEPT - 1]
    request.session[_SESSION] = {name: (int(timezone.now().timestamp()), sealed), **dict(newest)}
    return redirect(address(request, view, query))


def drop_draft(request: ActorRequest) -> None:
    """It was sent."""
    drafts = request.session.get(_SESSION, {})
    if drafts.pop(draft_name(request), None) is not None:
        request.session[_SESSION] = drafts


def _associated(name: str) -> str:
    return f"report draft {name}"
