"""Hot issues at the desk (热点问题): what is told at one place far more often of late than chance explains; each opens its cases."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.catalogue import catalogue
from shequtong.cases.lookups.hot import issues_of, looked_at, sees_ground
from shequtong.cases.lookups.roots import standing_for
from shequtong.cases.models import HotIssue
from shequtong.cases.shown import class_name
from shequtong.core.actors import Facts
from shequtong.core.refusals import Forbidden


@require_GET
@for_staff(permissions.VIEW)
def desk_hot(request: ActorRequest) -> HttpResponse:
    """Those of the ground the post sees whole. Three statements."""
    if not sees_ground(request.actor):
        raise Forbidden(permissions.VIEW)
    look, issues = looked_at(request.actor), issues_of(request.actor)
    roots, leads = standing_for(issues), request.actor.reach(permissions.LEAD_ROOT).of_post
    rows = [
        issue_shown(one)
        | {"root": roots.get((one.case_class_id, one.place)), "may_open": leads.covers(Facts(one.subdistrict_id, one.place_path))}
        for one in issues
    ]
    context = {"rows": rows, "looked_at": look.looked_at if look else None}
    return render(request, "cases/desk/hot.html", context)


def issue_shown(issue: HotIssue) -> dict[str, Any]:
    """A row: what, where, how many beside how many were to be expected, and the address of its cases."""
    return {
        "issue": issue,
        "class_name": class_name(catalogue().classes[issue.case_class_id]),
        "times": round(issue.recent / issue.expected, 1) if issue.expected else None,
        "url": reverse("cases:desk-queue") + "?" + urlencode({"stage": "all", "issue": issue.pk}),
    }
