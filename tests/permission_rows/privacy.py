"""One's own record, and the desk of rights: the linked resident alone sees what is held; who answers works in the community of the home."""

from django.utils import timezone

from shequtong.people.lookups.listed import Wanted
from shequtong.people.models import AccountLink, ExportRequest, RightsRequest
from shequtong.people.usecases import NewExport, NewRequest, ask_export, ask_rights, decide_export, link_at_window
from shequtong.testing.permission_table import SIGN_IN, Kind, Outcome, Row, Scene, Values, only
from tests.permission_rows.registry import somebody

STAFF = "hu"
SEES, DOES = only(Kind.STAFF), only(Kind.STAFF, outcome=302)
OWN, OWN_DOES = only(Kind.RESIDENT), only(Kind.RESIDENT, outcome=302)
ANYBODY: dict[Kind, Outcome] = {**dict.fromkeys(Kind, 200), Kind.ANONYMOUS: SIGN_IN}
REFUSED: dict[Kind, Outcome] = {**dict.fromkeys(Kind, 422), Kind.ANONYMOUS: SIGN_IN}
LED_BACK: dict[Kind, Outcome] = {**dict.fromkeys(Kind, 302), Kind.ANONYMOUS: SIGN_IN}


def linked(scene: Scene) -> AccountLink:
    """Somebody of the street whose account the resident's is."""
    person = somebody(scene)
    phone = scene.resident.phone.reveal()
    return link_at_window(person_id=person.pk, phone=phone, by=scene.town.hu, now=timezone.now())


def own(scene: Scene) -> Values:
    """No arguments, but a link."""
    linked(scene)
    return {}


def fact(scene: Scene) -> Values:
    """A fact of their own."""
    return {**own(scene), "what": "occupation"}


def group(scene: Scene) -> Values:
    """A group of theirs that consent carries."""
    return {**own(scene), "group": "skills"}


def person(scene: Scene) -> Values:
    """That person."""
    return {"person_id": somebody(scene).pk}


def consent(scene: Scene) -> Values:
    """Their consent."""
    return {**person(scene), "group": "skills"}


def asked_fact(scene: Scene) -> Values:
    """A fact of theirs, to be corrected at the window."""
    return {**person(scene), "what": "occupation"}


def asked(scene: Scene, kind: str = "copy") -> RightsRequest:
    """A request taken down at the window."""
    return ask_rights(person_id=somebody(scene).pk, new=NewRequest(kind), by=scene.town.hu, now=timezone.now())


def request(scene: Scene) -> Values:
    """That request."""
    return {"request_id": asked(scene).pk}


TAIL = {"tail": "000000"}
ANSWER = {"done": "yes", "answer": "已当面交付打印件。"}

ROWS = [
    Row("people:own", ANYBODY, kwargs=own),
    Row("people:own-linking", {**ANYBODY, Kind.RESIDENT: 302}, kwargs=own),
    Row(
        "people:own-linking",
        REFUSED,
        method="POST",
        kwargs=own,
        data=lambda scene: TAIL,
    ),
    Row("people:own-show", OWN, kwargs=own),
    Row("people:own-show", only(Kind.RESIDENT, outcome=422), method="POST", kwargs=own, data=lambda scene: TAIL),
    Row("people:own-unlink", {**LED_BACK, Kind.RESIDENT: 200}, kwargs=own),
    Row("people:own-unlink", LED_BACK, method="POST", kwargs=own),
    Row("people:own-correct", OWN, kwargs=fact),
    Row("people:own-correct", OWN_DOES, method="POST", kwargs=fact, data=lambda scene: {"occupation": "木工"}),
    Row("people:own-delete", OWN, kwargs=group),
    Row("people:own-delete", OWN_DOES, method="POST", kwargs=group),
    Row("people:own-consent", OWN, kwargs=group),
    Row("people:own-consent", OWN_DOES, method="POST", kwargs=group, data=lambda scene: {"do": "give"}),
    Row("people:desk-rights", only(Kind.STAFF, Kind.NEIGHBOUR), staff=STAFF),
    Row("people:desk-right", SEES, staff=STAFF, kwargs=request),
    Row("people:desk-right", DOES, method="POST", staff=STAFF, kwargs=request, data=lambda scene: ANSWER),
    Row("people:desk-right-show", SEES, staff=STAFF, kwargs=request),
    Row("people:desk-right-show", SEES, method="POST", staff=STAFF, kwargs=request),
    Row("people:desk-privacy", SEES, staff=STAFF, kwargs=person),
    Row("people:desk-link", SEES, staff=STAFF, kwargs=person),
    Row(
        "people:desk-link",
        DOES,
        method="POST",
        staff=STAFF,
        kwargs=person,
        data=lambda scene: {"phone": scene.resident.phone.reveal(), "seen": "on"},
    ),
    Row("people:desk-consent", SEES, staff=STAFF, kwargs=consent),
    Row(
        "people:desk-consent",
        DOES,
        method="POST",
        staff=STAFF,
        kwargs=consent,
        data=lambda scene: {"stands": "yes", "how": "paper"},
    ),
    Row("people:desk-ask", SEES, staff=STAFF, kwargs=person),
    Row("people:desk-ask", DOES, method="POST", staff=STAFF, kwargs=person, data=lambda scene: {"kind": "copy"}),
    Row("people:desk-ask-correct", SEES, staff=STAFF, kwargs=asked_fact),
    Row(
        "people:desk-ask-correct", DOES, method="POST", staff=STAFF, kwargs=asked_fact, data=lambda scene: {"occupation": "木工"}
    ),
]


def asked_export(scene: Scene) -> ExportRequest:
    """A list in clear that Hu asks for: it waits for a second person."""
    somebody(scene)
    new = NewExport(Wanted(), ("name", "phone"), "全部", "发放高龄津贴核对", in_clear=True)
    return ask_export(new=new, by=scene.town.hu, now=timezone.now())


def export(scene: Scene) -> Values:
    """That list."""
    return {"export_id": asked_export(scene).pk}


def approved(scene: Scene) -> Values:
    """The same, approved."""
    one = asked_export(scene)
    decide_export(export_id=one.pk, approve=True, words="", by=scene.town.supervisor, now=timezone.now())
    return {"export_id": one.pk}


def listed(scene: Scene) -> Values:
    """Somebody stands in the list; the form as it is sent."""
    somebody(scene)
    return {"columns": ["name", "phone"], "reason": "走访分工"}


BOTH = only(Kind.STAFF, Kind.NEIGHBOUR)
ROWS += [
    Row("people:desk-exports", BOTH, staff=STAFF),
    Row("people:desk-export-new", BOTH, staff=STAFF),
    Row(
        "people:desk-export-new",
        {**only(Kind.STAFF, outcome=302), Kind.NEIGHBOUR: 422},  # the neighbour's list is empty
        method="POST",
        staff=STAFF,
        data=listed,
    ),
    Row("people:desk-export", SEES, staff="supervisor", kwargs=export),
    Row("people:desk-export", DOES, method="POST", staff="supervisor", kwargs=export, data=lambda scene: {"done": "yes"}),
    Row("people:desk-export-make", DOES, method="POST", staff=STAFF, kwargs=approved),
]
