"""Show one's own (本人查看): what is held of oneself in full, after the last six places of one's document; the look is logged as anybody's."""

from datetime import datetime

from django.utils.translation import gettext as _

from shequtong.accounts.models import Account
from shequtong.audit.reveal import REVEALED
from shequtong.audit.security import note
from shequtong.core.actors import Actor
from shequtong.people import permissions
from shequtong.people.models import AccountLink, Person
from shequtong.people.usecases._links import LOOKS_A_DAY, count_try, tail_fits


def show_own(*, link: AccountLink, tail: str, how: str, by: Actor, now: datetime, again: bool = False) -> bool:
    """Whether it may be shown: `how` is seen, printed or copied. In no transaction. Raises TooManyTries, Forbidden.

    `again`: the form was sent twice; nothing is counted or logged anew. Three statements.
    """
    by.require(permissions.OWN, link)
    if not again:
        phone = Account.objects.get(pk=link.linked_account_id).phone
        count_try("regshow", LOOKS_A_DAY, account_id=link.linked_account_id, phone=phone.reveal() if phone else "", now=now)
    if not tail_fits(link.person, tail):
        return False
    if not again:
        note(
            REVEALED,
            what=f"people.own.{how}",
            by=by,
            subdistrict_id=link.subdistrict_id,
            object_kind=Person._meta.label,
            object_id=link.person_id,
            reason=_("By the person themself"),
            now=now,
        )
    return True
