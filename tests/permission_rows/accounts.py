"""Signing in is open to all; everything under /account/ is one's own and nobody else's."""

from datetime import UTC, datetime, timedelta

from django.test import Client

from shequtong.accounts.models import Session
from shequtong.accounts.sessions import stored_key
from shequtong.accounts.usecases.request_code import request_code
from shequtong.testing.permission_table import SIGN_IN, Kind, Row, Scene, Values, anyone, signed_in

PHONE = "13700000001"
# Whoever is signed in already is sent on to where they belong.
_ONLY_ANONYMOUS = {Kind.ANONYMOUS: 200}


def _code_sent(scene: Scene, client: Client) -> None:
    row = request_code(phone=PHONE, address="", now=datetime.now(UTC))
    session = client.session
    session["sign_in"] = {"code": str(row.pk)}
    session.save()


def _first_proof_given(scene: Scene, client: Client) -> None:
    session = client.session
    session["sign_in"] = {"account": str(scene.resident.pk), "at": int(datetime.now(UTC).timestamp()), "way": "password"}
    session.save()


def _a_session_of_the_resident(scene: Scene) -> Values:
    key = stored_key("another device")
    Session.objects.create(session_key=key, account_id=scene.resident.pk, expire_date=datetime.now(UTC) + timedelta(days=1))
    return {"session": key}


ROWS = [
    Row("accounts:sign-in", _ONLY_ANONYMOUS, others=302),
    Row("accounts:sign-in", {Kind.ANONYMOUS: SIGN_IN}, others=302, method="POST", data=lambda scene: {"phone": PHONE}),
    Row("accounts:password", anyone(422), method="POST", data=lambda scene: {"login": "nobody", "password": "wrong"}),
    Row("accounts:code", anyone(SIGN_IN), label="without a code"),
    Row("accounts:code", anyone(200), before=_code_sent, label="with a code"),
    Row("accounts:code", anyone(422), method="POST", before=_code_sent, data=lambda scene: {"code": "wrong"}),
    Row("accounts:code-again", anyone(SIGN_IN), method="POST", label="without a code"),
    Row("accounts:code-again", anyone(422), method="POST", before=_code_sent, label="too soon"),
    Row("accounts:second", anyone(SIGN_IN), label="before the first proof"),
    Row("accounts:second", anyone(200), before=_first_proof_given),
    Row("accounts:second", anyone(422), method="POST", before=_first_proof_given, data=lambda scene: {"code": "wrong"}),
    Row("accounts:sign-out", anyone(302), method="POST"),
    Row("accounts:account", signed_in(200)),
    Row("accounts:password-change", signed_in(200)),
    Row(
        "accounts:password-change",
        signed_in(302),
        method="POST",
        data=lambda scene: {"new": "seven quiet cranes", "again": "seven quiet cranes"},
    ),
    Row("accounts:language", signed_in(302), method="POST", data=lambda scene: {"language": "en"}),
    Row("accounts:end-session", signed_in(302), method="POST", data=lambda scene: {"all": "1"}, label="all one's others"),
    Row(
        "accounts:end-session",
        {Kind.ANONYMOUS: SIGN_IN, Kind.RESIDENT: 302},
        method="POST",
        data=_a_session_of_the_resident,
        label="one of the resident's",
    ),
]
