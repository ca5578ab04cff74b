"""What every fact about a case says (事件通知的共同内容)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from shequtong.core.sealed import Sealed


@dataclass(frozen=True)
class CaseEvent:
    """A move was made. Bare ids and codes: a handler needs no further look at the case to tell people of it."""

    case_id: int
    subdistrict_id: int
    number: str
    step_id: int
    place_path: str
    class_code: str
    station_id: int | None
    reporter_id: int | None
    reporter_account_id: int | None
    at: datetime
    note: str = ""
    due_at: datetime | None = None
    is_history: bool = False  # brought in from elsewhere with its own times: count it, tell nobody
    stage: str = ""  # after the step
    assignee_account_id: int | None = None
    joined_count: int = 0  # further reporters, who are told what the first is told
    details: dict[str, Any] = field(default_factory=dict)
    follow_count: int = 0  # staff who follow the case
    by_account_id: int | None = None
    move: str = ""
    taken_down: bool = False  # staff took down who told it: their word for the telephone number counts
    secret: str = ""  # of a link that is sent once and kept nowhere
    reporter_phone: Sealed | None = None  # with every move that tells the reporter: the use-case has loaded it with the case


@dataclass(frozen=True)
class ContactRemoved:
    """Name and phone of a reporter are gone (撤回同意、保存期满): what was to be sent there is not sent, what was is kept without the number."""

    subdistrict_id: int
    reporter_id: int
    case_id: int | None  # the case this reporter told first; None for one who only joined
    at: datetime


@dataclass(frozen=True)
class NoteAdded:
    """An internal note was written (内部备注); who is named in it, and who follows, is told."""

    case_id: int
    subdistrict_id: int
    number: str
    class_code: str
    note_id: int
    actor: str
    mentions: tuple[int, ...]
    follow_count: int
    by_account_id: int | None
    at: datetime


@dataclass(frozen=True)
class SenderBlocked:
    """A sender's reports are read first, or not taken, until `until` (限制上报); the sender is told why."""

    block_id: int
    subdistrict_id: int
    number: str  # of the report that gave the reason
    phone: Sealed | None
    account_id: int | None
    refuse: bool
    reason: str
    until: datetime
    at: datetime


@dataclass(frozen=True)
class RootProjectMoved:
    """Something happened to a root-cause project (根治项目); who leads it, and who opened it, is told."""

    root_id: int
    subdistrict_id: int
    kind: str  # of its step, or "overdue"
    step_id: int  # 0 for what is no step
    title: str
    station_id: int  # which leads it
    former_station_id: int | None  # which led it until now
    opened_account_id: int | None
    target_day: date
    by_account_id: int | None
    at: datetime
