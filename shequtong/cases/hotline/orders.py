"""One work order as the hotline words it (工单), in plain values; and how a list of them is kept for a while: sealed, never in clear."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from shequtong.core.sealed.ciphers import seal, unseal

SOURCE = "12345"
_BOUND_TO = "cases.hotline_orders"


@dataclass(frozen=True)
class Order:
    """Columns of registries.md 2.15. `row` is the line of the table; `phone` is normalised; `categories` has one to five levels."""

    row: int
    number: str
    received_at: datetime
    text: str
    name: str = ""
    phone: str = ""
    address: str = ""
    unit: str = ""  # the community or grid it names, where the address is none we know
    opinion: str = ""
    categories: tuple[str, ...] = ()
    accept_kind: str = ""
    call_kind: str = ""
    origin: str = ""
    urgency: str = ""
    confidential: bool = False
    reply_required: bool | None = None  # None: the table does not say; a reply is required
    due_at: datetime | None = None
    guess: str = ""  # the class its words suggest, where the table names no categories
    phone_left_out: bool = False  # what stands there is no telephone number

    @property
    def group(self) -> tuple[str, ...]:
        """What a class is chosen for: its categories; without any, the orders whose words suggest the same class."""
        return self.categories or (("", self.guess) if self.guess else ())

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        due = self.due_at.isoformat() if self.due_at else None
        return {**asdict(self), "received_at": self.received_at.isoformat(), "due_at": due}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """As it was."""
        return cls(
            **{
                **kept,
                "received_at": datetime.fromisoformat(kept["received_at"]),
                "due_at": datetime.fromisoformat(kept["due_at"]) if kept["due_at"] else None,
                "categories": tuple(kept["categories"]),
            }
        )


@dataclass(frozen=True)
class Upload:
    """A table that was sent in: its file name, the orders read, and the lines that could not be, each with why."""

    name: str
    orders: tuple[Order, ...]
    refused: tuple[tuple[int, str, str], ...]  # row, number, why

    def sealed(self) -> bytes:
        """For the store: names and telephones never lie there in clear."""
        kept = {"name": self.name, "orders": [each.as_json() for each in self.orders], "refused": self.refused}
        return seal(json.dumps(kept, ensure_ascii=False), _BOUND_TO).encode()

    @classmethod
    def opened(cls, content: bytes) -> Self:
        """From the store. Raises SealError when it was changed."""
        kept = json.loads(unseal(content.decode(), _BOUND_TO))
        return cls(
            kept["name"],
            tuple(Order.from_json(each) for each in kept["orders"]),
            tuple((row, number, why) for row, number, why in kept["refused"]),
        )


def groups(orders: Iterable[Order]) -> list[tuple[str, ...]]:
    """The groups that occur, each once, in the order they are met: to each a class is chosen."""
    return list(dict.fromkeys(each.group for each in orders))
