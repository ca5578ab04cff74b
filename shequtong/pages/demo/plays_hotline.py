"""The demo's hotline orders and phrases (演示 12345 工单与常用语): imported as a table is, one of them confidential, and taken a step on."""

from datetime import datetime, timedelta

from shequtong.access.actor import AccountActor
from shequtong.cases import usecases
from shequtong.cases.hotline import Order
from shequtong.cases.models import Case, Phrase
from shequtong.cases.workflow import Stage
from shequtong.territory.models import Building

_TABLE = "12345工单（演示）.xlsx"
# Hours ago, class, categories, what was told, urgency, confidential, hours until it is due to the hotline.
_ORDERS = (
    (
        50,
        "L01",
        ("城市管理", "公共照明", "楼道照明"),
        "来电人反映楼道灯损坏多日，晚上出行不便，要求尽快维修。",
        "一般",
        False,
        72,
    ),
    (27, "0110", ("城市管理", "市容环卫", "垃圾清运"), "来电人反映小区垃圾桶满溢，异味较重，要求及时清运。", "一般", False, 48),
    (20, "0101", ("城市管理", "市政设施", "井盖"), "来电人反映小区门口井盖翘起，存在安全隐患。", "紧急", False, 24),
    (8, "0110", ("城市管理", "市容环卫", "垃圾清运"), "来电人反映邻居长期在楼道堆放垃圾，希望保密处理。", "一般", True, 48),
)
_PHRASES = (
    ("answer", "已处置完毕", "您好，您反映的问题已处置完毕，感谢您对社区工作的关心和支持。如问题再次出现，请随时与我们联系。"),
    ("answer", "需分步推进", "您好，您反映的问题需分步推进，我们已列入工作计划，将及时向您反馈进展。"),
    ("handle", "已维修", "已派人到场维修，现场恢复正常。"),
    ("handle", "已清理", "已安排人员清理，现场干净整洁。"),
    ("send_back", "不属本单位职责", "经核对责任清单，该事项不属本单位职责，请重新派遣。"),
    ("not_accept", "属其他部门", "您好，该事项不属本街道受理范围，请您向主管部门反映。"),
)


def play_hotline(buildings: list[Building], cast: dict[str, AccountActor], now: datetime, *, orders: bool = True) -> None:
    """Phrases of the office, and unless none are wanted a handful of orders; a second run finds them there."""
    acceptor = cast["acceptor"]
    if not Phrase.objects.filter(subdistrict=acceptor.home).exists():
        for rank, (use, title, text) in enumerate(_PHRASES):
            usecases.write_phrase(use=use, title=title, text=text, rank=rank, by=acceptor, now=now - timedelta(days=3))
    path = acceptor.in_use.path if acceptor.in_use else ""
    near = [each for each in buildings if each.grid_path.startswith(path)]
    for index, (hours, code, categories, text, urgency, confidential, due) in enumerate(_ORDERS if orders else ()):
        received_at = now - timedelta(hours=hours)
        order = Order(
            row=index + 2,
            number=f"SZ12345{received_at:%Y}{index + 1:06d}",
            received_at=received_at,
            text=text,
            name="周建平",
            phone=f"1990002{index:04d}",
            address=near[(index * 11) % len(near)].address,
            opinion="请属地街道核实处理，并在规定时限内答复来电人。",
            categories=categories,
            accept_kind="电话",
            call_kind="投诉举报",
            origin="12345 热线",
            urgency=urgency,
            confidential=confidential,
            due_at=received_at + timedelta(hours=due),
        )
        (done,) = usecases.import_orders(
            orders=[order],
            classes={categories: code},
            subdistrict=acceptor.home,
            source=_TABLE,
            by=acceptor,
            now=received_at + timedelta(minutes=30),
        )
        # The last one waits to be registered.
        if done.new and index < len(_ORDERS) - 1:
            _take_on(done.case_number, cast, received_at + timedelta(hours=1))


def _take_on(number: str, cast: dict[str, AccountActor], now: datetime) -> None:
    if Case.objects.numbered(number).filter(stage=Stage.INTAKE).exists():
        usecases.register_case(number=number, by=cast["acceptor"], now=now)
