"""What a server has loaded, and the collector of garbage."""

import gc
from collections.abc import Iterator

import pytest

from shequtong.config.settled import WARM, Settled


@pytest.fixture(autouse=True)
def collected_again() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_is_loaded_is_set_aside_at_the_start_and_once_warm() -> None:
    kept: list[dict[str, int]] = []
    served = Settled(lambda environ, _start: kept.append({"n": environ["n"]}) or [b"%d" % environ["n"]])  # type: ignore[func-returns-value]  # append says nothing
    at_start = gc.get_freeze_count()
    assert at_start > 10_000

    said = []
    for n in range(1, WARM + 50):
        said.append((b"".join(served({"n": n}, print)), gc.get_freeze_count() > at_start))

    assert [answer for answer, _aside in said] == [b"%d" % n for n in range(1, WARM + 50)]
    assert [aside for _answer, aside in said].index(True) == WARM - 1


def test_garbage_is_not_kept_for_ever() -> None:
    """A ring that nobody holds when the server starts is freed, not frozen."""
    freed = []

    class Ring:
        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            freed.append(1)

    gc.disable()
    try:
        Ring()
        Settled(lambda _environ, _start: [])
    finally:
        gc.enable()

    assert freed == [1]
