"""One random life (随机一生) from a seed, or one from its acts: the model and the program side by side, compared after each act."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from django.db import transaction

from tests.simulator import compare, program
from tests.simulator.case import OPEN, Act
from tests.simulator.choose import next_act
from tests.simulator.clock import NEVER
from tests.simulator.play import play, waiting
from tests.simulator.stage import Scene
from tests.simulator.world import World

FIRST_DAY, LAST_DAY = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)
MOST_ACTS = 60
ALIVE = (*OPEN, "closed", "merged")  # stages from which a case may go on


@dataclass
class Life:
    """What was done, and what did not agree at its end."""

    seed: int
    acts: list[Act] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    made: dict[str, int] = field(default_factory=dict)  # moves that were made, by name
    refused: int = 0

    def __str__(self) -> str:
        acts = "\n".join(f"  {act}" for act in self.acts)
        return f"seed {self.seed}:\n{acts}\n" + "\n".join(f"  ! {line}" for line in self.differences[:12])


def random_life(scene: Scene, seed: int) -> Life:
    """Play the life of a seed; what it wrote is undone."""
    rng = Random(seed)
    span = int((LAST_DAY - FIRST_DAY - timedelta(days=40)).total_seconds())
    start = FIRST_DAY + timedelta(seconds=rng.randrange(span))

    def acts(world: World) -> Iterator[Act]:
        now = start
        for _number in range(rng.randint(8, MOST_ACTS)):
            yield (Act(now, "wake") if rng.random() < 0.15 else next_act(rng, world, now))
            now = _later(rng, world, now)
            if now > LAST_DAY or (rng.random() < 0.3 and not any(case.stage in ALIVE for case in world.cases)):
                return

    return _played(scene, Life(seed), acts)


def replayed(scene: Scene, seed: int, acts: Iterable[Act]) -> Life:
    """Play these acts again."""
    return _played(scene, Life(seed), lambda _world: iter(list(acts)))


def shortest(scene: Scene, life: Life) -> Life:
    """The same difference with as few acts as dropping one after the other leaves."""
    best, at = life, len(life.acts) - 1
    while at >= 0:
        fewer = [act for number, act in enumerate(best.acts) if number != at]
        tried = replayed(scene, life.seed, fewer)
        if tried.differences:
            best = tried
        at = min(at - 1, len(best.acts) - 1)
    return best


def _played(scene: Scene, life: Life, acts: Callable[[World], Iterator[Act]]) -> Life:
    world = World()
    with _undone(scene):
        for act in acts(world):
            life.acts.append(act)
            life.differences = _one(scene, world, act, life)
            if life.differences:
                return life
        life.differences = compare.ends(scene, world)
        for case in world.cases:
            for step in case.steps:
                life.made[step.move] = life.made.get(step.move, 0) + 1
    return life


def _one(scene: Scene, world: World, act: Act, life: Life) -> list[str]:
    if act.case >= len(world.cases) and act.move not in ("intake", "self_handle", "wake"):
        return []  # of a life cut short: there is no such case
    if act.args.get("into", 0) >= max(len(world.cases), 1):
        return []
    expected = play(world, act)
    try:
        done = program.play(scene, act)
    except Exception as error:
        return [f"{act}: {type(error).__name__}: {error}"]
    life.refused += bool(expected)
    if bool(done) != bool(expected) or (done != expected and act.move != "merge"):
        return [f"{act}: program {done or 'made it'}, model {expected or 'made it'}"]
    return compare.rows(scene, world, act.at)


@contextmanager
def _undone(scene: Scene) -> Iterator[None]:
    scene.cases = []
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _later(rng: Random, world: World, now: datetime) -> datetime:
    """When the next thing is done: at once, soon, days later, or just when something waits."""
    choice = rng.random()
    if choice < 0.12:
        return now
    if choice < 0.40:
        return now + timedelta(seconds=rng.randint(1, 40 * 60))
    if choice < 0.65:
        return now + timedelta(seconds=rng.randint(1, 6 * 3600))
    if choice < 0.80:
        return now + timedelta(seconds=rng.randint(1, 40 * 3600))
    if choice < 0.84:
        return now + timedelta(days=rng.randint(1, 25), seconds=rng.randint(0, 86400))
    moments = sorted(wakes[0][0] for case in world.cases if (wakes := waiting(case)) and now <= wakes[0][0] < NEVER)
    return moments[0] + timedelta(seconds=rng.choice((-1, 0, 0, 1))) if moments and moments[0] > now else now
