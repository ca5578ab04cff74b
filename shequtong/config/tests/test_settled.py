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

    answers = [b"".join(served({"n": n}, print)) for n in range(1, WARM)]
    before = gc.get_freeze_count()  # it walks through all that is frozen: asked at every answer the test took a minute
    answers.append(b"".join(served({"n": WARM}, print)))
    after = gc.get_freeze_count()
    answers += [b"".join(served({"n": n}, print)) for n in range(WARM + 1, WARM + 50)]

    assert answers == [b"%d" % n for n in range(1, WARM + 50)]
    assert before == at_start < after == gc.get_freeze_count()


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
