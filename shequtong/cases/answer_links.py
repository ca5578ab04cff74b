"""Links that open one's own matter (答复链接): sent by text message to whom staff wrote down, and who has no key in hand.

Nothing is kept of them. A link is bound to case, reporter and telephone: when the number is put right or removed, links sent to it are dead;
after ninety days they are, too. It is not the key, which stands in no message.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

LASTS = timedelta(days=90)
_MAC = 26  # hexadecimal digits: 104 bits
_SALT = "case.answer-link"


@dataclass(frozen=True)
class Link:
    """A link taken apart; `is_for` says whether it is ours."""

    case_id: int
    sent_on: date
    mac: str

    def is_for(self, *, reporter_id: int, phone: str, today: date) -> bool:
        """Whether it was sent to this telephone of this reporter, and is not too old."""
        young = self.sent_on <= today + timedelta(days=1) and today - self.sent_on <= LASTS
        true = _mac(self.case_id, self.sent_on.toordinal(), reporter_id, phone)
        return constant_time_compare(true, self.mac) and young and bool(phone)


def link_token(*, case_id: int, reporter_id: int, phone: str, day: date) -> str:
    """What stands in the address."""
    return f"{case_id}-{day.toordinal()}-{_mac(case_id, day.toordinal(), reporter_id, phone)}"


def parse_token(token: str) -> Link | None:
    """A link taken apart; None when it has not the shape of one."""
    case_id, day, mac = [*token.split("-", 2), "", ""][:3]
    if not all(part.isascii() and part.isdecimal() and len(part) < 20 for part in (case_id, day)):
        return None
    if not 0 < int(day) <= date.max.toordinal():
        return None
    return Link(int(case_id), date.fromordinal(int(day)), mac)


def _mac(case_id: int, day: int, reporter_id: int, phone: str) -> str:
    return salted_hmac(_SALT, f"{case_id}:{day}:{reporter_id}:{phone}", algorithm="sha256").hexdigest()[:_MAC]
