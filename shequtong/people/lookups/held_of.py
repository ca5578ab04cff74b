"""What concerns a person in their own record (本人记录): who looked and why, what they asked, what they agreed to, whose account is linked."""

from datetime import datetime

from shequtong.audit.models import SecurityEvent
from shequtong.audit.reveal import REVEALED
from shequtong.core.places import places
from shequtong.people.models import AccountLink, Consent, ExportRequest, Person, RightsRequest

LOOKS = 50  # the latest; a copy has them all


def link_of_account(account_id: int | None) -> AccountLink | None:
    """The live link of an account with its person, home loaded. One statement, none for nobody."""
    if account_id is None:
        return None
    rows = AccountLink.objects.within(*(place.number for place in places())).live().filter(linked_account_id=account_id)
    return rows.select_related("person__room__entrance__building__compound").first()


def link_of_person(person: Person) -> AccountLink | None:
    """The live link of a person. One statement."""
    return AccountLink.objects.within(person.subdistrict_id).live().filter(person=person).first()


def looks_at(person: Person, most: int = LOOKS, since: datetime | None = None) -> list[SecurityEvent]:
    """Who has seen a protected value of this person, the latest first. One statement along an index."""
    rows = SecurityEvent.objects.filter(
        subdistrict=person.subdistrict_id, object_id=person.pk, object_kind=Person._meta.label, kind=REVEALED
    )
    if since is not None:
        rows = rows.filter(at__gte=since)
    return list(rows.order_by("-at")[:most])


def lists_over(person: Person, most: int = 20) -> list[ExportRequest]:
    """Lists in clear that were made of the place where the person lies: they may name them. One statement along an index."""
    rows = ExportRequest.objects.within(person.subdistrict_id).filter(in_clear=True, state=ExportRequest.State.USED)
    return [row for row in rows.defer("listed").order_by("-asked_at")[: most * 10] if person.grid_path.startswith(row.path)][
        :most
    ]


def asked_of(person: Person, most: int = 50) -> list[RightsRequest]:
    """What was asked about this person, the latest first. One statement."""
    rows = RightsRequest.objects.within(person.subdistrict_id).filter(person=person)
    return list(rows.order_by("-asked_at", "-id")[:most])


def consents_of(person: Person) -> dict[str, Consent]:
    """The latest consent of each group, withdrawn or not. One statement."""
    rows = Consent.objects.filter(subdistrict=person.subdistrict_id, person=person).order_by("given_at", "id")
    return {row.group: row for row in rows}
