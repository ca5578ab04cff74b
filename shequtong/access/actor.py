"""The actors that people are (行为人): somebody signed in with one post in use, or nobody in particular with the keys of cases."""

from dataclasses import dataclass, field, replace

from shequtong.access import roles
from shequtong.access.posts import Post
from shequtong.core.actors import Actor, HasFacts, Reach, require_covered
from shequtong.core.locality import INSTALLATION

NO_REACH = Reach()


@dataclass(frozen=True)
class AccountActor:
    """An account acting in one of its posts, or as a resident. Rights come from that one post alone; one's own cases from none."""

    account_id: int
    name: str
    in_use: Post | None = None
    posts: tuple[Post, ...] = ()
    held: frozenset[int] = field(default_factory=frozenset)
    is_signed_in: bool = True

    @property
    def post(self) -> str:
        """Role and place as they are recorded; "" for residents."""
        return self.in_use.recorded_label if self.in_use else ""

    @property
    def appointment_id(self) -> int | None:
        """The appointment in use."""
        return self.in_use.appointment_id if self.in_use else None

    @property
    def home(self) -> int:
        """The subdistrict of the post in use; the installation for residents."""
        return self.in_use.subdistrict if self.in_use else INSTALLATION

    def may(self, permission: str) -> bool:
        """Whether the permission is held at all: in this post, or on one's own cases."""
        return permission in roles.table().resident or (self.in_use is not None and bool(self.in_use.role.scopes_of(permission)))

    def reach(self, permission: str) -> Reach:
        """The reach of the post in use, and of one's own cases."""
        found = self.in_use.reach(permission) if self.in_use else NO_REACH
        if permission in roles.table().resident:
            found = replace(found, own_account=self.account_id, held=self.held)
        return found

    def require(self, permission: str, thing: HasFacts) -> None:
        """Raise Forbidden unless `thing` lies within the reach."""
        require_covered(self, permission, thing)


@dataclass(frozen=True)
class AnonymousActor:
    """Nobody in particular. May do what anyone may, and on the cases whose keys were shown in this session what their reporter may."""

    held: frozenset[int] = field(default_factory=frozenset)
    account_id: int | None = None
    name: str = ""
    post: str = ""
    appointment_id: int | None = None
    home: int = INSTALLATION
    in_use: Post | None = None
    posts: tuple[Post, ...] = ()
    is_signed_in: bool = False

    def may(self, permission: str) -> bool:
        """What anyone may (a report needs no sign-in: `may` is asked, there is no object yet), or with a key in hand."""
        known = roles.table()
        return permission in known.anyone or (bool(self.held) and permission in known.resident)

    def reach(self, permission: str) -> Reach:
        """The cases whose keys are in hand."""
        return Reach(held=self.held) if permission in roles.table().resident else NO_REACH

    def require(self, permission: str, thing: HasFacts) -> None:
        """Raise Forbidden unless `thing` is one whose key is in hand."""
        require_covered(self, permission, thing)


def role_of(by: Actor) -> str | None:
    """Code of the role somebody acts in: of the post in use, or the one another system's key was given; None for residents and jobs."""
    role = by.in_use.role if isinstance(by, AccountActor) and by.in_use else getattr(by, "role", None)
    return role.code if isinstance(role, roles.Role) else None
