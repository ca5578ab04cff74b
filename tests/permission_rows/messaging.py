"""One's own messages, and nobody else's."""

from shequtong.messaging.testing import make_in_app
from shequtong.testing.permission_table import Kind, Row, Scene, Values, signed_in
from shequtong.testing.town import STREET


def _of_staff(scene: Scene) -> Values:
    return {"message_id": make_in_app(scene.account(Kind.STAFF).pk, STREET).pk}


ROWS = [
    Row("messaging:inbox", signed_in(200)),
    Row("messaging:read-all", {**signed_in(302), Kind.ANONYMOUS: 404}, method="POST"),
    Row("messaging:open", {Kind.STAFF: 302}, method="POST", kwargs=_of_staff),
]
