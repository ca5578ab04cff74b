"""The log as the audit administrator reads it (审计日志): what was done, and what happened to sign-ins, rights and protected values."""

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shequtong.access import permissions
from shequtong.access.gates import for_staff
from shequtong.access.lookups import Filters, appointments
from shequtong.access.request import ActorRequest
from shequtong.audit.lookups import PAGE, LogFilters, entries, events, ids_of, last_seal
from shequtong.audit.models import Entry, SecurityEvent
from shequtong.cases.models import Case
from shequtong.core.keyset import parse_keyset
from shequtong.core.places import Place, place, places
from shequtong.pages import log_words
from shequtong.pages.views.people_forms import DayField

DEEDS, SECURITY = "deeds", "security"
_PEOPLE = 50  # of one name
_KINDS = ("revealed", "refused", "sign_in_failed", "locked_out", "refused_locked", "signed_in", "signed_out", "log_broken")


class LogForm(forms.Form):
    """The filters stand in the address; nonsense there filters nothing."""

    who = forms.CharField(label=_("By whom (name or telephone)"), required=False, max_length=40)
    number = forms.CharField(label=_("Number of a case"), required=False, max_length=40)
    kind = forms.ChoiceField(label=pgettext_lazy("audit", "What happened"), required=False)
    since = DayField(label=pgettext_lazy("days", "From"), required=False)
    until = DayField(label=pgettext_lazy("days", "Until"), required=False)
    place = forms.TypedChoiceField(label=_("Stored at"), required=False, coerce=int, empty_value=None)

    def __init__(self, data: Any, *, stores: list[Place], security: bool) -> None:
        super().__init__(data)
        self.fields["place"].choices = [(one.number, one.name) for one in stores]  # type: ignore[attr-defined]  # a ChoiceField behind the mapping
        self.fields["kind"].choices = [("", _("Any")), *((kind, log_words.event(kind)) for kind in _KINDS)]  # type: ignore[attr-defined]  # the same
        if not security:
            del self.fields["kind"]
        self.is_valid()

    def told(self, name: str) -> Any:
        """What was chosen; None or "" where nothing was, or nonsense."""
        return self.cleaned_data.get(name)


@never_cache
@require_GET
@for_staff(permissions.VIEW_AUDIT, permissions.VIEW_SECURITY_LOG)
def log(request: ActorRequest) -> HttpResponse:
    """Newest first. At most three statements, three more for a name and a number."""
    security = request.GET.get("of") == SECURITY
    stores = [one for one in places() if request.actor.reach(permissions.VIEW_AUDIT).everything]
    form = LogForm({**request.GET.dict(), "place": request.GET.get("place") or _first(stores)}, stores=stores, security=security)
    store = form.told("place") if form.told("place") is not None else _first(stores)
    filters, zone = _filters(request, form, store), place(store).zone
    before = parse_keyset(request.GET.get("before", ""))
    rows: list[Any] = list((events if security else entries)(store, filters, before=before))
    more, rows = len(rows) > PAGE, rows[:PAGE]
    named = Case.objects.filter(subdistrict=store, pk__in=ids_of(Case, rows)).only("subdistrict", "year", "serial", "letters")
    numbers = {case.pk: case.number for case in named}
    kept = {key: value for key, value in request.GET.items() if key != "before" and value}
    context = {
        "form": form,
        "security": security,
        "rows": [_row(row, numbers) for row in rows],
        "seal": last_seal(store),
        "zone": zone,
        "store": place(store).name,
        "filtered": filters != LogFilters(),
        "tabs": [
            (pgettext_lazy("log", "Deeds"), "?" + urlencode({**kept, "of": DEEDS}), not security),
            (_("Security"), "?" + urlencode({**kept, "of": SECURITY}), security),
        ],
        "older": "?" + urlencode({**kept, "before": f"{rows[-1].at.isoformat()}_{rows[-1].pk}"}) if more else "",
        "newest": "?" + urlencode(kept) if before else "",
        "clear": f"?of={SECURITY if security else DEEDS}",
        "of": SECURITY if security else DEEDS,
    }
    return render(request, "pages/desk/log.html", context)


def _first(stores: list[Place]) -> int:
    """The first subdistrict; the installation where there is none yet."""
    return next((one.number for one in stores if one.kind == "subdistrict"), stores[0].number)


def _filters(request: ActorRequest, form: LogForm, store: int) -> LogFilters:
    zone = place(store).zone

    def midnight(day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=zone)

    since, until, number, who = (form.told(name) for name in ("since", "until", "number", "who"))
    case = Case.objects.numbered(number).first() if number else None
    found = appointments(request.actor, Filters(words=who), timezone.localdate(), page=_PEOPLE).rows if who else []
    over = appointments(request.actor, Filters(words=who, over=True), timezone.localdate(), page=_PEOPLE).rows if who else []
    return LogFilters(
        accounts=tuple(sorted({one.account_id for one in (*found, *over)})) if who else None,
        object_kind=Case._meta.label if number else "",
        object_id=(case.pk if case else 0) if number else None,
        kinds=(form.told("kind"),) if form.told("kind") else (),
        since=midnight(since) if since else None,
        until=midnight(until) + timedelta(days=1) if until else None,
    )


def _row(row: Entry | SecurityEvent, numbers: dict[int, str]) -> dict[str, Any]:
    security = isinstance(row, SecurityEvent)
    said = log_words.event(row.kind) if isinstance(row, SecurityEvent) else log_words.deed(row.what)
    detail = log_words.of_what(row.what) if security else log_words.in_words(row.facts)
    reason = row.reason if isinstance(row, SecurityEvent) else ""
    return {
        "row": row,
        "said": said,
        "detail": " · ".join(part for part in (detail, reason) if part),
        "kind": log_words.of_kind(row.object_kind),
        "number": numbers.get(row.object_id or 0, ""),
        "post": "" if isinstance(row, SecurityEvent) else row.post,
        "alarming": isinstance(row, SecurityEvent) and row.kind in ("refused", "locked_out", "refused_locked", "log_broken"),
    }
