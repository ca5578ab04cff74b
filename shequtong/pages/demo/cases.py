"""The demo's cases (演示案件): made by playing the moves with the cast, never by writing rows.

Case n begins a few hours after case n-1 and goes as far as its plan says, a working moment at a time, so that every stage, a sending
back, an assistance, a rework, a reopening and a void are there, and some are late.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from shequtong.access.actor import AccountActor, AnonymousActor
from shequtong.cases import usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Answer, Case
from shequtong.cases.notice import NOTICE_VERSION
from shequtong.cases.places import calendar_at
from shequtong.cases.usecases import NewCase, NewReporter, open_case
from shequtong.cases.workflow import Stage
from shequtong.core.actors import Actor
from shequtong.core.clock import ClockKind, Limit, limits
from shequtong.files.photos import prepare_photo
from shequtong.files.usecases import store_photos
from shequtong.organizations.stations import nearest_station, stations_of_subdistrict
from shequtong.pages.demo import plays_stations as stations
from shequtong.pages.demo.pictures import draw
from shequtong.pages.demo.texts import ANSWER, ASSISTS, RESULT, RESULTS, SEND_BACKS, TEXTS
from shequtong.territory.models import Building

SOURCE = "demo"
TOLD_NAMES = ("周晓燕", "李建国")  # made up; who tells by telephone, and who tells without signing in
GAP = timedelta(hours=5)  # between two reports

# How far each case goes; the list is walked again and again. A letter a move, see `_MOVES`.
PLANS = (
    "rdahvncE", "rdahvnc", "rdah", "rda", "rd", "r", "", "rdahvnce", "rdasdahvnc", "rdatThvnc",
    "rdahwhvnc", "rdahvncoda", "x", "rdahvn", "rdahv", "rdahvncE", "rda", "rdahvnc", "rdat", "rdatTh",
    "rdagHKhvnc", "rdayYhvnc", "rday", "rdsdsDah", "rdsds", "rdagHQ", "rdayzh",
)  # fmt: skip


@dataclass
class Played:
    """One case being played: its actors and the moment it has reached."""

    case: Case
    cast: dict[str, AccountActor]
    heads: dict[int, AccountActor]
    now: datetime
    end: datetime
    index: int

    def later(self, minutes: int) -> bool:
        """Move on by so many office minutes; False when that would be in the future."""
        calendar = calendar_at(self.case.place_path)
        self.now = limits(Limit.of_minutes(minutes, ClockKind.WORK_HOURS), calendar, self.now).due_at
        return self.now <= self.end


def play_cases(count: int, buildings: list[Building], cast: dict[str, AccountActor], now: datetime) -> int:
    """Play cases until there are `count`; how many were new. `buildings` by their own subdistrict."""
    made = 0
    heads = {actor.in_use.station: actor for actor in cast.values() if actor.in_use and actor.in_use.role.code == "station_head"}
    by_station = {station: actor for station, actor in heads.items() if station is not None}
    for index in range(count):
        if Case.objects.told_by(buildings[0].subdistrict_id, SOURCE, f"{index:04d}").exists():
            continue
        _play(index, count, buildings, cast, by_station, now)
        made += 1
    return made


def _play(
    index: int,
    count: int,
    buildings: list[Building],
    cast: dict[str, AccountActor],
    heads: dict[int, AccountActor],
    now: datetime,
) -> None:
    begin = now - GAP * (count - index) + timedelta(minutes=(index * 37) % 90)
    code, text = TEXTS[index % len(TEXTS)]
    building = buildings[(index * 7) % len(buildings)]
    case = _open(index, code, text, building, cast, begin)
    played = Played(case, cast, heads, begin, now, index)
    for letter in PLANS[index % len(PLANS)]:
        wait, move = _MOVES[letter]
        if not played.later(wait + (index * 13) % 40):
            return
        move(played)
        case.refresh_from_db()


def _open(index: int, code: str, text: str, building: Building, cast: dict[str, AccountActor], at: datetime) -> Case:
    told_by: Actor
    if index % 5 == 3:
        channel, told_by, reporter = (
            "phone",
            cast["acceptor"],
            NewReporter(TOLD_NAMES[0], f"1990000{index:04d}", consent="spoken", notice_version=NOTICE_VERSION),
        )
    elif index % 7 == 5:
        channel, told_by, reporter = "staff", cast["grid"], None
        building = next(
            (
                one
                for one in Building.objects.filter(subdistrict=building.subdistrict_id).order_by("id")
                if one.grid_path.startswith(_path(cast["grid"]))
            ),
            building,
        )
    elif index % 3 == 0:
        resident = cast["resident" if index % 2 else "resident2"]
        channel, told_by = "resident", resident
        reporter = NewReporter(account_id=resident.account_id, consent="page", notice_version=NOTICE_VERSION)
    else:
        channel, told_by = "resident", AnonymousActor()
        reporter = NewReporter(TOLD_NAMES[1], f"1990001{index:04d}", consent="page", notice_version=NOTICE_VERSION)
    photos, claim = _photos(index, building.subdistrict_id, told_by, at, mended=False) if index % 2 == 0 else ((), "")
    return open_case(
        new=NewCase(
            class_code=code,
            text=text,
            channel=channel,
            building_id=building.pk,
            reporter=reporter,
            photos=photos,
            claim=claim,
            source=SOURCE,
            source_ref=f"{index:04d}",
        ),
        by=told_by,
        now=at,
    )


def _path(actor: AccountActor) -> str:
    return actor.in_use.path if actor.in_use else ""


def _photos(index: int, subdistrict: int, by: Actor, at: datetime, *, mended: bool) -> tuple[tuple[int, ...], str]:
    claim = f"demo-{index:04d}-{'after' if mended else 'before'}-{at:%H%M%S}"
    photo = prepare_photo(draw(index, mended=mended), name="demo.jpg")
    stored = store_photos(photos=[photo], subdistrict_id=subdistrict, claim=claim, by=by, now=at)
    return tuple(blob.pk for blob in stored), claim


def _station(played: Played) -> int:
    """The duty list's station; after a sending back the next one that has a head in the cast."""
    agency = catalogue().classes[played.case.case_class_id].lead_agency
    found = nearest_station(agency, played.case.place_path) if agency else None
    if found is None or played.case.send_back_count:
        return next(one.id for one in stations_of_subdistrict(played.case.subdistrict_id) if one.id in played.heads)
    return found.id


