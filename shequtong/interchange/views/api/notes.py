"""Internal notes by the typed API (内部备注接口): staff's own words beside a case, written and read by who reads the words of it."""

from datetime import datetime
from typing import Annotated, Any

from django.utils import timezone
from ninja import Header, Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from shequtong.cases.models import Note
from shequtong.cases.numbers import parse_number
from shequtong.cases.usecases import add_note
from shequtong.cases.usecases.add_note import LONGEST
from shequtong.core.places import place
from shequtong.interchange.views.api.cases import MOST, Number, reads_words, within_reach
from shequtong.interchange.views.api.door import KeyRequest
from shequtong.interchange.views.api.errors import Problem
from shequtong.interchange.views.api.once import Key, made, once
from shequtong.interchange.views.api.schemas import PLAIN, Id, Made, Strict, page_of

router = Router()


class NoteNew(Strict):
    """Words for staff; residents never see them. Nothing moves, no clock stops; who follows the case is told."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST, pattern=PLAIN)]


class NoteShown(Schema):
    """A note as it was written: it is never changed."""

    id: str
    text: str
    by: str = Field(description="Name of who wrote it: a person or a system.")
    post: str = Field(description="The post they wrote it from.")
    at: datetime


class NotesShown(Schema):
    """A page of the notes of a case; `next` goes into `after`, null at the end."""

    items: list[NoteShown]
    next: str | None


class NotesAsked(Schema):
    """Where the list goes on, and how much of it. As many as there may be by default: whoever knows no pages yet misses fewest."""

    after: Id | None = Field(None, description="`next` of the page before.")
    limit: int = Field(MOST, ge=1, le=MOST)


@router.get("cases/{number}/notes", response=NotesShown, tags=["notes"], operation_id="list_notes")
def notes(request: KeyRequest, number: Number, asked: Query[NotesAsked]) -> dict[str, Any]:
    """The notes of a case, in the order they came; with the right `words`, never of a confidential case. Two statements."""
    case = within_reach(request, number)
    if case.confidential or not reads_words(request, case):
        raise Problem(404)
    zone = place(case.subdistrict_id).zone
    found = (
        Note.objects.filter(case=case, id__gt=int(asked.after or 0)).order_by("id") if case.note_count else Note.objects.none()
    )
    items = [
        {"id": str(one.pk), "text": one.text, "by": one.actor, "post": one.post, "at": one.at.astimezone(zone)}
        for one in found[: asked.limit + 1]
    ]
    return page_of(items, asked.limit, "id")


@router.post("cases/{number}/notes", response={201: Made}, tags=["notes"], operation_id="add_note")
def add(
    request: KeyRequest, number: Number, told: NoteNew, idempotency_key: Annotated[Key, Header(alias="Idempotency-Key")]
) -> Status[Any]:
    """Write a note, with the right `move` and a post that may. The case stays as it was."""
    by, now, parsed = request.actor, timezone.now(), parse_number(number)
    if parsed is None:
        raise Problem(404)

    def perform() -> Made:
        return made(add_note(number=number, text=told.text, by=by, now=now).case, now)

    return Status(201, once(request, idempotency_key, told, parsed.place, perform))
