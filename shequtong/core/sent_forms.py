"""What came of a form that was sent (表单办结): a deed done once, or a look after a reason; a refusal comes back as words, never as an error page."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse  # noqa: TID251  # beside submissions: what a deed is answered with

from shequtong.core.locality import INSTALLATION
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import Answer, once, tried_once

T = TypeVar("T")
Words = str | Callable[[], str]


def done_once(
    request: HttpRequest,
    form: forms.BaseForm,
    perform: Callable[[], str],
    done: Words = "",
    *,
    place: int = INSTALLATION,
    answer: str | None = None,
) -> HttpResponse | None:
    """The redirect of a deed done, with `done` said on the next page; None where the form is to be shown: not right, or with the reason of a refusal."""
    if not form.is_valid():
        return None
    try:
        response = once(request, perform, place=place, answer=answer)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    if done:
        messages.success(request, done() if callable(done) else done)
    return response


def looked_once(request: HttpRequest, look: Callable[[bool], T], *, place: int = INSTALLATION) -> tuple[T | None, str]:
    """What is seen after a reason, and why it is not ("" where it is).

    The first press looks (`look(False)`) and counts; the same press again is shown the same (`look(True)`), within the use-case's own bounds
    and without a second look in the log. A refused first press stays refused.
    """
    seen: list[Any] = []

    def attempt() -> Answer:
        try:
            seen.append(look(False))
        except Refusal as refusal:
            return Answer(422, str(refusal))
        return Answer(200, "shown")

    answer = tried_once(request, attempt, place=place)
    if answer.status != 200:
        return None, answer.text
    if answer.again:
        try:
            seen.append(look(True))
        except Refusal as refusal:
            return None, str(refusal)
    return seen[0], ""
