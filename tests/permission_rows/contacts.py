"""Contact cards: anybody reads them; who leads a place, keeps its papers or runs the platform writes them."""

from shequtong.organizations.usecases.set_contact import set_contact
from shequtong.testing.permission_table import Kind, Row, Scene, Values, anyone, only
from shequtong.testing.town import NOON, TOWN_HALL

WRITES = (Kind.STAFF, Kind.CLERK, Kind.SYSTEM_ADMIN)
TOLD: Values = {"name": "馨泰社区居委会", "phone": "0512-65551234", "address": "馨泰路1号", "hours": "周一至周五 9:00–17:00"}


def community(scene: Scene) -> Values:
    """An office without a card."""
    return {"unit_id": scene.town.community.pk}


def written(scene: Scene) -> Values:
    """One with a card."""
    set_contact(unit_id=scene.town.community.pk, **TOLD, by=TOWN_HALL, now=NOON)
    return community(scene)


ROWS = [
    Row("pages:contacts", anyone(200)),
    Row("pages:contact-list", only(*WRITES, Kind.NEIGHBOUR)),
    Row("pages:contact", only(*WRITES), kwargs=community),
    Row("pages:contact", only(*WRITES, outcome=302), method="POST", kwargs=community, data=lambda _scene: TOLD),
    Row("pages:contact-remove", only(*WRITES, outcome=302), method="POST", kwargs=written),
    Row("pages:contact-list", only(Kind.CLERK, Kind.SYSTEM_ADMIN), staff="lin", label="by who dispatches"),
]
