"""What reporters and neighbours do in the full demo (演示：反映人): corrected for them, added to, withdrawn, joined, merged and taken apart."""

from shequtong.access.actor import AnonymousActor
from shequtong.cases import usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.notice import NOTICE_VERSION
from shequtong.cases.usecases import Correction, NewCase, NewReporter
from shequtong.pages.demo.full.life import Life
from shequtong.pages.demo.full.texts import person


def correct(life: Life) -> None:
    """The clerk puts the address right."""
    life.wait(5)
    number, address = life.case.number, f"{life.case.address}附近"
    wrong = Correction(address=address, unit_path=life.case.place_path)
    usecases.correct_case(correction=wrong, number=number, by=life.who("dispatcher"), now=life.now, note="经电话核对，补正地点。")


def add(life: Life) -> None:
    """Its reporter adds something."""
    life.wait(30)
    if life.case.reporter_id is not None:
        words = "补充：今天早上又看了一下，情况还是一样。"
        usecases.add_to_case(number=life.case.number, words=words, by=life.reporter, now=life.now)


def withdraw(life: Life) -> None:
    """Its reporter wants no more of it."""
    life.wait(10)
    if life.case.reporter_id is not None:
        usecases.withdraw_case(number=life.case.number, reason="问题已经自行解决。", by=life.reporter, now=life.now)


def join(life: Life) -> None:
    """A neighbour met it, too."""
    life.wait(10)
    serial = life.case.serial
    neighbour = NewReporter(person(serial + 977), f"19904{serial:06d}", consent="page", notice_version=NOTICE_VERSION)
    usecases.join_case(number=life.case.number, reporter=neighbour, by=AnonymousActor(), now=life.now)


def merge(life: Life) -> None:
    """A neighbour told the same: their report is merged into this one."""
    life.wait(6)
    case, serial = life.case, life.case.serial
    teller = NewReporter(person(serial + 1_313), f"19905{serial:06d}", consent="spoken", notice_version=NOTICE_VERSION)
    words = f"也来反映同一件事：{life.case.text}"
    acceptor = life.who("acceptor")
    new = NewCase(
        class_code=catalogue().classes[case.case_class_id].code,
        text=words,
        channel="phone",
        building_id=case.building_id,
        reporter=teller,
    )
    twin = usecases.open_case(new=new, by=acceptor, now=life.now)
    life.others.append(twin)
    life.wait(4)
    usecases.merge_case(number=twin.number, into=case.number, reason="同一事项，并案办理。", by=acceptor, now=life.now)
    case.refresh_from_db()  # the merger counted the neighbour on the row


def unmerge(life: Life) -> None:
    """It was another matter after all; the neighbour's report is voided as answered on the telephone."""
    twin, acceptor = life.others[-1], life.who("acceptor")
    life.wait(30)
    usecases.unmerge_case(number=twin.number, reason="经核实系两处不同点位，分别办理。", by=acceptor, now=life.now)
    usecases.void_case(
        number=twin.number, reason="已当场电话解释清楚，居民不再要求办理。", by=life.who("precinct_head"), now=life.now
    )
    life.case.refresh_from_db()
