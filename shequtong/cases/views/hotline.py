"""Pages of the hotline's orders (12345 工单): the list with the raw facts of its rates, import with a look before, replies handed back."""

import json
from collections import Counter
from copy import copy
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions, usecases
from shequtong.cases.forms.hotline import ClassesForm, OrdersForm, SpanForm
from shequtong.cases.hotline import SOURCE, Order
from shequtong.cases.hotline.changes import changes, in_words
from shequtong.cases.hotline.kept import kept_upload
from shequtong.cases.hotline.matching import Spotted, spotted, suggested
from shequtong.cases.hotline.orders import groups
from shequtong.cases.hotline.replies import NAMES, facts, reply_of, within_reach
from shequtong.cases.hotline.sample import sample_table
from shequtong.cases.hotline.secrecy import without_caller
from shequtong.cases.models import NEVER, Case, WorkOrder
from shequtong.cases.shown import shown
from shequtong.cases.task_kinds import EXPORT_ORDERS, IMPORT_ORDERS
from shequtong.cases.usecases.turns import clock_pauses, reckoned
from shequtong.cases.workflow import STATION_STAGES, Stage
from shequtong.core.places import place
from shequtong.core.refusals import Refusal
from shequtong.core.sealed.masks import mask_phone
from shequtong.core.submissions import once, submitted_key
from shequtong.figures.write import day_of
from shequtong.tasks.usecases import start_task
from shequtong.tasks.usecases.start_task import LONGEST_PARAMS

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST = 300  # rows of the list: it is of some days, and narrowed by them


def _span(request: ActorRequest, data: Any) -> tuple[SpanForm, datetime, datetime]:
    """The days asked for, as moments; the last thirty when they say nothing that can be read."""
    home = request.actor.home
    today, zone = day_of(home, timezone.now()), place(home).zone
    usual = {"since": today - timedelta(days=29), "until": today}
    form = SpanForm(data if data and "since" in data else None, initial=usual)
    days = form.cleaned_data if form.is_bound and form.is_valid() else usual
    since = datetime.combine(days["since"], time(), zone)
    return form, since, datetime.combine(days["until"] + timedelta(days=1), time(), zone)


@require_GET
@for_staff(permissions.HOTLINE)
def desk_hotline(request: ActorRequest) -> HttpResponse:
    """Orders received in some days, the latest first, and how many were responded to, solved, satisfied. Two statements."""
    form, since, before = _span(request, request.GET)
    found = WorkOrder.objects.filter(
        within_reach(request.actor, permissions.HOTLINE),
        subdistrict=request.actor.home,
        received_at__gte=since,
        received_at__lt=before,
    )
    now = timezone.now()
    rows = [
        {"order": order, "shown": shown(order.case, now), "reply": NAMES.get(reply_of(order.case), ""), "facts": facts(order)}
        for order in found.select_related("case__merged_into").order_by("-received_at", "-id")[:_MOST]
    ]
    context = {"form": form, "rows": rows, "most": _MOST, "counts": found.aggregate(**_COUNTS)}
    return render(request, "cases/desk/hotline/list.html", context)


# Counts alone: the rates themselves are reckoned by rules of their own, elsewhere.
_COUNTS = {
    "n_all": Count("id"),
    "n_responded": Count("id", filter=Q(responded_at__isnull=False)),
    "n_solved": Count("id", filter=Q(solved=True)),
    "n_not_solved": Count("id", filter=Q(solved=False)),
    "n_satisfied": Count("id", filter=Q(satisfied=True)),
    "n_not_satisfied": Count("id", filter=Q(satisfied=False)),
}


@require_POST
@for_staff(permissions.HOTLINE)
def desk_hotline_export(request: ActorRequest) -> HttpResponse:
    """Ask for the table that goes back to the hotline."""
    _form, since, before = _span(request, request.POST)
    params = {"since": since.isoformat(), "before": before.isoformat()}

    def perform() -> str:
        return start_task(
            kind=EXPORT_ORDERS, params=params, by=request.actor, now=timezone.now(), submit_key=submitted_key(request)
        ).url

    return once(request, perform, place=request.actor.home)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.HOTLINE)
