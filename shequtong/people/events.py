"""Facts of the registry that others may react to (flows/wiring.py lists who does)."""

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
class RightsAnswered:
    """答复: a request about what is held was answered; `account_id` is the linked account's, None without one."""

    subdistrict_id: int
    request_id: int
    account_id: int | None
    kind: str
    outcome: str
    at: datetime
