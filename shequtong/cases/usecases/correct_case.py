"""Correct (更正): class, place or telephone were taken down wrongly; what stood there before stays in the history.

By staff, or by the reporter: theirs is the case until it is registered, from then on only their telephone; who has it is told.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases import permissions
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case, Reporter
from shequtong.cases.places import find_spot
from shequtong.cases.usecases._grams import rewrite_grams
from shequtong.cases.usecases.reveal_contact import may_know
from shequtong.cases.usecases.turns import CannotMove, Turn, begin, finish, required_note
from shequtong.cases.workflow import EARLY_STAGES, Stage
from shequtong.core.actors import Actor
from shequtong.core.sealed.masks import mask_phone


class CannotCorrect(CannotMove):
    """Nothing changes, or not any more."""


@dataclass(frozen=True)
class Correction:
    """What is put right; None leaves it. A place is a building, a point, or an address with its unit's path."""

    class_code: str | None = None
    building_id: int | None = None
    point: tuple[float, float] | None = None
    address: str | None = None
    unit_path: str = ""
    phone: str | None = None  # normalised
    notice_version: str = ""  # of the notice by which the reporter agreed to leave a telephone where none was kept


@transaction.atomic
def correct_case(*, number: str, correction: Correction, by: Actor, now: datetime, note: str = "") -> Case:
    """Put right what was taken down. The class until dispatch, the place within the subdistrict. Raises Forbidden, CannotCorrect."""
    turn = begin(number, "correct", by=by, now=now)
    words = required_note(turn, note)
    own = not by.reach(permissions.CORRECT).of_post.covers(turn.case.reach_facts())
    placed = correction.building_id is not None or correction.point is not None or correction.address is not None
    if own and (placed or correction.class_code is not None) and Stage(turn.case.stage) not in EARLY_STAGES:
        raise CannotCorrect(_("It is registered already. Add what is wrong; the office corrects it."))
    changed: dict[str, Any] = {}
    if correction.class_code is not None:
        _class(turn, correction.class_code, changed)
    if placed:
        _place(turn, correction, changed)
    if correction.phone is not None:
        _phone(turn, correction, changed, own=own)
    if not changed:
        raise CannotCorrect(_("Nothing was changed."))
    if "address" in changed:
        rewrite_grams(turn.case, turn.case.text, turn.case.title, changed["address"][0])
    finish(turn, note=words, details={**changed, **({"own": True} if own else {})})
    return turn.case


def _class(turn: Turn, code: str, changed: dict[str, Any]) -> None:
    case = turn.case
    before, after = catalogue().classes[case.case_class_id], catalogue().by_code.get(code)
    if after is None or after.ended or after.standard is None:
        raise CannotCorrect(_("Please choose what it is about."))
    if before.id == after.id:
        return
    if Stage(case.stage) not in (*EARLY_STAGES, Stage.REGISTERED, Stage.DECISION):
        raise CannotCorrect(_("The class can be corrected until the case is dispatched. Send it back first."))
    changed["class"] = [before.code, after.code]
    if catalogue().standards[case.standard_id].limit != after.standard.limit:
        changed["standard"], changed["instead_of"] = after.standard.id, case.standard_id
    turn.set(case_class_id=after.id, standard_id=after.standard.id)


def _place(turn: Turn, correction: Correction, changed: dict[str, Any]) -> None:
    case = turn.case
    spot = find_spot(correction.building_id, correction.point, correction.address or "", correction.unit_path or case.place_path)
    if spot is None or spot.subdistrict_id != case.subdistrict_id:
        raise CannotCorrect(_("The place must lie in the same subdistrict."))
    if (spot.path, spot.address, spot.lon, spot.lat) == (case.place_path, case.address, case.lon, case.lat):
        return
    changed["address"] = [case.address, spot.address[:160]]
    if spot.path != case.place_path:
        changed["path"] = [case.place_path, spot.path]
    turn.set(
        unit_id=spot.unit_id,
        place_path=spot.path,
        building_id=spot.building_id,
        address=spot.address[:160],
        lon=spot.lon,
        lat=spot.lat,
        tile=spot.tile,
        source_crs=spot.source_crs,
    )


def _phone(turn: Turn, correction: Correction, changed: dict[str, Any], *, own: bool) -> None:
    """Of a confidential case only by those who may know who told it: "nothing was changed" would tell the others a number they guessed."""
    reporter: Reporter | None = turn.case.reporter
    phone = correction.phone or ""
    if reporter is None:
        raise CannotCorrect(_("Nobody reported this case."))
    if not own and not may_know(turn.case, turn.by):
        raise CannotCorrect(_("This case is confidential; its telephone is corrected by those who call back."))
    if own and reporter.account_id is not None:
        raise CannotCorrect(_("You are reached by the telephone of your account; change it there."))
    if reporter.contact_removed_at is not None:
        # A number is kept with consent alone, and this one was taken back.
        raise CannotCorrect(_("The reporter's name and telephone were removed; a new number is only kept with a new report."))
    if reporter.phone and reporter.phone.reveal() == phone:
        return
    if not reporter.consent:
        if own and not correction.notice_version:
            raise CannotCorrect(_("Name and telephone are only kept with the reporter's consent."))
        reporter.consent = Reporter.Consent.PAGE if own else Reporter.Consent.SPOKEN
        reporter.consent_at, reporter.notice_version = turn.now, correction.notice_version
    changed["phone"] = [str(reporter.phone), mask_phone(phone)]
    reporter.phone = phone
    reporter.save(update_fields=["phone", "phone_hash", "consent", "consent_at", "notice_version"])
