"""Who is refused comes back one by one (错峰重试): the field's spike profile against a model of the sample set-up, with the times that its file tells.

Not how fast the server is, which `make bench ARGS=--spike` measures: what becomes of the crowd where it serves so many lifecycles a second.
"""

import heapq
import random
import re
from collections.abc import Sequence
from itertools import count

import pytest

from bench.spike import NORMAL, PHASE, RATES
from tests.deploy.stand import DEPLOY

CALLS = 7  # of a lifecycle
REFUSAL = 0.5  # of a call: a connection and a handshake
THINKING = 0.02  # seconds between two calls


def shipped() -> tuple[int, list[int]]:
    """How many requests are in hand at most, and the seconds one of which is told; each to as many."""
    text = (DEPLOY / "nginx" / "shequtong.conf").read_text(encoding="utf-8")
    hand = int(re.findall(r"max_conns=(\d+)", text)[0])
    block = re.search(r"split_clients \$request_id \$shequtong_again \{(.*?)\}", text, re.DOTALL)
    assert block
    shares = re.findall(r"([\d.]+%|\*)\s+(\d+);", block[1])
    assert len({share for share, _seconds in shares}) == 2, "the last takes what is left"
    return hand, [int(seconds) for _share, seconds in shares]


def refused_at_last(a_second: float, hand: int, told: Sequence[int]) -> float:
    """The share of the calls from ten seconds after the last peak to the end of the profile that are refused."""
    chance, turn = random.Random(5), count()
    waiting = [
        (phase * PHASE + n / rate, next(turn), CALLS, False) for phase, rate in enumerate(RATES) for n in range(int(rate * PHASE))
    ]
    heapq.heapify(waiting)
    a_call, busy_until, in_hand = 1 / (a_second * CALLS), 0.0, 0
    until = len(RATES) * PHASE
    seen, refused = 0, 0
    while waiting:
        at, _turn, left, answered = heapq.heappop(waiting)
        if answered:
            in_hand -= 1
            if left > 1:
                heapq.heappush(waiting, (at + THINKING, next(turn), left - 1, False))
            continue
        full, late = in_hand >= hand, until - PHASE + NORMAL <= at < until
        seen, refused = seen + late, refused + (late and full)
        busy_until = max(busy_until, at) + a_call * (REFUSAL if full else 1)
        if full:
            heapq.heappush(waiting, (at + chance.choice(told), next(turn), left, False))
        else:
            in_hand += 1
            heapq.heappush(waiting, (busy_until, next(turn), left, True))
    return refused / seen


@pytest.mark.parametrize("a_second", [20, 23, 27])
def test_ten_seconds_after_the_last_peak_everybody_is_served(a_second: int) -> None:
    hand, told = shipped()
    assert refused_at_last(a_second, hand, told) <= 0.01


def test_told_one_time_for_all_they_come_back_as_a_crowd() -> None:
    """What it was: the model knows the difference."""
    hand, _told = shipped()
    assert refused_at_last(20, hand, [15]) > 0.1
    assert refused_at_last(17, hand, [15]) > 0.2
