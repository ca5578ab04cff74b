"""The first pages of the two faces; one's own tasks, and nobody else's."""

from shequtong.tasks.testing import make_result, make_waiting
from shequtong.testing.permission_table import Kind, Row, Scene, Values, anyone, only


def _waiting(scene: Scene) -> Values:
    return {"task_id": make_waiting(scene.town.actor(scene.staff)).pk}


def _done(scene: Scene) -> Values:
    return {"task_id": make_result(scene.town.actor(scene.staff)).pk}


WITHOUT_POST = (Kind.RESIDENT, Kind.OTHER_RESIDENT, Kind.ENDED)
ROWS = [
    Row("pages:home", anyone(200)),
    Row("pages:privacy", anyone(200)),
    Row("pages:community", anyone(200)),
    Row("pages:app", anyone(200)),
    Row("pages:worker", anyone(200)),
    Row("pages:offline", anyone(200)),
    Row("pages:keys", only(*(kind for kind in Kind if kind not in (*WITHOUT_POST, Kind.ANONYMOUS)))),
    Row("pages:search", only(Kind.STAFF, Kind.NEIGHBOUR, Kind.FOREIGN_STATION, Kind.CLERK), data=lambda _scene: {"q": "楼道灯"}),
    Row(
        "pages:search",
        only(Kind.STAFF, Kind.NEIGHBOUR, Kind.FOREIGN_STATION),
        method="POST",
        data=lambda _scene: {"phone": "13800138000", "why": "asks"},
    ),
    Row("pages:tasks", only(*(kind for kind in Kind if kind not in (*WITHOUT_POST, Kind.ANONYMOUS)))),
    Row("pages:task", only(Kind.STAFF), kwargs=_waiting),
    Row("pages:task-cancel", only(Kind.STAFF, outcome=302), method="POST", kwargs=_waiting),
    Row("pages:task-download", only(Kind.STAFF), kwargs=_done),
]
