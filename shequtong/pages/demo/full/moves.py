"""The moves of the full demo (演示流转), each made by those who may, in words a clerk would use. Stories name them."""

from datetime import timedelta

from shequtong.cases import usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Answer
from shequtong.cases.workflow import Stage
from shequtong.organizations.stations import nearest_station, stations_of_subdistrict
from shequtong.pages.demo.full.life import Life
from shequtong.pages.demo.full.photos import CLAIM

_SEND_BACKS = ("该点位属于相邻单位管养范围，请重新派遣。", "经核实不属于本单位职责，请核对责任清单。")
_OTHERS = ("housing", "urban_management", "property", "social_affairs", "police")  # who is asked after the first


def screened(life: Life) -> None:
    """Somebody looks at what came without a name, and lets it in."""
    if life.case.stage == Stage.HELD:
        life.wait(6)
        usecases.admit_case(number=life.case.number, by=life.who("acceptor"), now=life.now, note="内容属实可办，准予受理。")


def register(life: Life) -> None:
    """Let in, confirmed where the standard asks for it, registered."""
    screened(life)
    if life.case.stage == Stage.CONFIRMATION:
        life.wait(14)
        who = life.who("grid_worker", "community_worker", "inspector")
        usecases.confirm_case(number=life.case.number, finding="exists", words="现场查看，情况与反映一致。", by=who, now=life.now)
    life.wait(6)
    usecases.register_case(number=life.case.number, by=life.who("acceptor"), now=life.now)


def refuse(life: Life) -> None:
    """Looked at on the spot, and not accepted with a reason."""
    screened(life)
    why, words = "in_law", "您好，该事项已进入诉讼程序，请以人民法院的处理结果为准。"
    if life.case.stage == Stage.CONFIRMATION:
        life.wait(14)
        who = life.who("grid_worker", "community_worker", "inspector")
        usecases.confirm_case(number=life.case.number, finding="absent", words="现场未见所述情况。", by=who, now=life.now)
        why, words = "not_there", "您好，工作人员到场查看，未发现您反映的情况；如再次出现，请随时告诉我们。"
    life.wait(6)
    usecases.not_accept_case(number=life.case.number, why=why, words=words, by=life.who("acceptor"), now=life.now)


def void(life: Life) -> None:
    """Registered and then seen to be no matter."""
    life.wait(4)
    usecases.void_case(
        number=life.case.number, reason="经核实为重复登记，原案已在办理。", by=life.who("precinct_head"), now=life.now
    )


def dispatch(life: Life) -> None:
    """To the station of the duty list, after a sending back to another one."""
    life.wait(5)
    _dispatch(life)


def _dispatch(life: Life) -> None:
    usecases.dispatch_case(number=life.case.number, to=_station(life), by=life.who("dispatcher"), now=life.now)


def _station(life: Life) -> int:
    case = life.case
    agency = catalogue().classes[case.case_class_id].lead_agency
    own = nearest_station(agency, case.place_path) if agency else None
    if own is not None and not case.send_back_count:
        return own.id
    return other_stations(life, own.id if own else 0)[case.send_back_count % 2]


def other_stations(life: Life, but: int) -> list[int]:
    """Stations that serve the place, but for one, those first that are asked most."""
    there = [one for one in stations_of_subdistrict(life.case.subdistrict_id) if life.case.place_path.startswith(one.path)]
    ranked = sorted(there, key=lambda one: _OTHERS.index(one.agency_code) if one.agency_code in _OTHERS else len(_OTHERS))
    return [one.id for one in ranked if one.id != but]


def left_lying(life: Life) -> None:
    """Nobody accepts it in time: it comes back by itself and is dispatched anew."""
    dispatch(life)
    life.to(life.case.accept_by + timedelta(minutes=1))
    dispatch(life)


def accept(life: Life) -> None:
    """By the head of the station."""
    life.wait(18)
    usecases.accept_case(number=life.case.number, by=life.lead, now=life.now)


def handle(life: Life) -> None:
    """In time."""
    life.until_due(0.25, 0.85)
    _handle(life)


def handle_late(life: Life) -> None:
    """After its limit, reminded and escalated on the way."""
    life.until_due(1.1, 2.2)
    _handle(life)


