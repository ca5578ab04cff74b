"""Say which role does which function in a subdistrict (调整职能分工). Called by whoever publishes the flow of the place."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.access import permissions
from shequtong.access.functions import REVISION, mappable, unknown_roles
from shequtong.access.models import FunctionRole
from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.territory.models import Unit


class CannotSetFunctions(Refusal):
    """A permission that is not a place's to give, a role there is not, or nobody at all."""


@transaction.atomic
def set_functions(*, street: Unit, functions: Mapping[str, Sequence[str]], by: Actor, now: datetime) -> bool:
    """Put `functions` (permission → roles) in place of what the subdistrict of `street` had; True when anything changed.

    Permissions that are not named go back to config/roles.py. Raises CannotSetFunctions, Forbidden.
    """
    by.require(permissions.MAP_FUNCTIONS, street)
    for permission, codes in functions.items():
        if permission not in mappable():
            raise CannotSetFunctions(_("“%(name)s” cannot be given to roles by a subdistrict.") % {"name": permission})
        if not codes:
            raise CannotSetFunctions(_("“%(name)s” must be given to one role at least.") % {"name": permission})
        if unknown := unknown_roles(codes):
            raise CannotSetFunctions(_("There is no role “%(name)s” that could do this.") % {"name": unknown[0]})
    wanted = {(permission, code) for permission, codes in functions.items() for code in codes}
    held.changed(REVISION)  # one at a time: its row is locked until the end
    rows = FunctionRole.objects.filter(subdistrict=street.subdistrict_id)
    there = {(row.permission, row.role): row.pk for row in rows}
    if wanted == there.keys():
        return False
    rows.filter(pk__in=[pk for key, pk in there.items() if key not in wanted]).delete()
    FunctionRole.objects.bulk_create(
        [
            FunctionRole(subdistrict_id=street.subdistrict_id, permission=permission, role=code)
            for permission, code in sorted(wanted - there.keys())
        ]
    )
    told = {permission: sorted(set(codes)) for permission, codes in sorted(functions.items())}
    log.record("access.functions_set", street, by=by, at=now, functions=told)
    held.changed(REVISION)
    return True
