"""What a sealed attribute reads as (封存值): everything Python does by itself with it gives the mask; only `reveal()` gives the text."""

import hmac
import logging
from dataclasses import dataclass
from typing import Any, NoReturn

from django.utils.functional import Promise
from django.utils.translation import gettext

from shequtong.core.sealed.ciphers import SealError, seal, unseal
from shequtong.core.sealed.masks import HIDDEN, MASKS

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Column:
    """A sealed column: what its values are bound to ("cases.reporter.phone"), and how they are masked."""

    name: str
    mask: str

    def associated(self, row: str) -> str:
        """Associated data of the value in row `row`: a value copied to another row or column does not open."""
        return f"{self.name}|{row}"


class Sealed(Promise):
    """One sealed value: a token read from its row, or a text that was assigned and is not saved yet.

    `str()`, `repr()`, `format()`, templates and Django's JSON give the mask; plain `json.dumps` and pickling an unsaved value refuse.
    Truth is "not empty". It equals another that holds the same token, and a str only when both are empty: use `matches`.
    A Promise, because Django renders those by `str()` and asks before it stores one in an ordinary column (refused here).
    """

    __slots__ = ("_assigned", "_column", "_plain", "_row", "_token")

    def __init__(self, column: Column, *, row: str | None = None, token: str | None = None, plain: str | None = None) -> None:
        self._column, self._row, self._token, self._plain = column, row, token, plain
        self._assigned = token is None

    @property
    def column(self) -> Column:
        return self._column

    @property
    def row(self) -> str | None:
        """The id of the row it was read from or sealed for; None for `values()` and before the first save."""
        return self._row

    @property
    def token(self) -> str | None:
        """What the database holds; None when not sealed yet."""
        return self._token

    @property
    def assigned(self) -> bool:
        """Whether it came by assignment and not from the database, so that its hash is to be made anew."""
        return self._assigned

    def reveal(self) -> str:
        """The plain text. The caller has a reason for it and logs it. Raises SealError when it does not open."""
        if not self:
            return ""
        if self._plain is None:
            if self._row is None:
                raise SealError(
                    f"a value of {self._column.name} without its row (values(), values_list()) cannot be opened: load the object"
                )
            self._plain = unseal(self._token or "", self._column.associated(self._row))
        return self._plain

    @property
    def masked(self) -> str:
        """What a page may show. Never raises: a value that does not open is shown as unreadable and logged without its content."""
        if not self:
            return ""
        if self._plain is None and self._row is None:
            return HIDDEN
        try:
            return MASKS[self._column.mask](self.reveal())
        except SealError as error:
            logger.error("%s of row %s cannot be opened: %s", self._column.name, self._row, error)
            return gettext("unreadable")

    def matches(self, plain: str) -> bool:
        """Whether the content is `plain`, compared in constant time."""
        return hmac.compare_digest(self.reveal().encode(), plain.encode())

    def bound_to(self, row: str) -> "Sealed":
        """The same content as the value of row `row`; it opens only if it was sealed for that row."""
        return Sealed(self._column, row=row, token=self._token, plain=self._plain if self._token is None else None)

    def sealed_for(self, column: Column, row: str) -> "Sealed":
        """This value as it is stored in `row` of `column`: itself when it already is, else its content sealed for there."""
        if self._token is not None and self._column.name == column.name and self._row == row:
            return self
        plain = self.reveal()
        token = seal(plain, column.associated(row)) if plain else ""
        sealed = Sealed(column, row=row, token=token, plain=plain)
        sealed._assigned = True
        return sealed

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"<Sealed {self.masked}>"

    def __format__(self, spec: str) -> str:
        return format(self.masked, spec)

    def __bool__(self) -> bool:
        return bool(self._token or self._plain)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Sealed):
            return self._content() == other._content()
        return not other and not self if isinstance(other, str) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._content()) if self else hash("")

    def __deepcopy__(self, memo: dict[int, Any]) -> "Sealed":
        return self  # nothing can change in it

    def __copy__(self) -> "Sealed":
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        if self._token is None and self._plain:
            raise TypeError(f"an unsaved value of {self._column.name} is not pickled: it would leave its text in a cache or file")
        return _restore, (self._column, self._row, self._token)

    def _proxy____cast(self) -> NoReturn:
        raise TypeError(f"a value of {self._column.name} does not go into a column that is not sealed")

    def _content(self) -> tuple[str, ...]:
        if not self:
            return ()
        return ("token", self._token) if self._token is not None else ("plain", self._plain or "")


def _restore(column: Column, row: str | None, token: str | None) -> Sealed:
    return Sealed(column, row=row, token=token)
