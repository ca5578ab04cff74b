"""Who is on duty at each station of the street (值班一览), for an office that dispatches at night."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from shequtong.access.request import ActorRequest
from shequtong.cases.shown import station_name
from shequtong.organizations import permissions
from shequtong.organizations.duty import next_on_duty, on_duty
from shequtong.organizations.stations import stations_of_subdistrict


def duty_board(request: ActorRequest, now: datetime) -> HttpResponse:
    """Each station within reach with who is on duty now and next. No statement when warm."""
    reach = request.actor.reach(permissions.VIEW_DUTY)
    of_street = [one for number in reach.subdistricts for one in stations_of_subdistrict(number)]
    stations = [one for one in of_street if reach.covers(one.reach_facts())]
    ids = [one.id for one in stations]
    there, coming = on_duty(ids, now), next_on_duty(ids, now)
    rows = [
        {
            "station": one,
            "name": station_name(one),
            "url": f"{reverse('pages:duty')}?station={one.id}",
            "now": [name for _account, name in there.get(one.id, [])],
            "next": coming.get(one.id),
        }
        for one in stations
    ]
    return render(request, "pages/desk/duty_board.html", {"rows": rows})
