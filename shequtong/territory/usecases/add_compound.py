"""Add a compound (登记小区)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.core.pinyin import pinyin_key
from shequtong.core.refusals import Refusal
from shequtong.territory import permissions
from shequtong.territory.models import Compound, Unit


class CannotAddCompound(Refusal):
    """No name, a name taken in its community, or a unit that is no community."""


@transaction.atomic
def add_compound(*, name: str, community_id: int, by: Actor, now: datetime, street: str = "", house_no: str = "") -> Compound:
    """A compound of a community; `street` and `house_no` are those of its gate. 4 statements."""
    community = Unit.objects.select_for_update(of=("self",)).get(pk=community_id)
    by.require(permissions.MANAGE_DWELLINGS, community)
    if community.kind != Unit.Kind.COMMUNITY or community.ended_at is not None or not name.strip():
        raise CannotAddCompound(_("A compound needs a name and a standing community."))
    if Compound.objects.within(community.subdistrict_id).filter(unit=community, name=name, ended_at__isnull=True).exists():
        raise CannotAddCompound(
            _("There is a compound %(name)s in %(community)s already.") % {"name": name, "community": community.name}
        )

    compound = Compound.objects.create(
        subdistrict_id=community.subdistrict_id,
        name=name,
        pinyin=pinyin_key(name),
        unit=community,
        unit_path=community.path,
        street=street,
        house_no=house_no,
    )
    log.record("territory.compound_added", compound, by=by, at=now, unit=community.code)
    return compound
