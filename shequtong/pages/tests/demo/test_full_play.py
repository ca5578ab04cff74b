"""The full demo, built once: its place stands as said, every story can be played to its end, and a second run adds nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils.translation import override

from shequtong.cases.examples import EXAMPLES, STAGE_LIMITS
from shequtong.cases.models import Case, Step
from shequtong.cases.usecases import at_hand, publish_standard, set_stage_limit
from shequtong.cases.workflow import OPEN_STAGES
from shequtong.core.actors import SystemActor
from shequtong.core.gathered import gathering
from shequtong.figures.verification import Verification
from shequtong.organizations.models import PrecinctOffice, Station
from shequtong.pages.demo.full import play
from shequtong.pages.demo.full.life import Life, Move
from shequtong.pages.demo.full.photos import Album
from shequtong.pages.demo.full.place import FullPlace, build_full
from shequtong.pages.demo.full.staff import Staff, build_staff
from shequtong.pages.demo.full.stories import SETTLED, STORIES, moments
from shequtong.pages.demo.full.texts import MATTERS
from shequtong.pages.demo.people import actors, build_people
from shequtong.pages.demo.pictures import SCENES
from shequtong.pages.management.commands.demo import publish_trees
from shequtong.territory.fitting import coverage
from shequtong.territory.models import Building, Compound, Room, Unit

BY = SystemActor("demo")
STREET = 2
NOW = datetime(2026, 11, 27, 8, tzinfo=UTC)  # a Friday, 16:00 in Suzhou
# What must have been done in half a year (issue 4): every move of a person or of the clock that the stories stand for.
MOVES = frozenset(
    [
        "intake",
        "self_handle",
        "review",
        "admit",
        "confirm",
        "not_accept",
        "register",
        "void",
        "withdraw",
        "add",
        "correct",
        "join",
        "merge",
        "unmerge",
        "dispatch",
        "take_back",
        "accept",
        "assign",
        "assist",
        "take_assist",
        "answer_assist",
        "call_off",
        "hand_over",
        "take_over",
        "refuse_over",
        "extend",
        "grant",
        "refuse",
        "suspend",
        "resume",
        "ask_reporter",
        "answer_question",
        "urge",
        "reply_urge",
        "send_back",
        "decide",
        "handle",
        "verify",
        "rework",
        "answer",
        "approve_answer",
        "return_answer",
        "close",
        "auto_close",
        "evaluate",
        "call_back",
        "reopen",
        "appeal",
        "judge_appeal",
        "judge_appeal_finally",
        "remind",
        "escalate",
    ]
)


@dataclass(frozen=True)
class Built:
    """The place with its people, and what a story is played with."""

    place: FullPlace
    staff: Staff
    buildings: list[Building]
    album: Album
    resident: int


def built() -> Built:
    place = build_full(by=BY, now=NOW, say=lambda _text: None)
    for example in EXAMPLES:
        publish_standard(new=example, by=BY, now=NOW)
    publish_trees(BY, NOW)
    for stage, minutes, kind in STAGE_LIMITS:
        set_stage_limit(stage=stage, minutes=minutes, kind=kind, by=BY, now=NOW)
    cast = actors(build_people(place.small, BY, NOW))
    buildings = list(Building.objects.within(STREET).order_by("id"))
    return Built(place, build_staff(place, cast, BY, NOW), buildings, Album(STREET, BY), cast["resident"].account_id or 0)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_place_stands_and_every_story_can_be_played() -> None:
    """One test, because the place takes seconds to build."""
    with override("zh-hans"):
        demo = built()
        look_at_the_place(demo)
        stories = [*(story for _weight, story in STORIES), SETTLED]
        # Enough of each for both ways a story can go, of a reporter who is heard.
        for number, story in enumerate(stories * 3):
            demo.album.fill({(scene, mended): 6 for scene in ("paper", "dark", *SCENES) for mended in (False, True)}, NOW)
            with transaction.atomic(), gathering():
                assert played(demo, number, story), story
        made = set(Step.objects.filter(subdistrict=STREET).values_list("move", flat=True))
        assert made >= MOVES, MOVES - made
        assert not Case.objects.within(STREET).filter(stage__in=OPEN_STAGES).exists()
        assert list(Verification(STREET).differences()) == []

        half = partial(play.play_half_a_year, 60, demo.buildings, demo.staff, [demo.resident], BY, NOW, lambda _n: None)
        assert half() == (60, 0)
        assert half() == (0, 0)


def look_at_the_place(demo: Built) -> None:
    """As many of each as domain/README.md 2 says, without gap or overlap."""
    place = demo.place
    assert (len(place.precincts), len(place.communities), len(place.grids)) == (3, 8, 96)
    assert (PrecinctOffice.objects.count(), Station.objects.filter(subdistrict=STREET).count()) == (3, 21)
    assert Compound.objects.within(STREET).count() == 107
    assert (len(demo.buildings), Room.objects.filter(subdistrict=STREET).count()) == (1_046, 38_910)
    assert coverage(Unit.objects.get(path=place.street.path), "community").complete
    assert all(coverage(Unit.objects.get(path=one.path), "grid").complete for one in place.communities)


def played(demo: Built, number: int, story: tuple[Move, ...]) -> bool:
    """A story from its telling to its end, four months ago."""
    code = "E01" if number % 5 == 0 else MATTERS[number % len(MATTERS)].code
    matter = next(one for one in MATTERS if one.code == code)
    dice, at = Random(number), NOW - timedelta(days=120) + timedelta(hours=number)
    building = demo.buildings[number]
    new: dict[str, object] = {
        "class_code": code,
        "text": matter.told[0].format(b="3幢", e="2单元", n=3),
        "building_id": building.pk,
    }
    channel = "settled" if story is SETTLED else ("account", "resident", "nameless")[number % 3]
    case = play.told(new, channel, number, building, demo.staff, demo.album, [demo.resident], (), at, matter, dice)
    with at_hand(case):
        return play.go(Life(case, matter, demo.staff, demo.album, at, NOW, dice), story)


def test_the_moments_follow_the_day_and_the_week() -> None:
    suzhou = ZoneInfo("Asia/Shanghai")
    found = moments(NOW - timedelta(days=183), NOW, 6_000, suzhou)
    assert found == sorted(found)
    assert len(set(found)) == 6_000
    local = [one.astimezone(suzhou) for one in found]
    assert sum(8 <= one.hour < 11 for one in local) > 4 * sum(one.hour < 6 for one in local)
    week = [sum(one.weekday() == day for one in local) for day in range(7)]
    assert min(week[:5]) > max(week[5:])
