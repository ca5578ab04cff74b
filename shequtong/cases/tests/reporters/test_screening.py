"""What makes a report wait until somebody has looked: nobody says who tells it, insults, private data of others."""

import pytest
from django.utils.translation import gettext as _

from shequtong.access.testing import make_anonymous
from shequtong.cases import usecases
from shequtong.cases.flow import REVISION
from shequtong.cases.models import Case, Flow, Step
from shequtong.cases.screening import is_card_number, is_id_number, reasons
from shequtong.cases.testing import make_case
from shequtong.cases.tests.resident.browser import Phone
from shequtong.cases.tests.resident.test_report import to_send
from shequtong.cases.usecases import NewReporter
from shequtong.cases.usecases.open_case import CannotOpen
from shequtong.cases.workflow import Stage
from shequtong.core.held import changed
from shequtong.figures.verification import Verification
from shequtong.testing.town import MORNING, NOON, STREET, Town

OWN = "13812345678"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("楼道灯坏了三天，晚上老人上下楼不安全。", []),
        ("请打我电话13812345678", []),  # one's own
        ("请打我电话 138-1234-5678", []),
        ("隔壁老张的电话是13912345678", ["private"]),
        ("隔壁老张的电话是１３９１２３４５６７８", ["private"]),  # full width
        ("身份证11010519491231002X，请查", ["private"]),
        ("身份证110105194912310021，请查", []),  # the check character is wrong
        ("卡号6222 0212 3456 7890 129的人", []),  # Luhn fails
        ("卡号4111 1111 1111 1111的人", ["private"]),
        ("工单20261125000012345678，已三天", []),  # twenty digits are no such number
        ("物业电话0512-65551234", []),  # land lines of offices are public
        ("你们都是王 八 蛋", ["insult"]),
        ("你们都是王八蛋，电话13912345678", ["insult", "private"]),
    ],
)
def test_reasons(text: str, why: list[str]) -> None:
    assert reasons(text, OWN) == why


def test_check_digits() -> None:
    assert is_id_number("11010519491231002X")
    assert not is_id_number("110105194913310029")
    assert is_card_number("4111111111111111")
    assert not is_card_number("4111111111111112")


@pytest.mark.django_db
class TestHeld:
    def told(self, town: Town, **more: object) -> Case:
        return make_case(town, stage=Stage.HELD, **more)  # type: ignore[arg-type]  # a dictionary of arguments of many kinds

    def test_nobody_says_who_tells_it(self, town: Town) -> None:
        for reporter in (None, NewReporter(), NewReporter(name="赵小燕", consent="page")):
            case = self.told(town, reporter=reporter)
            assert Step.objects.get(case=case).details["held"] == ["anonymous"]

    def test_the_words_ask_for_it(self, town: Town) -> None:
        case = self.told(town, text="物业经理就是个王八蛋，灯坏了不修。")
        assert Step.objects.get(case=case).details["held"] == ["insult"]
        usecases.not_accept_case(number=case.number, why="abuse", words="请文明反映，可重新提交。", by=town.shen, now=MORNING)
        case.refresh_from_db()
        assert case.stage == Stage.NOT_ACCEPTED
        assert list(Verification(case.subdistrict_id).differences()) == []

    def test_what_staff_take_down_is_not_screened(self, town: Town) -> None:
        new = usecases.NewCase("L01", "来电人骂人王八蛋，灯坏了。", "window", building_id=town.building.pk)
        assert usecases.open_case(new=new, by=town.shen, now=MORNING).stage == Stage.INTAKE

    def test_is_said_on_the_page_and_read_on_the_workbench(self, town: Town) -> None:
        phone = to_send(town)
        assert _("Without one, somebody of the office reads your report first.") in phone.text
        phone.press(phone.form("cls"))
        assert Case.objects.get().stage == Stage.HELD
        assert _("Somebody of the office reads your report before it goes on.") in phone.text

    def test_is_refused_where_the_flow_says_so(self, town: Town) -> None:
        Flow.objects.create(
            subdistrict_id=STREET, version=1, rules={"anonymous": "refuse"}, published_at=NOON, published_by="丁岚"
        )
        changed(REVISION)
        with pytest.raises(CannotOpen):
            self.told(town, reporter=None)
        phone: Phone = to_send(town)
        phone.press(phone.form("cls"))
        assert phone.page.status_code == 422
        assert not Case.objects.exists()
        assert make_anonymous().may("cases.intake")
        phone.press(phone.form("cls"), phone=OWN, consent="on")
        assert Case.objects.get().stage == Stage.INTAKE
