"""Half a year of cases (演示案件): played by their stories through the use-cases, fifty lives a transaction, the same every time.

What a batch writes beside its cases is gathered and written together; photos are stored before it. A run that broke goes on where it was.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from django.db import transaction

from shequtong.access.actor import AnonymousActor
from shequtong.cases import usecases
from shequtong.cases.models import Case
from shequtong.cases.notice import NOTICE_VERSION
from shequtong.cases.usecases import NewCase, NewReporter
from shequtong.core.gathered import gathering
from shequtong.core.places import place as place_of
from shequtong.core.refusals import Refusal
from shequtong.pages.demo.full.life import Later, Life, Move
from shequtong.pages.demo.full.photos import CLAIM, Album, Wanted
from shequtong.pages.demo.full.staff import Staff
from shequtong.pages.demo.full.stories import CHANNELS, SETTLED, STORIES, by_weight, moments, pick
from shequtong.pages.demo.full.texts import MATTERS, Matter, person
from shequtong.territory.models import Building

if TYPE_CHECKING:
    from shequtong.core.actors import Actor

SOURCE = "demo"
CASES, DAYS = 6_000, 183
_BATCH = 50
_TOLD = timedelta(days=14)  # of what is older nobody is told: such messages were read and cleared long ago
_EVERY = 59  # each so many cases the next grid has its turn, so that every grid has some
_STORIES = by_weight(tuple(weight for weight, _moves in STORIES))
_MATTERS = by_weight(tuple(one.weight for one in MATTERS))
_CHANNELS = by_weight(tuple(weight for _name, weight in CHANNELS))


def play_half_a_year(
    count: int,
    buildings: list[Building],
    staff: Staff,
    residents: list[int],
    by: "Actor",
    now: datetime,
    say: Callable[[int], None],
) -> tuple[int, int]:
    """Play until there are `count` cases of the demo; how many were new, and of how many the story ended early. `residents` are accounts; `say` hears how many stand."""
    subdistrict = buildings[0].subdistrict_id
    begins = moments(now - timedelta(days=DAYS), now, count, place_of(subdistrict).zone)
    grids = sorted({one.grid_path for one in buildings})
    by_grid = {path: [one for one in buildings if one.grid_path == path] for path in grids}
    there = set(Case.objects.filter(subdistrict=subdistrict, source=SOURCE).values_list("source_ref", flat=True))
    album, made, broken = Album(subdistrict, by), 0, 0
    for start in range(0, count, _BATCH):
        numbers = [n for n in range(start, min(start + _BATCH, count)) if _ref(n) not in there]
        if not numbers:
            continue
        told_of = {}
        for n in numbers:
            dice = Random(n)  # noqa: S311  # a story, not a secret
            where = by_grid[grids[n // _EVERY % len(grids)]] if n % _EVERY == 0 else buildings
            told_of[n] = dice.choice(where), MATTERS[pick(_MATTERS, dice.random())], dice
        album.fill(_photos(Counter(matter.scene for _building, matter, _dice in told_of.values())), begins[numbers[0]])
        with transaction.atomic(), gathering():
            for n, (building, matter, dice) in told_of.items():
                heard = nullcontext() if begins[n] > now - _TOLD else usecases.unheard()
                with heard:
                    whole = _play(n, building, matter, staff, album, residents, begins[n], now, dice)
                made, broken = made + 1, broken + (not whole)
            album.date(now)
        say(start + len(numbers))
    return made, broken


def _photos(cases: Counter[str]) -> dict[Wanted, int]:
    """How many of each scene so many cases may want; what is left waits for the next batch."""
    wanted = {(scene, True): n * 3 // 2 + 1 for scene, n in cases.items()}
    return wanted | {(scene, False): n // 2 + 1 for scene, n in cases.items() if scene != "paper"}


def _ref(number: int) -> str:
    return f"{number:05d}"


def _play(
    number: int,
    building: Building,
    matter: Matter,
    staff: Staff,
    album: Album,
    residents: list[int],
    begins: datetime,
    end: datetime,
    dice: Random,
) -> bool:
    story = STORIES[pick(_STORIES, dice.random())][1]
    channel = CHANNELS[pick(_CHANNELS, dice.random())][0]
    text = dice.choice(matter.told).format(b=building.name, e=f"{dice.randint(1, 3)}单元", n=dice.randint(2, 9))
    photos = album.take(matter.scene, begins, mended=False) if dice.random() < 0.45 else ()
    new = {"class_code": matter.code, "text": text, "building_id": building.pk, "source": SOURCE, "source_ref": _ref(number)}
    case = told(new, channel, number, building, staff, album, residents, photos, begins, matter, dice)
    life = Life(case, matter, staff, album, begins, end, dice)
    with usecases.at_hand(case):
        return go(life, SETTLED if channel == "settled" else story)


def go(life: Life, story: tuple[Move, ...]) -> bool:
    """As far as now; then what time has done by itself since. False when the rules of that day said no to the rest of the story."""
    try:
        for move in story:
            move(life)
    except Later:
        return True
    except Refusal:
        # On another day than the test's, e.g. before long holidays, time may have been faster than the story.
        life.finish()
        return False
    life.finish()
    return True


def told(
    new: dict[str, object],
    channel: str,
    number: int,
    building: Building,
    staff: Staff,
    album: Album,
    residents: list[int],
    photos: tuple[int, ...],
    at: datetime,
    matter: Matter,
    dice: Random,
) -> Case:
    """Take it in at `at`, as it came by its channel; one of them was settled on the spot."""
    more: dict[str, object] = {"photos": photos, "claim": CLAIM if photos else ""}
    if channel in ("settled", "staff"):
        grid = staff.at("grid_worker", building.grid_path, number)
        if channel == "settled":
            after = album.take(matter.scene, at, mended=True)
            settled = NewCase(channel="staff", **new, **more, after_claim=CLAIM)  # type: ignore[arg-type]  # a dictionary of arguments of many kinds
            return usecases.self_handle(new=settled, done=matter.done, after=after, by=grid, now=at)
        return usecases.open_case(new=NewCase(channel="staff", **new, **more), by=grid, now=at)  # type: ignore[arg-type]  # as above
    if channel in ("window", "phone"):
        reporter = NewReporter(person(number * 3), f"19903{number:06d}", consent="spoken", notice_version=NOTICE_VERSION)
        by: Actor = staff.at("acceptor", building.grid_path, number)
    elif channel == "account":
        reporter = NewReporter(account_id=dice.choice(residents), consent="page", notice_version=NOTICE_VERSION)
        channel, by = "resident", AnonymousActor()
    elif channel == "nameless":
        reporter, channel, by = NewReporter(), "resident", AnonymousActor()
        more["held"] = ("anonymous",)
    else:
        reporter = NewReporter(person(number * 3), f"19902{number:06d}", consent="page", notice_version=NOTICE_VERSION)
        by = AnonymousActor()
    return usecases.open_case(new=NewCase(channel=channel, reporter=reporter, **new, **more), by=by, now=at)  # type: ignore[arg-type]  # as above
