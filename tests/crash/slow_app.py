"""A page that takes its time (慢应答), served the way the platform is: for whoever asks what becomes of requests in hand."""

import time
from collections.abc import Callable, Iterable

SECONDS = 1.5


def application(_environ: dict[str, object], start_response: Callable[[str, list[tuple[str, str]]], object]) -> Iterable[bytes]:
    """Answers after SECONDS."""
    time.sleep(SECONDS)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"done"]
