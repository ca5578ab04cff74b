"""Many lives by one command (模拟器命令行): `python -m tests.simulator --lives 20000 --workers 2`, each worker on a database of its own.

DATABASE_URL names the engine, as for the tests. `--from` goes on where an earlier run stopped.
"""

import argparse
import multiprocessing
import sys
import time
from collections import Counter

from tests.simulator import crowd


def main() -> int:
    """Play the seeds, show how far it is, name the lives that differ; 1 when there are some."""
    asked = _arguments()
    seeds = range(asked.first, asked.first + asked.lives)
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    workers = [
        context.Process(target=crowd.work, args=(number, seeds[number :: asked.workers], queue), daemon=True)
        for number in range(asked.workers)
    ]
    for worker in workers:
        worker.start()
    wrong: list[str] = []
    done, refused, made, begun = 0, 0, Counter[str](), time.monotonic()
    while done < len(seeds) and any(worker.is_alive() for worker in workers):
        try:
            lives, no, moves, found = queue.get(timeout=5)
        except Exception:
            continue
        done, refused, made, wrong = done + lives, refused + no, made + moves, [*wrong, *found]
        rate = done / (time.monotonic() - begun)
        _say(f"{done} of {len(seeds)} lives, {made.total()} moves, {refused} refused, {len(wrong)} differ, {rate:.1f} lives/s")
        for line in found[: asked.show]:
            _say(line)
    for worker in workers:
        worker.join()
    _say("moves made: " + ", ".join(f"{name} {n}" for name, n in sorted(made.items())))
    return 1 if wrong or done < len(seeds) else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulator", description=__doc__)
    parser.add_argument("--lives", type=int, default=20_000)
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first seed")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--show", type=int, default=3, help="differing lives written out of each portion")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
