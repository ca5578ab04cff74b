"""The verbs of oversight (督办与申诉操作): urging and its reply, the appeal and its two judgements."""

from itertools import pairwise
from typing import Any

from django.utils import timezone

from shequtong.cases import usecases
from shequtong.cases.forms import oversight as forms
from shequtong.cases.forms.clocks import end_of_day
from shequtong.cases.models import Appeal, Case, Step, Urge
from shequtong.cases.numbers import parse_number
from shequtong.cases.shown import station_name
from shequtong.cases.urged import named, reached_by_urging
from shequtong.cases.usecases.urge_case import level_of
from shequtong.cases.views.moves.page import Asked, MovePage, Told, call
from shequtong.cases.views.side_matters import LEVELS
from shequtong.cases.workflow import STATION_STAGES, Stage
from shequtong.core.actors import Actor
from shequtong.core.places import place
from shequtong.figures.write import day_of
from shequtong.organizations.stations import directory


def _urge(told: Told) -> object:
    parsed, day = parse_number(told.number), told.data["reply_by"]
    assert parsed is not None  # `make_move` looked
    reply_by = end_of_day(day, place(parsed.place).zone) if day else None
    return usecases.urge_case(number=told.number, requirement=told.data["note"], reply_by=reply_by, by=told.by, now=told.now)


def _today(asked: Asked) -> dict[str, Any]:
    return {"today": day_of(asked.place, timezone.now())}


def as_whom(case: Case, actor: Actor) -> dict[str, Any]:
    """At which level the post urges, and who is told: the station that has the case, else who makes the next move. Up to two statements."""
    station = directory().by_id.get(case.lead_station_id or 0) if case.stage in STATION_STAGES else None
    people = reached_by_urging(case, actor, timezone.now())
    return {
        "level_name": LEVELS[level_of(actor)],
        "told_station": station_name(station) if station else "",
        "reached": named(people or []),
    }


def what_is_urged(case: Case, _actor: Actor) -> dict[str, Any]:
    """The urgings that wait for a reply. One statement."""
    waiting = Urge.objects.filter(case=case, replied_at__isnull=True).order_by("id")
    return {"urgings": [(urge, LEVELS[urge.level]) for urge in waiting]}


def what_was_late(case: Case, _actor: Actor) -> dict[str, Any]:
    """The stages that ended late, when they were due, and who ended them. One statement."""
    steps = list(Step.objects.filter(case=case).order_by("number"))
    # The due time of a stage stands with the step before its end: the last that kept or started its clock.
    return {
        "late": [
            {"step": step, "stage": Stage(step.from_stage).label, "due": before.due_at}
            for before, step in pairwise(steps)
            if step.late
        ]
    }


def what_is_appealed(case: Case, actor: Actor) -> dict[str, Any]:
    """The appeal as far as it has come, and the late steps. Two statements."""
    return {"appeal": Appeal.objects.filter(case=case).first(), **what_was_late(case, actor)}


_JUDGING = "cases/desk/moves/_appeal.html"
PAGES: dict[str, MovePage] = {
    "urge": MovePage(forms.UrgeForm, _urge, _today, above="cases/desk/moves/_urge.html", facts=as_whom),
    "reply_urge": MovePage(
        forms.ReplyUrgeForm, call(usecases.reply_urge, words="note"), above="cases/desk/moves/_urged.html", facts=what_is_urged
    ),
    "appeal": MovePage(forms.AppealForm, call(usecases.appeal_case, reason="note"), above=_JUDGING, facts=what_was_late),
    "judge_appeal": MovePage(
        forms.JudgeForm, call(usecases.judge_appeal, grant="grant", words="note"), above=_JUDGING, facts=what_is_appealed
    ),
    "judge_appeal_finally": MovePage(
        forms.JudgeForm, call(usecases.judge_appeal_finally, grant="grant", words="note"), above=_JUDGING, facts=what_is_appealed
    ),
}
