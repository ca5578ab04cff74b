"""Other systems: anybody reads the open interface, who sends has a key; keys are the system administrator's."""

from shequtong.interchange.models import Delivery, Subscription, SystemKey
from shequtong.interchange.testing import make_key
from shequtong.interchange.usecases import open_subscription
from shequtong.testing.permission_table import Kind, Row, Scene, Values, anyone, only
from shequtong.testing.town import NOON, STREET, TOWN_HALL, point

ADMIN, DONE = only(Kind.SYSTEM_ADMIN), only(Kind.SYSTEM_ADMIN, outcome=302)


def key(scene: Scene) -> Values:
    """A key of another system."""
    return {"key_id": (SystemKey.objects.first() or make_key(scene.town.street)[0]).pk}


def told(scene: Scene) -> Values:
    """A request of a system that has a key, with the mark by which a repeat is known."""
    lon, lat = point(0.5, 0.5)
    words = {"service_code": "L01", "description": "夜里施工吵得睡不着。", "idempotency_key": "row-1"}
    return {"api_key": make_key(scene.town.street)[1], "lat": str(lat), "long": str(lon), **words}


def reader(scene: Scene) -> Values:
    """A key that may read."""
    found = SystemKey.objects.filter(rights="read").first() or make_key(scene.town.street, may="read")[0]
    return {"key_id": found.pk}


def subscription(scene: Scene, *, paused: bool = False, sent: bool = False) -> Values:
    """A subscription; paused, or with one delivery that was made."""
    key_id = reader(scene)["key_id"]
    row = (
        Subscription.objects.filter(key=key_id).first()
        or open_subscription(
            key_id=key_id, url="https://hooks.example.org/in", kinds=frozenset({"case.moved"}), by=TOWN_HALL, now=NOON
        )[0]
    )
    if paused:
        Subscription.objects.filter(pk=row.pk).update(paused_at=NOON)
    if sent and not Delivery.objects.filter(subdistrict=STREET, subscription=row).exists():
        told = {"event": "evt_1", "kind": "case.moved", "number": "SS-2026-000001-5", "body": "{}", "at": NOON}
        Delivery.objects.create(subdistrict_id=STREET, subscription=row, state=Delivery.State.DELIVERED, status=204, **told)
    return {"subscription_id": row.pk}


def again(_scene: Scene) -> Values:
    """All since a time."""
    return {"since": "2026-01-01T00:00"}


def new(scene: Scene) -> Values:
    """A key to be given."""
    return {"name": "城市运行平台", "place": scene.town.street.path, "may_report": "on", "per_minute": "60"}


def number(_scene: Scene) -> Values:
    """A well-formed number."""
    return {"number": "SS-2026-000001-5"}


# Of the typed API: a session opens nothing, whoever's it is; what a key may do, interchange/tests/test_api.py asserts.
TYPED = [
    Row("interchange:api-document", anyone(200)),
    Row("interchange:api-cases", anyone(401)),
    Row("interchange:api-cases", anyone(401), method="POST"),
    Row("interchange:api-self-handle", anyone(401), method="POST"),
    Row("interchange:api-case", anyone(401), kwargs=number),
    Row("interchange:api-reporter", anyone(401), kwargs=number),
    Row("interchange:api-moves", anyone(401), kwargs=number),
    Row("interchange:api-move", anyone(401), method="POST", kwargs=lambda scene: {**number(scene), "verb": "register"}),
    Row("interchange:api-notes", anyone(401), kwargs=number),
    Row("interchange:api-notes", anyone(401), kwargs=number, method="POST"),
    Row("interchange:api-standards", anyone(401)),
    Row("interchange:api-standard", anyone(401), kwargs=lambda _scene: {"code": "L01"}),
    Row("interchange:api-units", anyone(401)),
    Row("interchange:api-unit", anyone(401), kwargs=lambda scene: {"code": scene.town.grid.code}),
    Row("interchange:api-stations", anyone(401)),
    Row("interchange:api-station", anyone(401), kwargs=lambda scene: {"station_id": scene.town.police.pk}),
    Row("interchange:api-photo-send", anyone(401), method="POST"),
    Row("interchange:api-photos", anyone(401), kwargs=number),
    Row("interchange:api-photo", anyone(401), kwargs=lambda scene: {**number(scene), "photo_id": 1}),
    Row("interchange:api-people", anyone(401), kwargs=lambda scene: {"station_id": scene.town.police.pk}),
    Row("interchange:api-nothing", anyone(401), kwargs=lambda _scene: {"rest": "elsewhere"}),
    Row("interchange:api-nothing", anyone(401), method="POST", kwargs=lambda _scene: {"rest": "elsewhere"}),
]

ROWS = [
    *TYPED,
    Row("interchange:discovery", anyone(200), kwargs=lambda _scene: {"fmt": "json"}),
    Row("interchange:services", anyone(200), kwargs=lambda _scene: {"fmt": "json"}),
    Row("interchange:service", anyone(200), kwargs=lambda _scene: {"fmt": "json", "code": "L01"}),
    Row("interchange:requests", anyone(400), kwargs=lambda _scene: {"fmt": "json"}, label="no jurisdiction named"),
    Row("interchange:requests", anyone(200), method="POST", kwargs=lambda _scene: {"fmt": "json"}, data=told, label="with a key"),
    Row("interchange:request", anyone(404), kwargs=lambda _scene: {"fmt": "json", "number": "SS-2026-000001-X"}),
    Row("interchange:token", anyone(404), kwargs=lambda _scene: {"fmt": "json", "token": "made-up"}),
    Row("interchange:nothing", anyone(404), kwargs=lambda _scene: {"rest": "elsewhere"}),
    Row("interchange:systems", ADMIN),
    Row("interchange:system-new", ADMIN),
    Row("interchange:system-new", DONE, method="POST", data=new),
    Row("interchange:system", ADMIN, kwargs=key),
    Row("interchange:webhook-new", ADMIN, kwargs=reader),
    Row(
        "interchange:webhook-new",
        DONE,
        method="POST",
        kwargs=reader,
        data=lambda _scene: {"url": "https://hooks.example.org/other", "kinds": ["case.closed"]},
    ),
    Row("interchange:webhook", ADMIN, kwargs=lambda scene: subscription(scene, sent=True)),
    Row("interchange:webhook-replay", DONE, method="POST", kwargs=lambda scene: subscription(scene, sent=True), data=again),
    Row("interchange:webhook-resume", DONE, method="POST", kwargs=lambda scene: subscription(scene, paused=True)),
    Row("interchange:webhook-end", DONE, method="POST", kwargs=subscription),
    Row("interchange:system-revoke", ADMIN, kwargs=key),
    Row("interchange:system-revoke", DONE, method="POST", kwargs=key, data=lambda _scene: {"reason": "合同到期"}),
]
