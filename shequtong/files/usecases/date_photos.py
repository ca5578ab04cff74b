"""Date photos (补记收到时间): when photos of a matter that is brought in with its own times came in. The platform's own imports alone do it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from shequtong.core.actors import Actor, SystemActor
from shequtong.core.refusals import Forbidden
from shequtong.files.models import Blob


@transaction.atomic
def date_photos(*, received: Mapping[int, datetime], subdistrict_id: int, claim: str, by: Actor, now: datetime) -> int:
    """Of the photos of a place stored under `claim` say when each came in; how many. One statement, none for none.

    Raises Forbidden for who is no job of the platform or a time that has not come: of everybody else the hour at which bytes arrived stands.
    """
    if not isinstance(by, SystemActor) or any(at > now for at in received.values()):
        raise Forbidden("files.date", "Blob")
    if not received:
        return 0
    rows = [Blob(pk=pk, subdistrict_id=subdistrict_id, received_at=at) for pk, at in received.items()]
    return Blob.objects.within(subdistrict_id).filter(claim=claim).bulk_update(rows, ["received_at"])
