"""Who acts, and how far they reach (行为人与可及范围). Areas below `access` know an actor only by this protocol."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from django.db.models import Q

from shequtong.core.refusals import Forbidden

# A unit path is made of segments that end with "/"; "0" is the character after "/", so a subtree is a range.
_SEGMENT_END, _AFTER_SEGMENT_END = "/", "0"


def subtree(path: str) -> tuple[str, str]:
    """The half-open range [from, to) of unit paths at or under `path` (bytewise order)."""
    return path, path[:-1] + _AFTER_SEGMENT_END if path else "\U0010ffff"


@dataclass(frozen=True)
class Grant:
    """One stretch of reach: in `subdistrict` (storage number), all under `path`, or only what is `station`'s.

    `path` "" with `station` None is the whole subdistrict.
    """

    subdistrict: int
    path: str = ""
    station: int | None = None


@dataclass(frozen=True)
class Facts:
    """What decides whether an object is within reach: where it lies, whose it is, who told it."""

    subdistrict: int
    path: str = ""
    stations: frozenset[int] = frozenset()
    reporter_account: int | None = None
    object_id: int | None = None


class HasFacts(Protocol):
    """An object that can be reached says its facts."""

    def reach_facts(self) -> Facts:
        """Where it lies, whose it is, who told it."""


@dataclass(frozen=True)
class ReachColumns:
    """Which columns of a model hold the facts. `party(subdistrict, station)` gives the condition for a station's part."""

    path: str
    party: Callable[[int, int], Q]
    reporter_account: str | None = None


@dataclass(frozen=True)
class Reach:
    """All an actor may touch with one permission; `condition` and `covers` are the same rule, in SQL and in Python."""

    grants: tuple[Grant, ...] = ()
    own_account: int | None = None
    held: frozenset[int] = field(default_factory=frozenset)
    everything: bool = False

    @property
    def subdistricts(self) -> tuple[int, ...]:
        """The storage numbers the grants lie in, sorted: every list is filtered by them (one shard where there is one)."""
        return tuple(sorted({grant.subdistrict for grant in self.grants} | {held >> 46 for held in self.held}))

    @property
    def of_post(self) -> "Reach":
        """What the post in use gives, without what one told oneself or holds the key of."""
        return replace(self, own_account=None, held=frozenset())

    def condition(self, columns: ReachColumns) -> Q:
        """The reach as a filter. An actor without any reach gets a condition that matches nothing."""
        if self.everything:
            return Q()
        found = Q(pk__in=sorted(self.held)) if self.held else Q(pk__in=[])
        for grant in self.grants:
            here = Q(subdistrict=grant.subdistrict)
            if grant.station is not None:
                here &= columns.party(grant.subdistrict, grant.station)
            elif grant.path:
                start, end = subtree(grant.path)
                here &= Q(**{f"{columns.path}__gte": start, f"{columns.path}__lt": end})
            found |= here
        if self.own_account is not None and columns.reporter_account:
            found |= Q(**{columns.reporter_account: self.own_account})
        return found

    def covers(self, facts: Facts) -> bool:
        """Whether one object lies within the reach."""
        if self.everything or facts.object_id in self.held:
            return True
        if self.own_account is not None and facts.reporter_account == self.own_account:
            return True
        return any(
            grant.subdistrict == facts.subdistrict
            and (grant.station in facts.stations if grant.station is not None else facts.path.startswith(grant.path))
            for grant in self.grants
        )


class Actor(Protocol):
    """Who does something: an account with one appointment, a resident, someone with a case key, or the system."""

    @property
    def account_id(self) -> int | None:
        """The login, None for anonymous and system actors."""

    @property
    def name(self) -> str:
        """The name shown beside what was done, as it is at this time."""

    @property
    def post(self) -> str:
        """The post it was done from (role and place), "" for residents."""

    @property
    def appointment_id(self) -> int | None:
        """The appointment in use, None without one."""

    @property
    def home(self) -> int:
        """Storage number of the subdistrict that the actor's own rows go to; 0 is the installation."""

    def may(self, permission: str) -> bool:
        """Whether the permission is held at all, whatever the object."""

    def reach(self, permission: str) -> Reach:
        """All that may be touched with this permission."""

    def require(self, permission: str, thing: HasFacts) -> None:
        """Raise Forbidden unless `thing` lies within the reach of `permission`."""


@dataclass(frozen=True)
class SystemActor:
    """A named job of the platform itself (worker, import, demo). It reaches everything; its name stands in every trace."""

    name: str
    home: int = 0
    post: str = ""
    account_id: int | None = None
    appointment_id: int | None = None

    def may(self, permission: str) -> bool:
        return True

    def reach(self, permission: str) -> Reach:
        return Reach(everything=True)

    def require(self, permission: str, thing: HasFacts) -> None:
        return None


def same_hand(by: Actor, account_id: int | None, name: str) -> bool:
    """Whether `by` did what stands under this account and name: nobody judges their own work. Another system has no account and is known by its name."""
    return by.account_id == account_id and (account_id is not None or by.name == name)


def require_covered(actor: Actor, permission: str, thing: HasFacts) -> None:
    """The one way `require` decides: covered by the reach, else Forbidden (which tells no more than "not found")."""
    facts = thing.reach_facts()
    if not actor.reach(permission).covers(facts):
        raise Forbidden(permission, type(thing).__name__, facts.object_id)
