"""What the authenticator apps of the demo's administrators show now (演示用动态口令), since no visitor has their phones."""

from datetime import datetime
from typing import NamedTuple

from shequtong.access.usecases.make_administrator import ADMINISTRATORS
from shequtong.accounts import totp
from shequtong.accounts.models import TotpSecret


class AppCode(NamedTuple):
    """An administrator's app: the code of this moment, whether it was taken already, and for how many seconds it is shown."""

    login: str
    code: str
    taken: bool
    seconds: int


def codes_now(now: datetime) -> list[AppCode]:
    """One line an administrator who has an app. For the demo alone; one statement."""
    step = totp.step_at(now)
    rows = TotpSecret.objects.filter(account__username__in=ADMINISTRATORS).select_related("account").order_by("account_id")
    left = totp.STEP - int(now.timestamp()) % totp.STEP
    return [AppCode(row.account.username, totp.code_of(row.secret.reveal(), step), row.last_step >= step, left) for row in rows]
