"""Forget texts (遗忘收件号码): the number of a person who wants no more texts leaves the outbox; what waits for it is not sent.

Called inside the deed it follows from, which records it; the row stays, as the log that something was sent (compliance.md 4.7).
"""

from collections.abc import Sequence

from django.db import transaction

from shequtong.messaging.models import Message

_BATCH = 200  # keys of one statement
NOT_WANTED = "the recipient wants no more texts"


@transaction.atomic(savepoint=False)
def forget_texts_of(*, subdistrict_id: int, once_keys: Sequence[str]) -> int:
    """Forget the number of the texts with these keys, and drop those still in hand; how many were dropped. Two statements a batch.

    One that a worker is handing over at this very moment may still arrive; what it notes afterwards then finds the row taken.
    """
    dropped = 0
    for start in range(0, len(once_keys), _BATCH):
        found = Message.objects.filter(subdistrict=subdistrict_id, once_key__in=once_keys[start : start + _BATCH])
        texts = found.filter(channel=Message.Channel.SMS)
        dropped += texts.filter(send_after__isnull=False).update(
            state=Message.State.FAILED, send_after=None, text="", error=NOT_WANTED
        )
        texts.update(phone="")
    return dropped
