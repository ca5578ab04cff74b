"""One may act in one's own posts only."""

from shequtong.access.models import Appointment
from shequtong.testing.permission_table import Kind, Row, Scene, Values, anyone


def _post_of_staff(scene: Scene) -> Values:
    return {"appointment": str(Appointment.objects.get(account_id=scene.account(Kind.STAFF).pk).pk)}


ROWS = [
    Row("access:home", anyone(302)),
    Row("access:switch", {Kind.STAFF: 302}, method="POST", data=_post_of_staff),
]
