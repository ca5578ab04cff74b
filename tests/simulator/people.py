"""Who acts in the model's town (模拟人物): stations, people with their rights and reach, classes with their standards."""

from dataclasses import dataclass
from datetime import date

GRID_ONE, GRID_TWO = "320505/002/P1/015/001/", "320505/002/P1/015/002/"
PRECINCT, COMMUNITY, STREET, ELSEWHERE = "320505/002/P1/", "320505/002/P1/015/", "320505/002/", "320505/004/"
PLACES = {"building": GRID_ONE, "grid_one": GRID_ONE, "grid_two": GRID_TWO}
STATIONS = ("police", "urban_management", "market_regulation", "housing", "property", "health", "labour", "ecology")
FOREIGN = "next_police"  # of another street

_HEAD = (
    "INTAKE REGISTER DISPATCH VERIFY ANSWER CLOSE REOPEN VOID SCREEN CONFIRM REVIEW DECIDE GRANT_TIME ASK_REPORTER URGE "
    "JUDGE_APPEAL MERGE CORRECT APPROVE_ANSWER CALL_BACK HOTLINE"
)
_STATION = "ACCEPT SEND_BACK ASSIST ANSWER_ASSIST HANDLE ASK_TIME ASK_REPORTER REPLY_URGE"
_STATION_HEAD = f"{_STATION} ASSIGN HAND_OVER APPEAL"
RESIDENT = frozenset(["EVALUATE", "REOPEN", "ADD", "JOIN", "CORRECT"])


@dataclass(frozen=True)
class Person:
    """What somebody may do, and where: under `path`, or to what their station has."""

    name: str
    rights: frozenset[str] = frozenset()
    path: str = ""
    station: str = ""
    level: int = 0  # of urging: 1 precinct office, 2 subdistrict
    role: str = ""
    account: bool = True
    until: date | None = None  # the last day of the post


def _person(name: str, rights: str = "", path: str = "", station: str = "", **more: object) -> Person:
    return Person(name, frozenset(rights.split()), path, station, **more)  # type: ignore[arg-type]  # a dictionary of arguments of many kinds


PEOPLE = {
    one.name: one
    for one in (
        _person("chen", _HEAD, PRECINCT, level=1, role="head"),
        _person("gao", _HEAD, ELSEWHERE, level=1, role="head"),
        _person(
            "shen",
            "INTAKE REGISTER ANSWER CLOSE VOID SCREEN REVIEW ASK_REPORTER MERGE CORRECT CALL_BACK HOTLINE",
            PRECINCT,
            role="acceptor",
        ),
        _person("lin", "DISPATCH ANSWER CLOSE GRANT_TIME URGE MERGE CORRECT", PRECINCT, level=1, role="dispatcher"),
        _person("bai", "", PRECINCT, role="head", until=date(2025, 12, 31)),
        _person("sun", "CONFIRM VERIFY", PRECINCT, role="inspector"),
        _person("hu", "INTAKE VERIFY CONFIRM SELF_HANDLE CALL_BACK", COMMUNITY, role="community_worker"),
        _person("he", "INTAKE VERIFY CONFIRM SELF_HANDLE", GRID_ONE, role="grid_worker"),
        _person("wang", f"{_STATION_HEAD} INTAKE", PRECINCT, "police", role="station_head"),
        _person("lu", f"{_STATION} INTAKE", STREET, "police", role="station"),
        _person("zhou", f"{_STATION_HEAD} INTAKE", STREET, "urban_management", role="station_head"),
        _person("ma", f"{_STATION} INTAKE", STREET, "market_regulation", role="station"),
        _person("tang", f"{_STATION_HEAD} INTAKE", STREET, "market_regulation", role="station_head"),
        _person(
            "supervisor",
            "REOPEN VOID CLOSE DECIDE URGE JUDGE_APPEAL_FINALLY GRANT_TIME APPROVE_ANSWER MERGE CORRECT",
            STREET,
            level=2,
            role="supervisor",
        ),
        _person("xu", "", COMMUNITY),
        _person("qian"),
        _person("fang"),
        _person("clock", "RUN_CLOCK", account=False),
    )
}
# Rights that a station's people have over what their station has, not over a territory.
BY_STATION = frozenset(_STATION_HEAD.split())


@dataclass(frozen=True)
class Standard:
    """One row of a class."""

    amount: int
    kind: str
    after_photo: bool = False
    answer: bool = True
    approval: bool = False
    confirm: bool = False
    note: str = ""

    @property
    def urgent(self) -> bool:
        """Counted in hours, day and night."""
        return self.kind == "urgent_hours"


# Classes by code, each with its rows.
CLASSES: dict[str, tuple[Standard, ...]] = {
    "S01": (Standard(2, "urgent_hours", after_photo=True), Standard(6, "urgent_hours")),
    "S02": (Standard(4, "work_hours"), Standard(9, "work_hours", answer=False)),
    "S03": (Standard(3, "work_days", approval=True, confirm=True),),
    "S04": (Standard(7, "calendar_days", answer=False, confirm=True),),
    "S05": (Standard(5, "work_days"), Standard(1, "work_days", after_photo=True, approval=True)),
    "S06": (Standard(24, "urgent_hours", approval=True),),
}
# Limits of the stages staff have for themselves, in minutes of office hours.
STAGE_MINUTES = {
    "held": 15,
    "confirmation": 30,
    "intake": 15,
    "registered": 15,
    "decision": 60,
    "verification": 30,
    "closing": 8 * 60,
}
