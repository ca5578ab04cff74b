"""Keep a table of people (收下人口表): its headings with a guess for each column; nothing is imported before somebody looks at them."""

from datetime import datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden
from shequtong.interchange.models import PeopleMapping, PeopleTable
from shequtong.interchange.people_in.mapping import guessed, signature
from shequtong.interchange.people_in.received import Received
from shequtong.people import permissions


@transaction.atomic
def keep_people_table(
    *, read: Received, by: Actor, now: datetime, subdistrict: int | None = None, blob_id: int | None = None
) -> PeopleTable:
    """The table in the actor's own subdistrict unless said. `blob_id`: its sealed bytes; None where a command reads them again. Raises Forbidden."""
    if not by.may(permissions.IMPORT):
        raise Forbidden(permissions.IMPORT, "PeopleTable")
    place = by.home if subdistrict is None else subdistrict
    office, names = office_of(by, place), read.head.names
    same = PeopleMapping.objects.filter(subdistrict=place, office=office, signature=signature(names)).first()
    table = PeopleTable.objects.create(
        subdistrict_id=place,
        file_name=read.name[-120:],
        digest=read.digest,
        blob_id=blob_id,
        account_id=by.account_id,
        office=office,
        head_row=read.head.row,
        names=list(names),
        targets=[guess.target for guess in guessed(names, read.samples, same.targets if same else ())],
        sent_at=now,
        moved_at=now,
    )
    log.record("interchange.people_table_sent", table, by=by, at=now, digest=table.digest)
    return table


def office_of(by: Actor, place: int) -> str:
    """The path of the unit in which the actor may import there; "" where it is all."""
    grants = by.reach(permissions.IMPORT).of_post.grants
    return next((grant.path for grant in grants if grant.subdistrict == place), "")
