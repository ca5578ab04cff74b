"""Addresses of pages that show several areas; the demo's telephone has one in the demo only."""

from django.conf import settings
from django.urls import URLPattern, path

from shequtong.pages.views import (
    app,
    board,
    boundary_import,
    demo,
    desk,
    duty,
    people,
    people_changes,
    resident,
    search,
    station_changes,
    stations,
    tasks,
    units,
)

app_name = "pages"

urlpatterns: list[URLPattern] = [
    path("", resident.home, name="home"),
    path("privacy/", resident.privacy, name="privacy"),
    path("app.webmanifest", app.app, name="app"),
    path("worker.js", app.worker, name="worker"),
    path("offline/", app.offline, name="offline"),
    path("desk/", desk.workbench, name="workbench"),
    path("desk/keys/", desk.keys, name="keys"),
    path("board/", board.board, name="board"),
    path("board/piece/", board.board_piece, name="board-piece"),
    path("board/cases.geojson", board.board_map, name="board-map"),
    path("board/day/", board.board_day, name="board-day"),
    path("desk/search/", search.search, name="search"),
    path("desk/duty/", duty.duty, name="duty"),
    path("desk/duty/copy/", duty.duty_copy, name="duty-copy"),
    path("desk/duty/<int:shift_id>/remove/", duty.duty_remove, name="duty-remove"),
    path("desk/people/", people.people, name="people"),
    path("desk/people/new/", people_changes.person_new, name="person-new"),
    path("desk/people/account/", people_changes.account_new, name="account-new"),
    path("desk/people/<int:appointment_id>/", people.person, name="person"),
    path("desk/people/<int:appointment_id>/deputy/", people_changes.person_deputy, name="person-deputy"),
    path("desk/people/<int:appointment_id>/end/", people_changes.person_end, name="person-end"),
    path("desk/stations/", stations.stations, name="stations"),
    path("desk/stations/new/", station_changes.station_new, name="station-new"),
    path("desk/stations/<int:station_id>/", stations.station, name="station"),
    path("desk/stations/<int:station_id>/change/", station_changes.station_change, name="station-change"),
    path("desk/stations/<int:station_id>/end/", station_changes.station_end, name="station-end"),
    path("desk/stations/offices/<int:office_id>/", station_changes.office, name="office"),
    path("desk/stations/offices/<int:office_id>/take/<int:station_id>/", station_changes.seat_take, name="seat-take"),
    path("desk/units/", units.units, name="units"),
    path("desk/units/<int:unit_id>/", units.unit, name="unit"),
    path("desk/units/<int:unit_id>/buildings/", units.buildings, name="unit-buildings"),
    path("desk/units/<int:unit_id>/import/", boundary_import.boundary_import, name="unit-import"),
    path("desk/tasks/", tasks.tasks, name="tasks"),
    path("desk/tasks/<int:task_id>/", tasks.task, name="task"),
    path("desk/tasks/<int:task_id>/cancel/", tasks.cancel, name="task-cancel"),
    path("desk/tasks/<int:task_id>/download/", tasks.download, name="task-download"),
]
if settings.SHEQUTONG_DEMO:
    urlpatterns.append(path("dev/outbox/", demo.demo_outbox, name="demo-outbox"))