def desk_hotline_import(request: ActorRequest) -> HttpResponse:
    """Send a table in. It is read at once, kept sealed for a day, and shown before anything is imported."""
    form = OrdersForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = usecases.prepare_orders(content=file.read(), name=file.name, by=request.actor, now=timezone.now())
            return once(request, lambda: reverse("cases:desk-hotline-upload", args=[kept.pk]), place=request.actor.home)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "cases/desk/hotline/import.html", {"form": form}, status=422 if form.is_bound else 200)


@require_GET
@for_staff(permissions.HOTLINE)
def desk_hotline_sample(_request: ActorRequest) -> HttpResponse:
    """A table to begin with: the headings and two orders."""
    told = {"Content-Disposition": 'attachment; filename="12345-sample.xlsx"'}
    return HttpResponse(sample_table(), content_type=_XLSX, headers=told)


@require_http_methods(["GET", "POST"])
@for_staff(permissions.HOTLINE)
def desk_hotline_upload(request: ActorRequest, upload: int) -> HttpResponse:
    """What was read: a class for each group of categories, the place of each order, and why a line is none; then the import as a task."""
    kept = kept_upload(upload, request.actor)
    if kept is None:
        raise Http404
    home = request.actor.home
    wanted = groups(kept.orders)
    chosen = suggested(wanted, home)
    sizes = Counter(order.group for order in kept.orders)
    form = ClassesForm(request.POST or None, groups=[(each, chosen[each], sizes[each]) for each in wanted])
    # A table whose orders carry no categories at all still has its one group; a table without orders has nothing to post.
    if request.method == "POST" and kept.orders and form.is_valid():
        params = {"upload": upload, "classes": form.chosen()}
        try:
            if len(json.dumps(params)) > LONGEST_PARAMS:
                raise Refusal(_("The table has too many different categories. Divide it."))
            return once(request, lambda: _start(request, params), place=home)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    numbers = [order.number for order in kept.orders]
    there = WorkOrder.objects.filter(subdistrict=home, source=SOURCE, external_number__in=numbers)
    known = {row.external_number: row for row in there.select_related("case__reporter")}
    rows = [_line(request, order, known) for order in kept.orders]
    nowhere = [(row["order"].row, row["order"].number, row["spot"].why) for row in rows if row["spot"].why]
    context = {"upload": kept, "form": form, "rows": rows, "refused": sorted([*kept.refused, *nowhere])}
    return render(request, "cases/desk/hotline/upload.html", context, status=422 if form.is_bound else 200)


def _start(request: ActorRequest, params: dict[str, Any]) -> str:
    return start_task(
        kind=IMPORT_ORDERS, params=params, by=request.actor, now=timezone.now(), submit_key=submitted_key(request)
    ).url


def _line(request: ActorRequest, order: Order, known: dict[str, WorkOrder]) -> dict[str, Any]:
    """A line as the handling station will read it: of a confidential order nothing of who called. Sealed are name and telephone."""
    row = known.get(order.number)
    zone = place(request.actor.home).zone
    within = row is not None and request.actor.reach(permissions.HOTLINE).covers(row.case.reach_facts())
    return {
        "order": order,
        "text": without_caller(order.text, order.name, order.phone) if order.confidential else order.text,
        "there": row is not None,
        "over": row is not None and not row.case.is_open,
        "changes": in_words(changes(order, row), zone) if row is not None and within else "",
        "spot": Spotted() if row is not None else spotted(order, request.actor.home),
        "who": _("Kept confidential") if order.confidential else mask_phone(order.phone) if order.phone else "",
    }


def order_facts(case: Case) -> dict[str, Any] | None:
    """The order behind a case, and which of the two due times holds. One statement for an order, two when it was ever paused; none else."""
    if case.channel != Case.Channel.HOTLINE:
        return None
    order = WorkOrder.objects.filter(case=case).first()
    if order is None:
        return None
    own, capped = None, case.cap_at != NEVER
    if case.stage in STATION_STAGES and case.clock_from is not None:
        bare = copy(case)
        bare.cap_at = NEVER
        own = reckoned(bare, Stage(case.stage), clock_pauses(case)).due_at
    return {
        "order": order,
        "own": own,
        "hotline_holds": capped and own is not None and case.cap_at < own,
        "reply": NAMES.get(reply_of(case), ""),
        "facts": facts(order),
    }
