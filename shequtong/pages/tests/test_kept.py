"""What is kept for a few seconds is computed once, however many ask at the same time, and never given to another key."""

from functools import partial
from threading import Barrier, Thread
from time import sleep

import pytest

from shequtong.pages import kept as room
from shequtong.pages.kept import kept

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_asks_at_the_same_time_waits_for_the_one_computation() -> None:
    room.forget()
    kept("warm", lambda: b"")
    made: list[str] = []
    together, answers = Barrier(5), list[bytes]()

    def make() -> bytes:
        made.append("once")
        sleep(0.05)
        return b"numbers"

    def look() -> None:
        together.wait()
        answers.append(kept("key", make))

    threads = [Thread(target=look) for _each in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [b"numbers"] * 5
    assert made == ["once"]


def test_a_key_is_its_own_and_the_oldest_go(monkeypatch: pytest.MonkeyPatch) -> None:
    room.forget()
    monkeypatch.setattr(room, "MOST", 2)
    for n, value in enumerate((b"1", b"2", b"3"), 1):
        assert kept(n, partial(bytes, value)) == value
    assert kept(3, lambda: b"other") == b"3"
    assert kept(1, lambda: b"anew") == b"anew"


def test_what_failed_is_computed_again() -> None:
    room.forget()

    def fail() -> bytes:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        kept("key", fail)
    assert kept("key", lambda: b"now") == b"now"
