"""How long the record of who is gone is kept (保存期限), by why it was closed (个人信息保护法 19: no longer than needed). Pure but for two settings.

Never shorter than FLOOR: the log of who looked is kept at least six months (网络安全法 21), and must stay explainable.
Days are the platform's own choice: three years, in which allowances may be claimed back, certificates asked for, and a move undone.
A double or mistaken row serves nobody: it goes after the floor. Who was handed over to another street stands there.
"""

from datetime import date, timedelta
from typing import Final

from django.conf import settings

FLOOR: Final = 180
RULES: Final = ("moved", "handed_over", "died", "merged", "mistake")


def keep_days(why: str) -> int:
    """Days for which a row closed for `why` is kept."""
    days = {
        "moved": settings.PEOPLE_KEEP_MOVED_DAYS,
        "died": settings.PEOPLE_KEEP_DIED_DAYS,
    }.get(why, FLOOR)
    return max(FLOOR, int(days))


def emptied_on(why: str, ended_on: date) -> date:
    """The first day on which it is kept no longer."""
    return ended_on + timedelta(days=keep_days(why))


def ended_before(why: str, today: date) -> date:
    """Rows closed for `why` on this day or earlier are past their time today."""
    return today - timedelta(days=keep_days(why))
