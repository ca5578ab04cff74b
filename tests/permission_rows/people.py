"""Who holds which post: an office reads it, who leads the street and the security administrator change it; accounts are the system administrator's."""

from django.utils import timezone

from shequtong.access.models import Appointment
from shequtong.accounts.testing import make_account
from shequtong.testing.permission_table import ADMINISTRATORS, Kind, Row, Scene, Values, only

GIVES = (Kind.STAFF, Kind.SECURITY_ADMIN)


def post_of_lin(scene: Scene) -> Values:
    """The dispatcher's post in the street."""
    return {"appointment_id": Appointment.objects.get(account_id=scene.town.accounts["lin"].pk).pk}


def new_clerk(scene: Scene) -> Values:
    """Bai comes back, as a clerk of the community."""
    account = scene.town.accounts["bai"]
    today = timezone.localdate().isoformat()
    return {"phone": account.phone.reveal(), "role": "clerk", "place": scene.town.community.code, "starts_on": today}


def deputy(scene: Scene) -> Values:
    """Shen stands in for a day."""
    today = timezone.localdate().isoformat()
    return {"person": scene.town.accounts["shen"].pk, "starts_on": today, "ends_on": today}


def account_of_unposted(_scene: Scene) -> Values:
    """Somebody without a post yet."""
    return {"account_id": make_account("白雪", staff=True).pk}


def named(_scene: Scene) -> Values:
    """The right name."""
    return {"name": "白小雪"}


def somebody(_scene: Scene) -> Values:
    """Somebody new."""
    return {"phone": "13900001111", "name": "梁静"}


ROWS = [
    Row("pages:administration", only(*ADMINISTRATORS), staff="chen"),
    Row("pages:accounts", only(Kind.SYSTEM_ADMIN, Kind.SECURITY_ADMIN), staff="supervisor"),
    Row("pages:account", only(Kind.SYSTEM_ADMIN, Kind.SECURITY_ADMIN), staff="supervisor", kwargs=account_of_unposted),
    Row(
        "pages:account",
        only(Kind.SYSTEM_ADMIN, outcome=302),
        method="POST",
        staff="supervisor",
        kwargs=account_of_unposted,
        data=named,
    ),
    Row("pages:log", only(Kind.AUDIT_ADMIN)),
    Row("pages:log", only(Kind.AUDIT_ADMIN), data=lambda _scene: {"of": "security", "who": "沈", "number": "SS-2026-000001-X"}),
    Row("pages:people", only(Kind.STAFF, Kind.NEIGHBOUR, *ADMINISTRATORS), staff="chen"),
    Row("pages:person", only(Kind.STAFF, *ADMINISTRATORS), staff="chen", kwargs=post_of_lin),
    Row("pages:person-new", only(Kind.STAFF, Kind.NEIGHBOUR, Kind.SECURITY_ADMIN), staff="supervisor"),
    # A street's supervisor is offered places of their own street alone; who reaches every street names one in the address.
    Row(
        "pages:person-new",
        {**only(Kind.STAFF, outcome=302), Kind.NEIGHBOUR: 422, Kind.SECURITY_ADMIN: 200},
        method="POST",
        staff="supervisor",
        data=new_clerk,
    ),
    Row("pages:person-deputy", only(*GIVES), staff="supervisor", kwargs=post_of_lin),
    Row("pages:person-deputy", only(*GIVES, outcome=302), method="POST", staff="supervisor", kwargs=post_of_lin, data=deputy),
    Row("pages:person-end", only(*GIVES), staff="supervisor", kwargs=post_of_lin),
    Row(
        "pages:person-end",
        only(*GIVES, outcome=302),
        method="POST",
        staff="supervisor",
        kwargs=post_of_lin,
        data=lambda _scene: {"reason": "岗位调整"},
    ),
    Row("pages:account-new", only(Kind.SYSTEM_ADMIN), staff="supervisor"),
    Row("pages:account-new", only(Kind.SYSTEM_ADMIN, outcome=302), method="POST", staff="supervisor", data=somebody),
]
