"""One process of the long run (模拟工作进程): a database of its own, its share of the lives, reported in portions."""

import os
import tempfile
from collections import Counter
from multiprocessing import Queue

_REPORT_EVERY = 50  # lives
Portion = tuple[int, int, Counter[str], list[str]]  # lives, refused acts, moves made, lives that differ


def work(number: int, seeds: range, results: "Queue[Portion]") -> None:
    """One process: its own database, built once; portions of lives are reported as they are done."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SHEQUTONG_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shequtong.config.settings")
        _play_all(number, seeds, results)


def _play_all(number: int, seeds: range, results: "Queue[Portion]") -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment()
    settings.PASSWORD_HASHERS = ["shequtong.accounts.testing.QuickHasher"]
    connection.settings_dict["TEST"]["NAME"] = f"{connection.settings_dict['NAME']}_simulator_{number}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        _lives(seeds, results)
    finally:
        connection.creation.destroy_test_db(str(connection.settings_dict["NAME"]), verbosity=0)


def _lives(seeds: range, results: "Queue[Portion]") -> None:
    from tests.simulator.life import random_life, shortest
    from tests.simulator.stage import build_scene

    scene = build_scene()
    found: list[str] = []
    lives, refused, made = 0, 0, Counter[str]()
    for at, seed in enumerate(seeds, start=1):
        life = random_life(scene, seed)
        if life.differences:
            # In its shortest form only at first: that takes a life's time for each of its acts.
            found.append(str(shortest(scene, life) if len(found) < 2 else life))
        lives, refused = lives + 1, refused + life.refused
        made.update(life.made)
        if at % _REPORT_EVERY == 0 or at == len(seeds):
            results.put((lives, refused, made, found))
            lives, refused, made, found = 0, 0, Counter[str](), []