def _handle(life: Life) -> None:
    needed = catalogue().standards[life.case.standard_id].after_photo_required
    photos = life.album.take(life.matter.scene, life.now, mended=True) if needed or life.dice.random() < 0.2 else ()
    usecases.handle_case(
        number=life.case.number, result=life.matter.done, photos=photos, claim=CLAIM if photos else "", by=life.lead, now=life.now
    )


def verify(life: Life) -> None:
    """By an inspector, on the spot."""
    life.wait(16)
    usecases.verify_case(number=life.case.number, note="现场核查属实，已整改到位。", by=life.who("inspector"), now=life.now)


def rework(life: Life) -> None:
    """Not done yet."""
    life.wait(16)
    usecases.rework_case(number=life.case.number, reason="现场仍有遗留，未整改到位。", by=life.who("inspector"), now=life.now)


def answer(life: Life) -> None:
    """In writing, where somebody told it; published one time in three; approved where the standard asks for it."""
    life.wait(60)
    if life.case.reporter_id is None or life.case.withdrawn_at is not None:
        return
    text = f"您好，您反映的问题已核实处理：{life.matter.done}如仍有问题，可在15天内要求重新办理。感谢您对社区工作的支持。"
    publish = life.dice.random() < 0.34
    made = usecases.answer_case(number=life.case.number, text=text, publish=publish, by=life.who("dispatcher"), now=life.now)
    if made.state == Answer.State.DRAFT:
        if life.dice.random() < 0.3:
            life.wait(20)
            usecases.return_answer(
                number=life.case.number, reason="请写明办理时限和联系人。", by=life.who("precinct_head"), now=life.now
            )
            life.wait(20)
            text = text.replace("如仍有问题", "联系人：片区办值班人员。如仍有问题")
            usecases.answer_case(number=life.case.number, text=text, publish=publish, by=life.who("dispatcher"), now=life.now)
        life.wait(20)
        usecases.approve_answer(number=life.case.number, by=life.who("precinct_head"), now=life.now)


def close(life: Life) -> None:
    """By the acceptor, unless a week of holidays closed it first."""
    life.wait(45)
    if life.case.stage == Stage.CLOSED:
        return
    usecases.close_case(number=life.case.number, by=life.who("acceptor"), now=life.now)


def closes_itself(life: Life) -> None:
    """Nobody closes it: a week after the answer it closes by itself."""
    life.to(life.case.close_by + timedelta(minutes=1))


def evaluate(life: Life) -> None:
    """By who told it, when they do: nine of ten say that it is solved."""
    if life.case.reporter_id is None or life.case.withdrawn_at is not None or life.dice.random() < 0.45:
        return
    life.to(life.now + timedelta(hours=life.dice.uniform(1, 60)))
    solved = life.dice.random() < 0.9
    score = life.dice.choice((5, 5, 5, 4, 4, 3)) if solved else life.dice.choice((1, 2, 2, 3))
    usecases.evaluate_case(number=life.case.number, solved=solved, score=score, by=life.reporter, now=life.now)


def call_back(life: Life) -> None:
    """The office telephones."""
    if life.case.reporter_id is None or life.case.withdrawn_at is not None:
        return
    life.wait(300)
    reached = life.dice.random() < 0.8
    said = {"solved": True, "score": 5, "words": "居民表示满意。"} if reached else {"words": "无人接听，改日再拨。"}
    usecases.call_back(number=life.case.number, reached=reached, by=life.who("acceptor"), now=life.now, **said)


def reopen(life: Life) -> None:
    """Its reporter says within the time that it is not over, else staff do."""
    life.to(life.now + timedelta(hours=life.dice.uniform(20, 200)))
    by = life.reporter if life.case.reporter_id is not None else life.who("precinct_head")
    usecases.reopen_case(number=life.case.number, reason="问题又出现了，请再来看看。", by=by, now=life.now)


def send_back(life: Life) -> None:
    """Not ours, says the station."""
    life.wait(40)
    reason = _SEND_BACKS[life.case.send_back_count % 2]
    usecases.send_back_case(number=life.case.number, reason=reason, by=life.lead, now=life.now)


def decide(life: Life) -> None:
    """The director decides, after a second sending back."""
    life.wait(30)
    to = _station(life)
    usecases.decide_case(
        number=life.case.number, to=to, reason="经片区会商，由你单位牵头处置。", by=life.who("precinct_head"), now=life.now
    )
