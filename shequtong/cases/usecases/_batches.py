"""Moves made in batches (成批流转): the case is at hand already, or what happened long ago is only played back."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from shequtong.cases.models import Case

_AT_HAND: ContextVar[Case | None] = ContextVar("case at hand", default=None)


@contextmanager
def at_hand(case: Case) -> Iterator[None]:
    """The case of the next move, locked by this very transaction with its reporter beside it: it is not read again."""
    token = _AT_HAND.set(case)
    try:
        yield
    finally:
        _AT_HAND.reset(token)


_UNHEARD: ContextVar[bool] = ContextVar("unheard", default=False)


@contextmanager
def unheard() -> Iterator[None]:
    """Moves made in here, long ago and only played back, are told to nobody."""
    token = _UNHEARD.set(True)
    try:
        yield
    finally:
        _UNHEARD.reset(token)


def in_hand() -> Case | None:
    """The case of `at_hand`."""
    return _AT_HAND.get()


def is_unheard() -> bool:
    """Whether nobody is told of what is done now."""
    return _UNHEARD.get()
