"""Events (事件通知): frozen facts an area publishes; `flows/wiring.py` is the whole list of who reacts.

Handlers run in the publisher's transaction, write local rows and cannot refuse; what may fail or is slow becomes a row of work.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

Handler = Callable[[Any], None]
_handlers: dict[type, list[Handler]] = defaultdict(list)


def connect(event: type, handler: Handler) -> None:
    """Called by `flows/wiring.py` alone, once per handler at start-up."""
    if handler not in _handlers[event]:
        _handlers[event].append(handler)


def handlers_of(event: type) -> tuple[Handler, ...]:
    """Who reacts to this kind of event."""
    return tuple(_handlers[event])


def publish(event: object) -> None:
    """Tell every handler, in the order of the wiring, inside the caller's transaction."""
    for handler in _handlers[type(event)]:
        handler(event)
