"""Writes that count once (幂等): under the caller's own Idempotency-Key, whatever becomes of the answer on its way."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import StringConstraints

from shequtong.cases.models import Case
from shequtong.cases.workflow import Stage
from shequtong.core.submissions import once_by_key
from shequtong.interchange.actor import KeyActor
from shequtong.interchange.views.api.door import KeyRequest
from shequtong.interchange.views.api.errors import Problem, field
from shequtong.interchange.views.api.schemas import Made

Key = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{8,60}$")]


def once(request: KeyRequest, key: str, body: Schema, place: int, perform: Callable[[], Made]) -> Made:
    """Do it once for this key of this system; a repeat gets the first answer. 409 for the same key with something else."""
    content = digest(body.model_dump_json())
    path = f"{request.path[:150]} {content}"
    found = once_by_key(known_as(request, key), path=path, perform=lambda: perform().model_dump_json(), place=place)
    if found is None:
        raise reused()
    return Made.model_validate_json(found)


def known_as(request: KeyRequest, key: str) -> str:
    """The key as it is stored: two systems may choose the same."""
    return digest(f"{request.actor.system.source} {key}", 40)


def claim_of(by: KeyActor) -> str:
    """Under which a system's photos wait: none but its own case or move can take them up."""
    return f"api.{digest(by.system.source)}"


def digest(text: str, length: int = 32) -> str:
    """A mark of some content, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def reused() -> Problem:
    """The key named another deed before."""
    words = _("This Idempotency-Key was sent before with something else.")
    return Problem(409, "idempotency_key_reused", words, [field("Idempotency-Key", "reused", words)])


def made(case: Case, now: datetime) -> Made:
    """What a write came to."""
    return Made(number=case.number, stage=Stage(case.stage), step=case.step_count, at=now)
