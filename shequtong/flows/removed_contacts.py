"""When a reporter's name and phone are gone (撤回同意、保存期满), the outbox forgets the number, too: what waits is not sent, what was sent keeps its mark alone."""

from collections.abc import Iterator

from shequtong.cases import events
from shequtong.cases.models import Joined, Step
from shequtong.flows.recipients import text_key
from shequtong.messaging.usecases import forget_texts_of


def forget_texts(event: events.ContactRemoved) -> None:
    """Every text to this reporter, of the case they told and of those they joined. A statement a case, one for the joined, two to forget."""
    keys = [*_keys(event)]
    if keys:
        forget_texts_of(subdistrict_id=event.subdistrict_id, once_keys=keys)


def _keys(event: events.ContactRemoved) -> Iterator[str]:
    if event.case_id is not None:
        yield from _of_case(event.subdistrict_id, event.case_id)
    rows = Joined.objects.filter(subdistrict=event.subdistrict_id, reporter=event.reporter_id)
    for joined, case in rows.values_list("pk", "case_id"):
        yield from _of_case(event.subdistrict_id, case, joined)


def _of_case(subdistrict_id: int, case_id: int, joined_id: int | None = None) -> Iterator[str]:
    for step, move in Step.objects.filter(subdistrict=subdistrict_id, case=case_id).values_list("pk", "move"):
        yield text_key(events.OF_MOVE[move], step, joined_id)
