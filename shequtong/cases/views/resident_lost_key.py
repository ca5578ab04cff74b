"""The key was lost (查询码丢失): who proves by a code that a telephone is theirs opens what was told with it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shequtong.access.request import ActorRequest, hold_case
from shequtong.cases.catalogue import catalogue
from shequtong.cases.chosen_place import served
from shequtong.cases.lookups import told_with
from shequtong.cases.shown import class_name
from shequtong.cases.views.resident_shown import public_stage


@never_cache
@require_GET
def lost_key(request: ActorRequest) -> HttpResponse:
    """Signed in, the number of the account is the proof: it was entered by a code sent there. One statement, and the session."""
    account = request.user if request.user.is_authenticated else None
    # Of staff the administrators enter the number: it proves nothing.
    phone = account.phone if account is not None and not account.is_staff_member else None
    cases = told_with(phone.reveal(), served()) if phone else []
    for case in cases:
        hold_case(request, case.pk)
    context = {
        "signed_in": account is not None,
        "phone": phone.masked if phone else "",
        "rows": [
            {"case": case, "kind_name": class_name(catalogue().classes[case.case_class_id]), "stage": public_stage(case)}
            for case in cases
        ],
    }
    response = render(request, "cases/resident/lost_key.html", context)
    response["Cache-Control"] = "no-store"
    return response
