"""The holder of an account (账号本人) as actor of what they do to their own login, before `access` has built their actor."""

from dataclasses import dataclass

from shequtong.accounts.models import Account
from shequtong.core.actors import HasFacts, Reach, require_covered
from shequtong.core.locality import INSTALLATION


@dataclass(frozen=True)
class Holder:
    """Holds no permission; its name and id stand in the trace."""

    account_id: int
    name: str
    post: str = ""
    appointment_id: int | None = None
    home: int = INSTALLATION

    def may(self, permission: str) -> bool:
        """Nothing beyond one's own login."""
        return False

    def reach(self, permission: str) -> Reach:
        """Nothing."""
        return Reach()

    def require(self, permission: str, thing: HasFacts) -> None:
        """Always Forbidden."""
        require_covered(self, permission, thing)


def holder_of(account: Account) -> Holder:
    """The actor that `account` itself is."""
    return Holder(account_id=account.pk, name=str(account))
