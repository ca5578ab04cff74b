"""What the page of the hard case has to tell (难案的叙述): its turning points in their order, each with when, who and why."""

from tests.browser.people import verb, zh

SQUAD, SECTION, TRAFFIC, PROPERTY = "狮山城管中队", "狮山街道建设管理科", "狮山交警中队", "馨泰社区物业服务点"


def story() -> list[tuple[str, ...]]:
    """The turning points: when, what, who, and why."""
    return [
        (verb("Reported"), "09:10", zh("Reporter")),
        (verb("Confirm"), "09:30", "何军", zh("It is as reported"), "塌坑"),
        (verb("Register"), "09:40", "沈明", "予以立案"),
        (verb("Dispatch"), "09:50", "林洁", SQUAD, TRAFFIC, PROPERTY),
        (verb("Send back"), "11:00", "周涛", "应由建设管理科负责"),
        (verb("Dispatch"), "11:10", "林洁", SECTION),
        (verb("Send back"), "14:30", "蒋丽", "权属不清"),
        (verb("Decide"), "09:00", "陈立", SECTION, "去年移交街道"),
        (verb("Accept"), "09:20", "蒋丽"),
        (verb("Ask for assistance"), "蒋丽", TRAFFIC, "疏导车辆"),
        (verb("Ask for assistance"), "蒋丽", PROPERTY, "移车"),
        ("10:00", "朱峰", zh("Done"), "已安排疏导"),
        ("10:20", "韩磊", zh("Done"), "住户已移车"),
        (verb("Ask to suspend"), "蒋丽", "2026-10-07", "沥青厂停工"),
        (verb("Grant the request"), "林洁", zh("Suspension"), "2026-10-08 17:00"),
        (verb("Resume"),),
        (verb("Reminded"),),
        (verb("Escalated"), zh("Precinct office", "level of urging")),
        (verb("Report as handled"), "09:30", "蒋丽", zh("overdue"), "冷补料"),
        (verb("Not fixed: rework"), "孙蕾", "高差"),
        (verb("Report as handled"), "蒋丽", "重新摊铺"),
        (verb("Verified: fixed"), "孙蕾"),
        (verb("Answer the reporter"), "林洁"),
        (verb("Close"), "沈明"),
        (verb("Reopen"), "又下沉了"),
        (verb("Dispatch"), "林洁", SECTION, "下沉原因"),
        (verb("Report as handled"), "蒋丽", "雨水管渗漏"),
        (verb("Close"), "沈明"),
        (verb("Appeal"), "蒋丽", "连续降雨"),
        (verb("Judge the appeal"), "陈立", zh("Granted"), "降雨属实"),
        (verb("Judge the appeal finally"), "丁岚", zh("Granted"), "不计入考核"),
    ]
