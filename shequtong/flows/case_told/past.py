"""Of what happened long ago, and is only brought in or played back, nobody is told."""

from collections.abc import Callable
from functools import wraps

from shequtong.cases import events

Handler = Callable[[events.CaseEvent], None]


def unless_past(handler: Handler) -> Handler:
    """Of what happened long ago, and is only brought in, nobody is told."""

    @wraps(handler)
    def told(event: events.CaseEvent) -> None:
        if not event.is_history:
            handler(event)

    return told
