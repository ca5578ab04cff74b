"""Addresses of pages that show several areas; the demo's telephone has one in the demo only."""

from django.conf import settings
from django.urls import URLPattern, path

from shequtong.pages.urls import office
from shequtong.pages.views import app, board, community, contacts, demo, desk, duty, glossary, help, resident, search, tasks

app_name = "pages"

urlpatterns: list[URLPattern] = [
    path("", resident.home, name="home"),
    path("privacy/", resident.privacy, name="privacy"),
    path("community/", community.community, name="community"),
    path("contacts/", contacts.contacts, name="contacts"),
    path("app.webmanifest", app.app, name="app"),
    path("worker.js", app.worker, name="worker"),
    path("offline/", app.offline, name="offline"),
    path("desk/", desk.workbench, name="workbench"),
    path("desk/keys/", desk.keys, name="keys"),
    path("desk/help/", help.help_page, name="help"),
    path("desk/tour/", help.tour, name="tour"),
    path("desk/tour/<int:step>/", help.tour_step, name="tour-step"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("board/", board.board, name="board"),
    path("board/piece/", board.board_piece, name="board-piece"),
    path("board/cases.geojson", board.board_map, name="board-map"),
    path("board/day/", board.board_day, name="board-day"),
    path("desk/search/", search.search, name="search"),
    path("desk/duty/", duty.duty, name="duty"),
    path("desk/duty/copy/", duty.duty_copy, name="duty-copy"),
    path("desk/duty/<int:shift_id>/remove/", duty.duty_remove, name="duty-remove"),
    path("desk/tasks/", tasks.tasks, name="tasks"),
    path("desk/tasks/<int:task_id>/", tasks.task, name="task"),
    path("desk/tasks/<int:task_id>/cancel/", tasks.cancel, name="task-cancel"),
    path("desk/tasks/<int:task_id>/download/", tasks.download, name="task-download"),
    *office.urlpatterns,
]
if settings.SHEQUTONG_DEMO:
    urlpatterns.append(path("dev/outbox/", demo.demo_outbox, name="demo-outbox"))
