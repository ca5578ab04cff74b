"""Keep a guide (保存引导进度): where in a guide of the platform somebody stands, so that it goes on there on any device."""

from datetime import datetime

from django.db import transaction

from shequtong.accounts.models import Account
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden

KNOWN = 0  # the step of who wants to see no more of it
MOST, LONGEST_NAME, LAST_STEP = 50, 40, 99


@transaction.atomic
def keep_guide(*, guide: str, step: int, by: Actor, now: datetime) -> int:
    """The step now kept, within what a guide may have; doing it twice changes nothing. No trace: it is nobody's business. Raises Forbidden."""
    if by.account_id is None or not 1 <= len(guide) <= LONGEST_NAME:
        raise Forbidden("accounts.guide", "accounts.Account")
    own = Account.objects.select_for_update().only("guides").get(pk=by.account_id)
    kept = {name: at for name, at in own.guides.items() if name != guide}
    wanted = min(max(step, KNOWN), LAST_STEP)
    own.guides = dict(list(kept.items())[1 - MOST :]) | {guide: wanted}
    own.save(update_fields=["guides"])
    return wanted
