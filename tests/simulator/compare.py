"""What must agree (模拟比对): the row of each case after each act; steps, sub-tasks, figures and messages when a life is over."""

from collections import Counter
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models.sql.compiler import SQLCompiler

from shequtong.cases.models import Assistance, Case, Joined, Step
from shequtong.core.clock import Due, light
from shequtong.figures.models import Delta
from shequtong.figures.verification import Verification
from shequtong.messaging.models import Message
from shequtong.testing.town import STREET
from tests.simulator import clock
from tests.simulator.case import OPEN, Count, Told
from tests.simulator.case import Case as Model
from tests.simulator.clock import NEVER
from tests.simulator.people import PEOPLE
from tests.simulator.play import waiting
from tests.simulator.stage import Scene
from tests.simulator.world import World

_TIMES = (
    *("reported", "received", "confirmed", "registered", "dispatched", "accepted", "handled", "first_handled", "verified"),
    *("answered", "closed", "first_closed", "evaluated", "withdrawn", "exempt"),
)
_COUNTS = ("send_back", "rework", "reopen", "extend", "suspend", "urge")
_COLUMNS = (
    *("stage", "stage_since", "is_open", "place_path", "is_history", "decided", "asking", "answer_waits", "clock_from"),
    *("clock_extensions", "clock_pauses", "paused", "resume_at", "accept_by", "close_by", "warned", "wake_at", "amber_at"),
    *("due_at", "promised_at", "assisting_open", "joined_count", "self_handled", "handled_late", "appeal", "step_count"),
    *(f"{name}_at" for name in _TIMES),
    *(f"{name}_count" for name in _COUNTS),
)
_READ = (
    *_COLUMNS,
    *("id", "lead_station", "offered_station", "assignee_account_id", "case_class__code", "standard__row", "merged_into"),
)


def rows(scene: Scene, world: World, now: datetime) -> list[str]:
    """Differences between the rows of all cases and the model's."""
    found = []
    ids = [pk for pk, _number in scene.cases]
    there = {row["id"]: row for row in _read(tuple(ids))}
    for model, pk in zip(world.cases, ids, strict=True):
        program, expected = _program_row(scene, there[pk], now), _model_row(model, now)
        found += [
            f"case {model.key} {name}: program {program[name]}, model {expected[name]}"
            for name in expected
            if program[name] != expected[name]
        ]
    return found


@lru_cache(maxsize=4)
def _prepared(ids: tuple[int, ...]) -> tuple[SQLCompiler, str, tuple[Any, ...], Any]:
    """The statement that reads these rows, put into words once a life and not once an act: that took longer than to play it."""
    compiler = Case.objects.filter(subdistrict=STREET, pk__in=ids).order_by().values(*_READ).query.get_compiler("default")
    sql, params = compiler.as_sql()
    return compiler, sql, params, compiler.get_converters(column for column, _sql, _alias in compiler.select)


def _read(ids: tuple[int, ...]) -> list[dict[str, Any]]:
    if not ids:
        return []
    compiler, sql, params, converters = _prepared(ids)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchall()
    return [dict(zip(_READ, row, strict=True)) for row in compiler.apply_converters(found, converters)]


def _program_row(scene: Scene, row: dict[str, Any], now: datetime) -> dict[str, Any]:
    ids = [pk for pk, _number in scene.cases]
    return {name: row[name] for name in _COLUMNS} | {
        "lead": scene.station_names.get(row["lead_station"] or 0),
        "offered": scene.station_names.get(row["offered_station"] or 0),
        "assignee": scene.accounts.get(row["assignee_account_id"] or 0),
        "class": row["case_class__code"],
        "row": row["standard__row"],
        "merged_into": ids.index(row["merged_into"]) if row["merged_into"] else None,
        "light": light(Due(row["amber_at"], row["due_at"]), now).value,
    }


def _model_row(case: Model, now: datetime) -> dict[str, Any]:
    wakes = waiting(case)
    return {
        "stage": case.stage,
        "stage_since": case.since,
        "is_open": case.stage in OPEN,
        "place_path": case.place,
        "is_history": case.history,
        "decided": case.decided,
        "asking": case.asked.kind if case.asked else "",
        "answer_waits": case.draft_by is not None,
        "clock_from": case.clock_from,
        "clock_extensions": case.extensions,
        "clock_pauses": len(case.pauses),
        "paused": case.paused,
        "resume_at": case.resume_at,
        "accept_by": case.accept_by,
        "close_by": case.close_by,
        "warned": case.warned,
        "wake_at": wakes[0][0] if wakes else NEVER,
        "amber_at": case.amber,
        "due_at": case.due,
        "promised_at": case.promised,
        "assisting_open": len(case.helping),
        "joined_count": len(case.joined),
        "self_handled": case.self_handled,
        "handled_late": case.handled_late,
        "appeal": case.appeal,
        "step_count": len(case.steps),
        "lead": case.lead,
        "offered": case.offered,
        "assignee": case.assignee,
        "class": case.cls,
        "row": case.row,
        "merged_into": case.merged_into,
        "light": clock.light(case.amber, case.due, now),
        **{f"{name}_at": case.times.get(name) for name in _TIMES},
        **{f"{name}_count": case.counts.get(name, 0) for name in _COUNTS},
    }


