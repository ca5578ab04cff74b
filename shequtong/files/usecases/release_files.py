"""Release files (释放文件): what an owner no longer keeps becomes an orphan, which the sweeper deletes. Traced by the caller's deed."""

from datetime import datetime

from django.db import transaction

from shequtong.core.actors import Actor
from shequtong.core.locality import Local
from shequtong.files.models import Blob


@transaction.atomic
def release_files(*, owner: Local, by: Actor, now: datetime) -> int:
    """Detach all files of `owner`, which nobody can ask for from now on; how many. One statement. Allowed by the owner's area."""
    return Blob.objects.of(owner).update(owner_kind="", owner_id=None, claim="", label="", detail_id=None)
