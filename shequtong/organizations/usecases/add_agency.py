"""Add an agency (新增职能部门)."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.organizations import permissions
from shequtong.organizations.models import Agency
from shequtong.organizations.stations import REVISION


class CannotAddAgency(Refusal):
    """No name, or a code that is taken or not allowed."""


@transaction.atomic
def add_agency(*, code: str, name: str, by: Actor, now: datetime, name_en: str = "") -> Agency:
    """`code` is what the duty list and imports name it by, e.g. urban_management; it never changes."""
    agency = Agency(code=code, name=name, name_en=name_en)
    by.require(permissions.MANAGE_AGENCIES, agency)
    if not name.strip() or not re.fullmatch("[a-z][a-z0-9_]{1,29}", code):
        raise CannotAddAgency(_("An agency needs a name, and a code of small letters, digits and underscores."))
    if Agency.objects.filter(code=code).exists():
        raise CannotAddAgency(_("The code %(code)s is taken.") % {"code": code})

    agency.save(force_insert=True)
    log.record("organizations.agency_added", agency, by=by, at=now, code=code)
    held.changed(REVISION)
    return agency