def ends(scene: Scene, world: World) -> list[str]:
    """Differences in what is written beside the rows."""
    return [*_steps(scene, world), *_sub_tasks(scene, world), *_figures(scene, world), *_messages(scene, world)]


def _steps(scene: Scene, world: World) -> list[str]:
    keys = {pk: key for key, (pk, _number) in enumerate(scene.cases)}
    program = {
        (keys[row.case_id], row.number): (
            *(row.move, row.from_stage, row.to_stage, row.at, scene.accounts.get(row.account_id or 0, "")),
            *(scene.station_names.get(row.station_id or 0), row.due_at, row.late),
        )
        for row in Step.objects.filter(subdistrict=STREET, case__in=list(keys))
    }
    model = {
        (case.key, step.number): (step.move, step.before, step.after, step.at, step.who, step.station, step.due, step.late)
        for case in world.cases
        for step in case.steps
    }
    return _differ("step", program, model)


def _sub_tasks(scene: Scene, world: World) -> list[str]:
    keys = {pk: key for key, (pk, _number) in enumerate(scene.cases)}
    program = Counter(
        (keys[row.case_id], scene.station_names[row.station_id], row.state, row.is_open, row.amber_at, row.due_at)
        for row in Assistance.objects.filter(subdistrict=STREET, case__in=list(keys))
    )
    model = Counter(
        (case.key, task.station, task.state, task.is_open, task.amber, task.due)
        for case in world.cases
        for task in case.sub_tasks
    )
    joined = Counter(
        (keys[row.case_id], (row.account_id and scene.accounts[row.account_id]) or "")
        for row in Joined.objects.filter(subdistrict=STREET, case__in=list(keys), ended_at__isnull=True)
    )
    expected = Counter((case.key, one.account) for case in world.cases for one in case.joined)
    return [*_differ("sub-task", program, model), *_differ("joined", joined, expected)]


def _figures(scene: Scene, world: World) -> list[str]:
    program: Counter[Count] = Counter()
    for row in Delta.objects.filter(subdistrict=STREET):
        station = scene.station_names.get(row.station_id, "")
        program[Count(row.day, row.measure, row.unit_path, station, row.stage, row.class_code)] += row.n
    rebuilt = [f"rebuild: {each.line()}" for each in Verification(STREET).differences()]
    return [*_differ("figure", _solid(program), _solid(world.figures)), *rebuilt]


def _solid(counts: Counter[Count]) -> dict[Count, int]:
    return {key: n for key, n in counts.items() if n}


def _messages(scene: Scene, world: World) -> list[str]:
    """Who got a message for which step. People the model does not know (a district's) are no matter."""
    steps = {
        row.pk: (row.case_id, row.number)
        for row in Step.objects.filter(subdistrict=STREET, case__in=[pk for pk, _number in scene.cases])
    }
    keys = {pk: key for key, (pk, _number) in enumerate(scene.cases)}
    program: dict[Told, int] = {}
    for row in Message.objects.filter(subdistrict=STREET):
        step = next((int(part) for part in row.once_key.split(":") if part.isdigit() and int(part) in steps), None)
        if step is None:
            return [f"message {row.once_key} names no step"]
        case_id, number = steps[step]
        phone = row.phone.reveal() if row.phone else ""
        whom = scene.phones.get(phone, phone) if row.channel == "sms" else scene.accounts.get(row.account_id or 0, "?")
        program[Told(keys[case_id], number, row.channel, whom)] = 1
    model = {told: 1 for told in world.told if told.whom not in PEOPLE or PEOPLE[told.whom].account}
    by_number = {(case.key, step.number): step.move for case in world.cases for step in case.steps}
    return [f"{line} ({by_number.get((told.case, told.step))})" for told, line in _lines("message", program, model)]


def _differ(what: str, program: Any, model: Any) -> list[str]:
    return [line for _key, line in _lines(what, program, model)]


def _lines(what: str, program: Any, model: Any) -> list[tuple[Any, str]]:
    keys = sorted({*program, *model}, key=repr)
    return [
        (key, f"{what} {key}: program {program.get(key)}, model {model.get(key)}")
        for key in keys
        if program.get(key) != model.get(key)
    ]