def _lead(played: Played) -> AccountActor:
    assert played.case.lead_station_id is not None  # the plan dispatched it
    return played.heads[played.case.lead_station_id]


def _other_station(played: Played) -> int:
    return next(
        one.id
        for one in stations_of_subdistrict(played.case.subdistrict_id)
        if one.id in played.heads and one.id != played.case.lead_station_id
    )


def _register(p: Played) -> None:
    if p.case.stage == Stage.CONFIRMATION:
        looked = p.now - timedelta(minutes=2)
        usecases.confirm_case(
            number=p.case.number, finding="exists", words="现场查看，情况与反映一致。", by=p.cast["inspector"], now=looked
        )
    usecases.register_case(number=p.case.number, by=p.cast["acceptor"], now=p.now)


def _dispatch(p: Played) -> None:
    usecases.dispatch_case(number=p.case.number, to=_station(p), by=p.cast["dispatcher"], now=p.now)


def _accept(p: Played) -> None:
    usecases.accept_case(number=p.case.number, by=_lead(p), now=p.now)


def _handle(p: Played) -> None:
    code = catalogue().classes[p.case.case_class_id].code
    photos, claim = _photos(p.index, p.case.subdistrict_id, _lead(p), p.now, mended=True)
    usecases.handle_case(
        number=p.case.number, result=RESULTS.get(code, RESULT), photos=photos, claim=claim, by=_lead(p), now=p.now
    )


def _verify(p: Played) -> None:
    usecases.verify_case(number=p.case.number, note="现场核查属实，已整改到位。", by=p.cast["inspector"], now=p.now)


def _rework(p: Played) -> None:
    usecases.rework_case(number=p.case.number, reason="现场仍有遗留，未整改到位。", by=p.cast["inspector"], now=p.now)


def _answer(p: Played) -> None:
    if p.case.reporter_id is not None:
        text = ANSWER.format(result=RESULTS.get(catalogue().classes[p.case.case_class_id].code, RESULT))
        answer = usecases.answer_case(number=p.case.number, text=text, publish=True, by=p.cast["dispatcher"], now=p.now)
        if answer.state == Answer.State.DRAFT:
            usecases.approve_answer(number=p.case.number, by=p.cast["head"], now=p.now + timedelta(minutes=1))


def _close(p: Played) -> None:
    usecases.close_case(number=p.case.number, by=p.cast["acceptor"], now=p.now)


def _evaluate(p: Played) -> None:
    reporter = next((actor for actor in p.cast.values() if actor.account_id == p.case.reporter_account_id), None)
    if reporter is not None:
        usecases.evaluate_case(number=p.case.number, solved=p.index % 4 != 0, score=3 + p.index % 3, by=reporter, now=p.now)


def _reopen(p: Played) -> None:
    usecases.reopen_case(number=p.case.number, reason="居民回访反映问题再次出现。", by=p.cast["head"], now=p.now)


def _send_back(p: Played) -> None:
    usecases.send_back_case(number=p.case.number, reason=SEND_BACKS[p.index % 2], by=_lead(p), now=p.now)


def _assist(p: Played) -> None:
    usecases.ask_assistance(number=p.case.number, station_id=_other_station(p), task=ASSISTS, by=_lead(p), now=p.now)


def _answer_assist(p: Played) -> None:
    station = _other_station(p)
    usecases.answer_assistance(
        number=p.case.number, station_id=station, done=True, answer="已派人到场协助清理。", by=p.heads[station], now=p.now
    )


def _void(p: Played) -> None:
    usecases.void_case(number=p.case.number, reason="经核实与已受理事项重复，合并答复。", by=p.cast["head"], now=p.now)


# letter -> (office minutes until it happens, the move)
_MOVES: dict[str, tuple[int, Callable[[Played], None]]] = {
    "r": (6, _register), "d": (5, _dispatch), "a": (25, _accept), "h": (150, _handle), "v": (15, _verify), "w": (15, _rework),
    "n": (40, _answer), "c": (10, _close), "E": (60, _evaluate), "e": (60, _evaluate), "o": (200, _reopen),
    "s": (60, _send_back), "t": (45, _assist), "T": (120, _answer_assist), "x": (5, _void),
    "g": (10, stations.assign), "H": (30, stations.ask_two), "K": (90, stations.answer_two), "y": (40, stations.offer),
    "Y": (30, stations.take_over), "z": (30, stations.refuse_over), "D": (45, stations.decide), "Q": (60, stations.call_off),
}  # fmt: skip
