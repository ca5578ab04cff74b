"""Example standards (示例立结案标准): written by us for the demo and for a place's first day, marked as examples on every page.

They show the clocks, evidence and duties that standards.md 1.5 and 1.6 describe; limits follow common practice and are no law. A place
publishes its own over them. Ten classes: three of city management (城管), seven for what residents write about.
"""

from shequtong.cases.usecases import NewStandard

_BASIS = "示例：参照《数字化城市管理信息系统》GB/T 30428 的一般做法，由各街道替换为本地文件"
_DUTY = "示例责任清单"

EXAMPLES: tuple[NewStandard, ...] = (
    NewStandard(
        "0101", "city_management", "井盖缺损", "Manhole cover damaged",
        "井盖缺失、移位或开裂，存在安全隐患", "井盖恢复完好，现场安全", 2, "urgent_hours", _BASIS,
        (("urban_management", "lead", _DUTY), ("housing", "assist", _DUTY)),
        "例如：井盖没了、翘起、有裂缝", "e.g. a cover is missing, tilted or cracked", 10, after_photo_required=True,
    ),
    NewStandard(
        "0110", "city_management", "暴露生活垃圾", "Exposed household rubbish",
        "垃圾未入桶、满溢或散落", "垃圾清运干净，地面无残留", 4, "work_hours", _BASIS,
        (("urban_management", "lead", _DUTY), ("property", "assist", _DUTY)),
        "例如：垃圾桶满了没人收、楼道堆垃圾", "e.g. bins overflow, rubbish in the stairway", 20, after_photo_required=True,
    ),
    NewStandard(
        "0113", "city_management", "道路破损", "Road damaged",
        "路面坑洼、塌陷或破损", "路面修复平整", 3, "work_days", _BASIS,
        (("housing", "lead", _DUTY), ("traffic_police", "assist", _DUTY)),
        "例如：路面有坑、地砖松动", "e.g. potholes, loose paving", 30, after_photo_required=True,
    ),
    NewStandard(
        "L01", "livelihood", "住房与物业", "Housing and property management",
        "涉及住房、物业服务、小区设施的诉求", "已核实处理并书面答复", 5, "work_days", _BASIS,
        (("housing", "lead", _DUTY), ("property", "assist", _DUTY)),
        "例如：电梯常坏、物业收费、房屋漏水", "e.g. broken lift, property fees, leaking roof", 40,
    ),
    NewStandard(
        "L02", "livelihood", "劳动与社会保障", "Labour and social security",
        "涉及工资、社保、就业、退休待遇的诉求", "已核实处理并书面答复", 5, "work_days", _BASIS,
        (("labour", "lead", _DUTY),),
        "例如：拖欠工资、社保缴费、退休金", "e.g. unpaid wages, contributions, pensions", 50,
    ),
    NewStandard(
        "L03", "livelihood", "教育文体", "Education, culture and sport",
        "涉及入学、学校管理、文体设施的诉求", "已核实处理并书面答复", 5, "work_days", _BASIS,
        (("social_affairs", "lead", _DUTY),),
        "例如：入学划片、校外培训、健身器材", "e.g. school places, tutoring, sports equipment", 60,
    ),
    NewStandard(
        "M01", "market", "消费与市场秩序", "Consumers and market order",
        "涉及消费纠纷、价格、经营秩序的诉求", "已调查处理并书面答复", 5, "work_days", _BASIS,
        (("market_regulation", "lead", _DUTY),),
        "例如：退款难、价格不明、无证经营", "e.g. refused refunds, unclear prices, no licence", 70,
    ),
    NewStandard(
        "E01", "safety", "环境污染", "Pollution",
        "涉及噪音、油烟、扬尘、污水的诉求", "污染消除或依法处理并书面答复", 24, "urgent_hours", _BASIS,
        (("ecology", "lead", _DUTY), ("urban_management", "assist", _DUTY)),
        "例如：夜间施工噪音、油烟扰民、污水外溢", "e.g. noise at night, kitchen fumes, sewage", 80,
    ),
    NewStandard(
        "H01", "livelihood", "卫生健康", "Health",
        "涉及医疗、防疫、生育服务的诉求", "已核实处理并书面答复", 7, "calendar_days", _BASIS,
        (("health", "lead", _DUTY),),
        "例如：看病报销、预防接种、生育登记", "e.g. reimbursement, vaccination, registering a birth", 90,
    ),
    NewStandard(
        "T01", "safety", "交通出行", "Traffic and transport",
        "涉及停车、信号灯、公交、违停的诉求", "已核实处理并书面答复", 3, "work_days", _BASIS,
        (("traffic_police", "lead", _DUTY), ("urban_management", "assist", _DUTY)),
        "例如：乱停车、红绿灯不亮、公交不准点", "e.g. blocked lanes, dark traffic lights, late buses", 100,
    ),
)

# Staff's own stages (standards.md 1.5); closing waits a working day for the written answer.
STAGE_LIMITS: tuple[tuple[str, int, str], ...] = (
    ("intake", 15, "work_hours"),
    ("registered", 15, "work_hours"),
    ("verification", 30, "work_hours"),
    ("closing", 8 * 60, "work_hours"),
)
