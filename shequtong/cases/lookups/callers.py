"""What was told with a telephone (来电人的事项): by who told it and by who joined it, found by the keyed hash of the number."""

from django.db.models import Q

from shequtong.accounts.models import Account
from shequtong.cases import permissions
from shequtong.cases.models import Case, Joined, Reporter
from shequtong.cases.models.reporter import PHONE_DOMAIN
from shequtong.core.actors import Actor
from shequtong.core.sealed import hashes_of

MOST_TOLD = 50


def told_by_number(actor: Actor, phone: str, most: int = MOST_TOLD) -> list[Case]:
    """Cases whose reporter's contact `actor` may see, told with this normalised number or by its account, the newest first. Four statements."""
    places = actor.reach(permissions.VIEW_CONTACT).of_post.subdistricts
    if not places:
        return []
    account = Account.objects.with_phone(phone)
    hashed = Reporter.objects.filter(subdistrict__in=places, phone_hash__in=hashes_of(PHONE_DOMAIN, phone))
    reporters = list(hashed.order_by("-id").values_list("pk", flat=True)[: 4 * most])
    theirs = Q(reporter__in=reporters) | (Q(account_id=account.pk) if account else Q())
    joined = list(
        Joined.objects.filter(theirs, subdistrict__in=places, ended_at__isnull=True).values_list("case_id", flat=True)[:most]
    )
    told = Q(reporter__in=reporters) | Q(pk__in=joined)
    if account:
        told |= Q(reporter_account_id=account.pk)
    rows = Case.objects.within(*places).filter(told).within_post(actor, permissions.VIEW_CONTACT)
    return list(rows.select_related("reporter").order_by("-received_at", "-id")[:most])
