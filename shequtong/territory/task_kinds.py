"""What the territory can be asked to do outside a request (后台任务): a change of grids."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from shequtong.tasks.kinds import Kind, Outcome, Run
from shequtong.territory import permissions
from shequtong.territory.usecases.ask_regridding import REGRID
from shequtong.territory.usecases.regrid_community import regrid_community


def _regrid(run: Run) -> Outcome:
    """All of it in one transaction: killed at any point it leaves nothing, done again it finds itself done."""
    run.progress(0, 1)
    row = regrid_community(regridding_id=int(run.params["regridding"]), by=run.actor, now=run.now)
    run.progress(1, 1)
    n = row.counts["buildings"]
    told = ngettext("%(n)s building moved to another grid.", "%(n)s buildings moved to another grid.", n) % {"n": n}
    link = reverse("pages:grids-change", args=[row.community_id, row.pk])
    return Outcome(f"{_('The new grids hold.')} {told}", link=link)


KINDS = (Kind(REGRID, gettext_lazy("Change of grids"), _regrid, permission=permissions.MANAGE_UNITS),)
