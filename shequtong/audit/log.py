"""`record()` is the only writer of the log; it runs in the transaction of the deed."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from shequtong.audit.models import Entry
from shequtong.core.actors import Actor
from shequtong.core.locality import INSTALLATION


def record(what: str, thing: models.Model, *, by: Actor, at: datetime, **facts: Any) -> Entry:
    """Write that `by` did `what` to `thing` at `at`. `facts` are JSON values, never personal data of residents.

    The row goes to the subdistrict of `thing`; to the installation for shared and coordinator-only things.
    """
    return Entry.objects.create(
        subdistrict_id=getattr(thing, "subdistrict_id", None) or INSTALLATION,
        what=what,
        object_kind=thing._meta.label,
        object_id=thing.pk,
        at=at,
        recorded_at=timezone.now(),
        account_id=by.account_id,
        appointment_id=by.appointment_id,
        actor=by.name,
        post=by.post,
        facts=facts,
    )
