"""Working together on a case: notes, following, and who else has it open."""

from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only


def in_hand(scene: Scene) -> Values:
    """A case of the resident at the police station."""
    return {"number": make_case(scene.town, stage=Stage.HANDLING, account_id=scene.resident.pk).number}


ROWS = [
    Row("cases:desk-presence", only(Kind.STAFF), kwargs=in_hand),
    Row("cases:desk-note", only(Kind.STAFF), kwargs=in_hand),
    Row("cases:desk-note", only(Kind.STAFF, outcome=302), method="POST", kwargs=in_hand, data=lambda _scene: {"text": "请留意"}),
    Row("cases:desk-follow", only(Kind.STAFF, outcome=302), method="POST", kwargs=in_hand, data=lambda _scene: {"follow": "yes"}),
]
