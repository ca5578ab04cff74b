"""Mark read (标为已读): the person has seen an in-app message. No audit row: it is a mark of their own, and changes nothing for others."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from shequtong.core.actors import Actor
from shequtong.messaging.models import Message


@transaction.atomic
def mark_read(*, message_id: int, by: Actor, now: datetime) -> bool:
    """Mark one message of the actor's own account; False when it is not theirs or does not exist. Marking twice keeps the first time."""
    if by.account_id is None:
        return False
    mine = Message.objects.filter(pk=message_id).in_inbox_of(by.account_id)
    return bool(mine.unread().update(read_at=now)) or mine.exists()


@transaction.atomic
def mark_all_read(*, places: Sequence[int], by: Actor, now: datetime) -> int:
    """Mark all of the actor's own messages in these places; how many were unread."""
    if by.account_id is None:
        return 0
    return Message.objects.within(*places).in_inbox_of(by.account_id).unread().update(read_at=now)
