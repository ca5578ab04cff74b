"""Working together on one case (协同办理): who else has it open, internal notes that name people, following."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shequtong.access.functions import in_place
from shequtong.access.gates import for_staff
from shequtong.access.models import Appointment
from shequtong.access.request import ActorRequest
from shequtong.access.roles import Role, Scope, table
from shequtong.cases import permissions, usecases
from shequtong.cases.forms.together import NoteForm
from shequtong.cases.models import Case, Follow, Note
from shequtong.cases.shown import move_name, shown
from shequtong.cases.workflow import MOVES
from shequtong.core.actors import Facts
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once
from shequtong.figures.write import day_of

_MOST = 300  # people to choose from


def together(case: Case, request: ActorRequest) -> dict[str, Any]:
    """Notes of a case with whom they name, who follows it, and whether the reader does. A statement each, none where there is nothing."""
    notes = list(Note.objects.filter(case=case).order_by("-id")) if case.note_count else []
    follows = Follow.objects.filter(case=case).order_by("id").values_list("account_id", flat=True)
    followers = list(follows[:_MOST]) if case.follow_count else []
    names = _names(case, {*followers, *(account for note in notes for account in note.mentions)})
    return {
        "notes": [{"note": note, "named": [names[one] for one in note.mentions if one in names]} for note in notes],
        "follows": request.actor.account_id in followers,
        "followers": [names[one] for one in followers if one in names],
        "may_note": request.actor.reach(permissions.NOTE).covers(case.reach_facts()),
    }


def _names(case: Case, accounts: set[int]) -> dict[int, str]:
    """Staff by account, also those who have left since. One statement, none for nobody."""
    if not accounts:
        return {}
    rows = Appointment.objects.filter(subdistrict=case.subdistrict_id, account_id__in=accounts).order_by("id")
    return dict(rows.values_list("account_id", "account_name"))


@require_GET
@for_staff(permissions.VIEW)
def desk_presence(request: ActorRequest, number: str) -> HttpResponse:
    """Who else has this case open, by name; asked every few seconds while the page is shown, which is also how one is seen."""
    doing = request.GET.get("doing", "")
    others = usecases.mark_presence(
        case=_case(request, number, permissions.VIEW),
        doing=doing if doing in MOVES else "",
        by=request.actor,
        now=timezone.now(),
    )
    people = [{"name": one.name, "doing": move_name(one.doing) if one.doing else ""} for one in others]
    response = render(request, "cases/desk/_presence.html", {"people": people})
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
@for_staff(permissions.NOTE)
def desk_note(request: ActorRequest, number: str) -> HttpResponse:
    """Write an internal note; who is named in it is told."""
    now, back = timezone.now(), reverse("cases:desk-detail", args=[number])
    case = _case(request, number, permissions.NOTE)
    people = [] if request.method == "POST" and not request.POST.getlist("mentions") else _people(case)
    form = NoteForm(request.POST or None, people=people)
    if form.is_valid():
        told = form.cleaned_data

        def perform() -> str:
            usecases.add_note(number=number, text=told["text"], mentions=told["mentions"], by=request.actor, now=now)
            return back

        try:
            answer = once(request, perform, place=case.subdistrict_id, answer=back)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your note stands beside the case."))
            return answer
    context = {"case": case, "shown": shown(case, now), "form": form, "back": back}
    return render(request, "cases/desk/note.html", context, status=422 if form.is_bound else 200)


@require_POST
@for_staff(permissions.NOTE)
def desk_follow(request: ActorRequest, number: str) -> HttpResponse:
    """Follow the case, or follow it no more."""
    back = reverse("cases:desk-detail", args=[number])
    case = _case(request, number, permissions.NOTE)
    follow = request.POST.get("follow") == "yes"

    def perform() -> str:
        usecases.follow_case(number=number, follow=follow, by=request.actor, now=timezone.now())
        return back

    answer = once(request, perform, place=case.subdistrict_id, answer=back)
    messages.success(
        request, _("You follow this case and are told of each move.") if follow else _("You do not follow this case any more.")
    )
    return answer


def _case(request: ActorRequest, number: str, permission: str) -> Case:
    case = Case.objects.numbered(number).within_post(request.actor, permission).first()
    if case is None:
        raise Http404
    return case


def _people(case: Case) -> list[tuple[int, str]]:
    """Staff who may read the case, each once with their post, those of the station that has it first. One statement."""
    rows = Appointment.objects.in_force(day_of(case.subdistrict_id, timezone.now())).filter(subdistrict=case.subdistrict_id)
    facts, found = case.reach_facts(), dict[int, tuple[bool, str]]()
    for row in rows.select_related("station", "unit").order_by("account_name", "id"):
        role = table().roles.get(row.role)
        if role is None or not _reads(row, role, facts):
            continue
        post = f"{row.station.name} {role.label}" if row.station else str(role.label)
        found.setdefault(
            row.account_id, (row.station_id is None or row.station_id != case.lead_station_id, f"{row.account_name} · {post}")
        )
    return [(account, words) for account, (_elsewhere, words) in sorted(found.items(), key=lambda one: one[1])][:_MOST]


def _reads(row: Appointment, role: Role, facts: Facts) -> bool:
    """Whether an appointment gives its holder the full case: by its territory, or by its station's part in it."""
    scopes = in_place(role, facts.subdistrict).scopes_of(permissions.VIEW)
    by_station = Scope.STATION in scopes and row.station_id in facts.stations
    by_place = Scope.TERRITORY in scopes and row.unit is not None and facts.path.startswith(row.unit.path)
    return by_station or by_place
