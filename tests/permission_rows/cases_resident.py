"""The resident's pages: telling is open to all, one's own matter to its reporter (by account, or by a key in this session) alone."""

from datetime import UTC, datetime, timedelta

from django.test import Client

from shequtong.cases.answer_links import link_token
from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.testing.permission_table import Kind, Row, Scene, Values, anyone

# Nobody is sent to sign in: a matter that is not one's own is not there.
REPORTER = {Kind.RESIDENT: 200}
REPORTER_DONE = {Kind.RESIDENT: 302}
DRAFT = "drawn-for-all"
WORDS = "楼道灯坏了三天，晚上老人上下楼不安全。"


def told(scene: Scene) -> Values:
    """A new matter of the resident."""
    return {"number": make_case(scene.town, account_id=scene.resident.pk).number}


def closed(scene: Scene) -> Values:
    """A matter of the resident that was closed just now: it can be reopened for 15 days."""
    lately = datetime.now(UTC) - timedelta(hours=3)
    return {"number": make_case(scene.town, stage=Stage.CLOSED, now=lately, account_id=scene.resident.pk).number}


def place(scene: Scene) -> Values:
    """The building it is about."""
    return {"building": scene.town.building.pk}


def described(scene: Scene, client: Client) -> None:
    """What is the matter was written on the page before."""
    client.post(f"/report/what/?building={scene.town.building.pk}&d={DRAFT}", {"cls": "L01", "text": WORDS})


def report(scene: Scene) -> Values:
    """A whole report."""
    return {**place(scene), "cls": "L01", "text": WORDS, "name": "赵小燕", "phone": "13812345678", "consent": "on"}


def key_of_a_case(scene: Scene) -> Values:
    """Number and key, as they were shown at the end of a report."""
    case = Case.objects.select_related("reporter").get(pk=make_case(scene.town).pk)
    assert case.reporter is not None
    return {"number": case.number, "key": case.reporter.key.reveal()}


def link_to_a_case(scene: Scene) -> Values:
    """The link that was sent to who told it by telephone: whoever holds it is the one it was sent to."""
    case = Case.objects.select_related("reporter").get(pk=make_case(scene.town).pk)
    assert case.reporter is not None
    day = datetime.now(UTC).date()
    return {"token": link_token(case_id=case.pk, reporter_id=case.reporter.pk, phone=case.reporter.phone.reveal(), day=day)}


ROWS = [
    Row("cases:report-near", anyone(200)),
    Row("cases:report", anyone(200)),
    Row("cases:report", anyone(302), method="POST", data=place, label="step back"),
    Row("cases:report-what", anyone(200), data=place),
    Row("cases:report-what", anyone(302), method="POST", data=lambda scene: {**place(scene), "cls": "L01", "text": WORDS}),
    Row("cases:report-suggest", anyone(204), method="POST", data=lambda _scene: {"text": WORDS}),  # nothing was trained
    Row("cases:report-send", anyone(302), data=place, label="before it is described"),
    Row("cases:report-send", anyone(200), before=described, data=lambda scene: {**place(scene), "d": DRAFT}),
    Row("cases:report-send", anyone(302), method="POST", data=report),
    Row("cases:report-done", {Kind.RESIDENT: 200}, others=302, kwargs=told),
    Row("cases:find", anyone(200)),
    Row("cases:find", anyone(302), method="POST", data=key_of_a_case, label="number and key"),
    Row(
        "cases:find",
        anyone(422),
        method="POST",
        data=lambda scene: {**key_of_a_case(scene), "key": "AAAA-AAAA"},
        label="a wrong key",
    ),
    Row("cases:public", anyone(200), kwargs=told),
    Row("cases:open-link", anyone(302), kwargs=link_to_a_case),
    Row("cases:open-link", anyone(404), kwargs=lambda scene: {"token": "1-1-0"}, label="made up"),
    Row("cases:lost-key", anyone(200)),
    Row("cases:mine", anyone(200)),
    Row("cases:answers", anyone(200)),
    Row("cases:evaluate", REPORTER, kwargs=closed),
    Row("cases:evaluate", REPORTER_DONE, method="POST", kwargs=closed, data=lambda scene: {"solved": "yes", "score": "5"}),
    Row("cases:reopen", REPORTER, kwargs=closed),
    Row("cases:reopen", REPORTER_DONE, method="POST", kwargs=closed, data=lambda scene: {"note": "灯又坏了，请再来看看。"}),
]
