"""What a key of another system may do by the typed API (接口权限): five words, given one by one. Pure."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

READ = "read"  # cases as headers: class, stage, place, clock; standards, units and stations
WORDS = "words"  # what was told, where exactly, and what staff noted at each step
REPORTER = "reporter"  # name and telephone, one case at a time, with a reason, logged
CREATE = "create"  # open cases
MOVE = "move"  # make moves as a post

LABELS: dict[str, Promise] = {
    READ: _("Read cases: class, stage, place and clock"),
    WORDS: _("Read what was told, the exact place and the notes of each step"),
    REPORTER: _("Read who reported a case; each look is logged with its reason"),
    CREATE: _("Take in new cases"),
    MOVE: _("Make moves as a post"),
}
ALL = tuple(LABELS)


def parse(stored: str) -> frozenset[str]:
    """Rights as they are stored, by commas; what is not known any more gives nothing."""
    return frozenset(stored.split(",")) & frozenset(ALL)


def stored(rights: frozenset[str]) -> str:
    """The same as a column, in the order of the list."""
    return ",".join(one for one in ALL if one in rights)
