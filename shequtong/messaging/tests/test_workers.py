"""Several workers, real processes: none sends what another has sent, and a killed one loses nothing."""

import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from shequtong.messaging.models import Message
from shequtong.messaging.testing import PHONE, make_place
from shequtong.messaging.usecases import NewMessage, send_messages
from shequtong.testing.patience import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)
Process = subprocess.Popen[str]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "sent.jsonl"


def fill(number: int) -> set[str]:
    """Urgent messages (the test may run at night) in two places; their refs."""
    places = [make_place(7), make_place(8)]
    wanted = [
        NewMessage(
            channel="sms",
            template="t",
            text=f"第{n}条",
            phone=PHONE,
            subdistrict_id=places[n % 2],
            once_key=f"m{n}",
            urgent=True,
        )
        for n in range(number)
    ]
    return {str(row.pk) for row in send_messages(wanted, now=timezone.now() - timedelta(seconds=1))}


def start(file: Path, manner: str = "plain") -> Process:
    database = str(connection.settings_dict["NAME"])
    command = [sys.executable, "-m", "shequtong.messaging.tests.sender", database, str(file), manner]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def finish(*processes: Process) -> list[int]:
    for process in processes:
        process.communicate(timeout=PATIENCE)
    return [process.returncode for process in processes]


def handed_over(file: Path) -> Counter[str]:
    return Counter(json.loads(line)["ref"] for line in file.read_text().splitlines())


@pytest.mark.crash
def test_workers_share_without_sending_anything_twice(file: Path) -> None:
    refs = fill(240)
    assert finish(*[start(file) for _ in range(3)]) == [0, 0, 0]
    assert handed_over(file) == Counter(refs)
    assert Message.objects.within(7, 8).filter(state="sent", attempts=1).count() == 240


@pytest.mark.crash
def test_killed_workers_lose_nothing(file: Path) -> None:
    refs, chance, kills = fill(300), random.Random(20260413), 0
    living = [start(file), start(file)]
    for _ in range(6):
        time.sleep(chance.uniform(0.02, 0.25))
        victim = living.pop(0)
        if victim.poll() is None:
            victim.send_signal(signal.SIGKILL)
            kills += 1
        finish(victim)
        living.append(start(file))
    finish(*living, start(file, "later"))
    sent = handed_over(file)
    assert set(sent) == refs
    assert sum(sent.values()) - len(refs) <= kills  # the one edge: accepted by the gateway, killed before the mark
    assert Message.objects.within(7, 8).filter(state="sent").count() == 300


@pytest.mark.crash
def test_who_dies_before_the_mark_is_repeated_under_the_same_ref(file: Path) -> None:
    (ref,) = fill(1)
    assert finish(start(file, "die")) == [-signal.SIGKILL]
    assert Message.objects.within(7, 8).get().state == "claimed"
    assert finish(start(file)) == [0]
    assert handed_over(file) == Counter([ref])
    assert finish(start(file, "later")) == [0]
    assert handed_over(file) == Counter([ref, ref])
    assert Message.objects.within(7, 8).get().state == "sent"
