"""As what somebody is behind a door (居住情况): from the words of 居住类型, 人户状态, 是否居住 and the relation to the head. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, TypeVar

from django.utils.translation import gettext as _

from shequtong.interchange.people_in import fields
from shequtong.interchange.people_in.cells import BadCell, day_of, flag_of, id_of, name_of, plain_of
from shequtong.interchange.people_in.table import Cell
from shequtong.people import codes
from shequtong.people.models import HEAD

# The first word that stands in the cell decides: kind, whether they live there (None: not told).
_KINDS: Final[tuple[tuple[str, str, bool | None], ...]] = (
    ("空挂", "registered", False),
    ("挂户", "registered", False),
    ("户在人不在", "registered", False),
    ("仅户籍", "registered", False),
    ("不住", "owner", False),
    ("不居住", "owner", False),
    ("出租业主", "owner", False),
    ("房东", "owner", False),
    ("出租", "owner", False),
    ("空置", "owner", False),
    ("借住", "lodger", None),
    ("寄住", "lodger", None),
    ("寄居", "lodger", None),
    ("寄宿", "lodger", None),
    ("暂住", "temporary", None),
    ("临时", "temporary", None),
    ("租", "tenant", None),
    ("自有", "owner", None),
    ("自住", "owner", None),
    ("业主", "owner", None),
    ("产权", "owner", None),
    ("房主", "owner", None),
    ("购房", "owner", None),
    ("家属", "family", None),
    ("家庭", "family", None),
    ("同住", "family", None),
    ("常住", "family", None),
)
# 人户状态: kind, lives, registered
_STATES: Final = {
    "01": ("", True, True),
    "02": ("registered", False, True),
    "03": ("", True, False),
    "04": ("", True, False),
    "05": ("registered", False, True),
    "06": ("owner", False, False),
    "07": ("registered", False, True),
}
_SELF = "01"
_T = TypeVar("_T")


@dataclass(frozen=True)
class Residing:
    """As `Incoming` wants it."""

    kind: str = "family"
    lives: bool = True
    registered: bool = False
    relation: str = ""
    head: str = ""
    since: date | None = None


def residing(told: Callable[[str], Cell], at: Mapping[str, int], wrong: dict[int, str], today: date) -> Residing | None:
    """What the cells say; what is wrong with one is put into `wrong` by its column."""

    def read(target: str, rule: Callable[[Cell], _T]) -> _T | None:
        try:
            return rule(told(target))
        except BadCell as refusal:
            wrong[at[target]] = str(refusal)
            return None

    before = len(wrong)
    kind, lives_so = read(fields.KIND, _kind) or ("", None)
    state = codes.understood("register_state", plain_of(told("register_state"))) or ""
    by_state, state_lives, registered = _STATES.get(state, ("", None, False))
    said = read(fields.LIVES, flag_of)
    lives = next((one for one in (said, lives_so, state_lives) if one is not None), True)
    relation = read(fields.RELATION, _relation) or ""
    head = read(fields.HEAD_ID, id_of) or read(fields.HEAD_NAME, name_of) or ""
    since = read(fields.SINCE, lambda cell: day_of(cell, today=today))
    if len(wrong) > before:
        return None
    kind = kind or by_state or ("family" if lives else "registered")
    return Residing(kind, lives, registered or kind == "registered", relation, head, since)


def _kind(cell: Cell) -> tuple[str, bool | None]:
    words = plain_of(cell)
    return _kind_in(words) if words else ("", None)


@lru_cache(maxsize=512)
def _kind_in(words: str) -> tuple[str, bool | None]:
    for word, kind, lives in _KINDS:
        if word in words:
            return kind, lives
    raise BadCell(_("This word is not known here. Known are: %(words)s.") % {"words": "自有、租住、家属、借住、暂住、空挂"})


def _relation(cell: Cell) -> str:
    """By GB/T 4761; who is the head himself, 本人, is the head."""
    found = codes.understood("relation", plain_of(cell))
    if found is None:
        raise BadCell(
            _("This relation is not known here. Known are: %(words)s.") % {"words": "户主、配偶、子、女、父亲、母亲、其他"}
        )
    return HEAD if found == _SELF else found
