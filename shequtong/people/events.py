"""Facts of the registry that others may react to (登记事件; flows/wiring.py lists who does): with ids, never what they say."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class AccountLinked:
    """关联: an account was linked to a person, or the link ended. `kind`: linked, unlinked."""

    subdistrict_id: int
    link_id: int
    account_id: int
    kind: str
    at: datetime


@dataclass(frozen=True)
class RightsAsked:
    """请求: something is asked about what is held of a person, or was handed over from the street they left; `path` is where they live.

    `by_account_id` is the account that told it, who need not be told.
    """

    subdistrict_id: int
    request_id: int
    path: str
    by_account_id: int | None
    due_at: datetime
    at: datetime


@dataclass(frozen=True)
class RightsAnswered:
    """答复: a request about what is held was answered; `account_id` is the linked account's, None without one."""

    subdistrict_id: int
    request_id: int
    account_id: int | None
    kind: str
    outcome: str
    at: datetime


@dataclass(frozen=True)
class PersonsHandedOver:
    """Persons of another subdistrict stand here now, unconfirmed, kept by the community at `path`. `event_id` is the other's record of it."""

    event_id: int
    subdistrict_id: int
    path: str
    person_ids: tuple[int, ...]
    from_subdistrict: int
    at: datetime


@dataclass(frozen=True)
class ExportMoved:
    """导出: `kind` asked (a second person is wanted), approved or refused (who asked is told)."""

    subdistrict_id: int
    export_id: int
    path: str
    kind: str
    asked_account_id: int
    at: datetime
