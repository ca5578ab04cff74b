"""One's own tasks (我的任务): what was asked for, how far it is, what came of it. Another person's looks absent."""

from dataclasses import dataclass
from datetime import timedelta
from typing import cast
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from shequtong.access.actor import AccountActor
from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.core.keyset import parse_keyset
from shequtong.core.places import places
from shequtong.core.submissions import once
from shequtong.files.documents import as_attachment
from shequtong.tasks.kinds import label_of
from shequtong.tasks.lookups import tasks_of
from shequtong.tasks.models import Task
from shequtong.tasks.usecases import cancel_task, fetch_result
from shequtong.territory.models import Unit

PAGE = 30
JUST_MADE = timedelta(seconds=30)  # a page that is opened again later sends no file by itself
# state -> (shape, tone): never by colour alone
LOOKS = {
    Task.State.QUEUED: ("ring", "quiet"),
    Task.State.RUNNING: ("half", "info"),
    Task.State.DONE: ("check", "good"),
    Task.State.FAILED: ("cross", "bad"),
    Task.State.CANCELLED: ("cross", "quiet"),
}


@dataclass(frozen=True)
class ShownTask:
    """One task as a row or page."""

    task: Task
    label: str
    state: str
    shape: str
    tone: str
    url: str
    download: str  # "" when there is nothing to fetch, or the post it was asked from has ended


@require_GET
@for_staff()
def tasks(request: ActorRequest) -> HttpResponse:
    """Those of the account, newest first, whatever post they were asked from. One statement beside those of the layout."""
    actor = cast(AccountActor, request.actor)
    before = parse_keyset(request.GET.get("before", ""))
    found = tasks_of(actor.account_id, task_places(actor), before, PAGE + 1)
    last = found[PAGE - 1] if len(found) > PAGE else None
    context = {
        "rows": [_shown(task, actor) for task in found[:PAGE]],
        "older": "?" + urlencode({"before": f"{last.asked_at.isoformat()}_{last.pk}"}) if last else "",
        "newest": reverse("pages:tasks") if before else "",
    }
    return render(request, "pages/desk/tasks.html", context)


@require_GET
@for_staff()
def task(request: ActorRequest, task_id: int) -> HttpResponse:
    """How far it is; the page asks for its piece again until it is over, and is then loaded anew. `fetch`: the file is sent as soon as it is there."""
    actor = cast(AccountActor, request.actor)
    found = _own_or_404(actor, task_id)
    polled, told = "part" in request.GET, _shown(found, actor)
    template = "pages/desk/_task_state.html" if polled else "pages/desk/task.html"
    just_made = found.finished_at is not None and timezone.now() - found.finished_at < JUST_MADE
    fetch = told.download if "fetch" in request.GET and just_made else ""
    response = render(request, template, {"shown": told, "fetch": fetch})
    if polled and not found.is_open:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@for_staff()
def cancel(request: ActorRequest, task_id: int) -> HttpResponse:
    """Call it off."""
    found, back = _own_or_404(cast(AccountActor, request.actor), task_id), reverse("pages:task", args=[task_id])

    def perform() -> str:
        cancel_task(task_id=found.pk, by=request.actor, now=timezone.now())
        return back

    return once(request, perform, place=found.subdistrict_id, answer=back)


@require_GET
@for_staff()
def download(request: ActorRequest, task_id: int) -> HttpResponseBase:
    """The result, to be saved. Each time is logged."""
    actor = cast(AccountActor, request.actor)
    if not _still_holds(actor, _own_or_404(actor, task_id)):
        raise Http404
    found, blob = fetch_result(task_id=task_id, by=actor, now=timezone.now())
    return as_attachment(blob, found.file_name, found.file_type)


def task_places(actor: AccountActor) -> tuple[int, ...]:
    """The storage numbers a person's tasks lie in: those of their posts; all, for who works above the streets. No statement."""
    if any(post.role.administrator or post.unit_kind == Unit.Kind.DISTRICT for post in actor.posts):
        return tuple(found.number for found in places())
    return tuple(sorted({actor.home, *(post.subdistrict for post in actor.posts)}))


def _own_or_404(actor: AccountActor, task_id: int) -> Task:
    return get_object_or_404(Task.objects.asked_by(actor.account_id), pk=task_id)


def _still_holds(actor: AccountActor, found: Task) -> bool:
    """What was made with the rights of a post is not fetched after it has ended."""
    return found.appointment_id is None or found.appointment_id in {post.appointment_id for post in actor.posts}


def _shown(found: Task, actor: AccountActor) -> ShownTask:
    shape, tone = ("triangle", "warn") if found.left_out else LOOKS[Task.State(found.state)]
    there = found.file_expires_at is not None and found.file_expires_at > timezone.now()
    return ShownTask(
        task=found,
        label=label_of(found.kind),
        state=found.get_state_display(),
        shape=shape,
        tone=tone,
        url=found.url,
        download=reverse("pages:task-download", args=[found.pk]) if there and _still_holds(actor, found) else "",
    )
