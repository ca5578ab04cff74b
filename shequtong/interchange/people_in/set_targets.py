"""Columns of the sets (分类列): facts of migrants, elderly, disabled … as targets `set.fact`, the headings they are known by; and those of special care.

A heading comes here bare, as `fields.bare` makes it. Special care (registries 2.10) is known so that it can be kept out: no table brings it in.
"""

import re
from collections.abc import Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from shequtong.people.facts import SETS
from shequtong.people.lookups.load_sets import APPLIES

_HEADINGS: Final = {
    "migrant": {
        APPLIES: "是否流动人口 是否外来人口 是否外来人员 是否流动人员",
        "reason": "流入原因 来苏原因 来苏事由 来本地原因 来本市原因 居住事由 暂住事由 流动原因 来此原因",
        "permit_kind": "居住证类型 居住证类别 办证类型 居住证件类型",
        "permit_number": "居住证号 居住证号码 居住证编号 居住证件号 居住证件号码 暂住证号 暂住证号码 暂住证编号 居住证",
        "permit_until": "居住证有效期 居住证有效期至 居住证到期日期 居住证到期日 居住证截止日期 居住证到期时间 暂住证有效期 暂住证到期日期",
        "came_on": "来苏日期 来苏时间 流入日期 流入时间 来本市日期 来本市时间 来本地时间 抵达日期 抵达时间",
        "leaves_on": "预计离开日期 预计离开时间 预计离苏日期 预计离苏时间 拟离开日期",
        "dwelling": "住所类型 住所类别 居所类型 居住处所 居住处所类型 暂住处所类型 暂住处所",
        "origin": "流出地 来源地 流入前居住地 原居住地 何地来 何处来",
        "note": "流动人口备注",
    },
    "left_behind": {
        APPLIES: "是否留守 是否留守人员 是否关爱对象",
        "kind": "留守类型 留守类别 留守人员类型 留守人员类别 关爱类型 关爱对象类型 关爱对象类别",
        "relative_name": "外出人员姓名 外出务工人员姓名 外出家属姓名 外出成员姓名 主要成员姓名 亲属姓名 家属姓名",
        "relative_phone": "外出人员电话 外出人员联系电话 外出家属电话 主要成员电话 亲属电话 亲属联系电话 家属电话 家属联系电话 家属联系方式",
        "relative_relation": "与留守人员关系 与外出人员关系 亲属关系 主要成员关系 家属关系",
        "relative_place": "务工地 务工地点 外出地点 外出务工地 外出务工地点 家属所在地 亲属所在地",
        "needs": "困难及诉求 困难诉求 诉求 主要困难 需求",
        "help_given": "帮扶情况 帮扶措施 关爱措施 关爱情况",
        "note": "留守备注",
    },
    "elderly": {
        APPLIES: "是否老年人 是否老人",
        "card_number": "老年证编号 老年证号 老年证号码 老年证 老年优待证号 老年优待证编号 敬老卡号 尊老卡号",
        "living": "老年人类别 老年人类型 老人类别 老人类型 老年人居住状况 老人居住状况 老年人居住情况 老人居住情况 是否独居 独居 是否空巢 是否独居老人 是否空巢老人",
        "ability": "自理能力 生活自理能力 自理情况 自理程度 能力等级 失能等级 失能程度 失能情况 能力评估等级 老年人能力等级",
        "income": "经济来源 主要经济来源 生活来源 主要生活来源 收入来源",
        "allowance": "高龄津贴 高龄补贴 是否享受高龄津贴 尊老金 老年补贴 老年津贴 养老补贴 老年人补贴 养老服务补贴",
        "health": "身体状况 健康状况 身体健康状况 健康情况 患病情况 慢性病 慢性病情况",
        "note": "老年人备注",
    },
    "disability": {
        APPLIES: "是否残疾 是否残疾人 残疾 残疾人",
        "certificate": "残疾证号 残疾证号码 残疾证编号 残疾证 残疾人证号 残疾人证号码 残疾人证编号 残疾人证",
        "kind": "残疾类别 残疾类型 残疾种类",
        "kinds": "多重残疾类别 多重残疾类型 多重残疾种类 多重残疾明细",
        "grade": "残疾等级 残疾级别 残疾程度",
        "cause": "致残原因 残疾原因",
        "allowance": "残疾补贴 残疾人补贴 残疾人两项补贴 两项补贴 残疾人生活补贴 困难残疾人生活补贴 残疾人护理补贴 重度残疾人护理补贴",
        "note": "残疾备注",
    },
    "hardship": {
        APPLIES: "是否困难 是否困难户 是否困难家庭 是否救助对象",
        "kind": "救助类别 救助类型 救助对象类别 救助对象类型 困难类型 困难类别 低保类型 低保类别 保障类别 保障类型 "
        "是否低保 是否低保户 低保 低保户 是否特困 是否特困人员 特困 是否五保 是否五保户 是否低保边缘",
        "certificate": "低保证号 低保证号码 低保证编号 低保证 救助证号 救助证编号 特困证号 特困供养证号",
        "persons": "保障人口 保障人口数 保障人数 低保人口 低保人数 享受人数 救助人数",
        "amount": "月保障金额 月保障金 保障金额 低保金额 低保金 月低保金 月低保金额 救助金额 月救助金额 月补助金额",
        "cause": "致贫原因 致困原因 困难原因 主要致贫原因 主要致困原因",
        "since_month": "享受低保时间 享受低保日期 低保享受时间 低保起始时间 低保起始日期 低保批准时间 低保批准日期 纳入低保时间 享受起始时间 享受起始年月 "
        "起始享受时间 救助起始时间 救助起始日期 享受救助时间",
        "note": "救助备注",
    },
    "family": {
        "birth_registered_on": "生育登记日期 生育登记时间 生育服务登记日期",
        "children": "子女数 子女个数 子女人数 现有子女数 现生子女数 孩子数",
        "allowance": "育儿补贴 是否享受育儿补贴",
        "childcare": "托育情况 托育方式 照护方式 婴幼儿照护方式",
        "only_child": "是否独生子女 独生子女 是否独生子女家庭 独生子女家庭",
        "note": "生育备注",
    },
    "employment": {
        "state": "就业状态 就业状况 就业情况 职业状态 从业状态 从业状况 是否就业",
        "card_number": "就业失业登记证号 就业失业登记证编号 就业创业证号 就业创业证编号 失业登记证号 就业登记证号 就业失业证号",
        "out_since": "失业日期 失业时间 失业起始日期 失业登记日期 失业登记时间",
        "cause": "失业原因",
        "aid": "援助类别 援助类型 就业援助类别 就业援助类型 就业困难类别 就业困难类型 就业困难人员类别",
        "wants": "求职意向 就业意向 求职意愿 意向工种",
        "certificates": "技能证书 职业资格证书 职业技能证书 资格证书 职业资格",
        "note": "就业备注",
    },
    "party": {
        APPLIES: "是否党员 是否中共党员 党员",
        "kind": "党员类型 党员类别 党员性质",
        "joined_on": "入党时间 入党日期 入党年月日",
        "branch": "所属支部 所在支部 党支部 所属党支部 所在党支部 支部名称 所属党组织 所在党组织",
        "office": "党内职务 支部职务",
        "state": "党籍状态",
        "moved_in_on": "转入时间 转入日期 组织关系转入时间 组织关系转入日期 党组织关系转入时间",
        "floating": "是否流动党员 流动党员",
        "out_of_touch_since": "失联日期 失联时间 失去联系日期",
        "note": "党员备注",
    },
}
# Headings that say it only where the table, or the heading above, is of one set: 等级 below 残疾信息.
_WITHIN: Final = {
    "migrant": {"reason": "事由 原因", "permit_kind": "证照类型", "permit_until": "到期日期 到期时间", "note": "情况说明"},
    "left_behind": {"kind": "类型 类别", "relative_place": "工作地址 工作地点", "note": "情况说明"},
    "elderly": {"living": "类型 类别 居住状况 居住情况", "allowance": "享受补贴 补贴 补贴情况", "note": "情况说明"},
    "disability": {
        "certificate": "证号 证件编号 残联证号",
        "kind": "类型 类别 种类",
        "grade": "等级 级别 程度",
        "allowance": "享受补贴 补贴 补贴情况",
        "note": "情况说明",
    },
    "hardship": {
        "kind": "类型 类别",
        "certificate": "证号",
        "amount": "金额 月金额",
        "since_month": "起始时间",
        "note": "情况说明",
    },
    "family": {"allowance": "享受补贴 补贴 补贴情况"},
    "employment": {"state": "状态 状况", "card_number": "证号", "cause": "原因", "note": "情况说明"},
    "party": {"kind": "类型 类别", "branch": "支部", "office": "职务", "state": "状态", "note": "情况说明"},
}
_ABOVE: Final = (
    ("残疾", "disability"),
    ("老年", "elderly"),
    ("老人", "elderly"),
    ("低保", "hardship"),
    ("救助", "hardship"),
    ("困难", "hardship"),
    ("特困", "hardship"),
    ("党员", "party"),
    ("党组织", "party"),
    ("流动人口", "migrant"),
    ("居住证", "migrant"),
    ("留守", "left_behind"),
    ("就业", "employment"),
    ("失业", "employment"),
    ("生育", "family"),
    ("计生", "family"),
)
# What 是 means under a heading that asks for one kind.
YES_MEANS: Final = {
    **dict.fromkeys(("是否独居", "独居", "是否独居老人"), "alone"),
    **dict.fromkeys(("是否空巢", "是否空巢老人"), "empty"),
    **dict.fromkeys(("高龄津贴", "高龄补贴", "是否享受高龄津贴", "尊老金"), "advanced_age"),
    **dict.fromkeys(("残疾人护理补贴", "重度残疾人护理补贴"), "care"),
    **dict.fromkeys(("残疾人生活补贴", "困难残疾人生活补贴"), "living"),
    **dict.fromkeys(("是否低保", "是否低保户", "低保", "低保户"), "minimum"),
    **dict.fromkeys(("是否特困", "是否特困人员", "特困", "是否五保", "是否五保户"), "extreme"),
    "是否低保边缘": "edge",
    **dict.fromkeys(("育儿补贴", "是否享受育儿补贴"), "child"),
    "是否就业": "employed",
}
# Headings that stand as words in cells as often: a row of them is none of headings, and below themselves they mean yes.
AS_CELLS: Final = frozenset(
    [
        *("残疾", "残疾人", "党员", "流动党员", "低保", "低保户", "特困", "独居", "独生子女", "独生子女家庭"),
        *("高龄津贴", "高龄补贴", "育儿补贴", "残疾证", "残疾人证", "老年证", "低保证", "居住证"),
    ]
)
_CARE_HEADING: Final = re.compile(
    "刑满|刑释|服刑|刑期|刑罚|罪名|犯罪|前科|缓刑|假释|监外执行|社区矫正|矫正(?:类|起|小|日|期|对|人)|安置帮教|帮教|吸毒|涉毒|戒毒|吸食"
    "|艾滋|hiv|精神障碍|精神病|精神疾病|精神分裂|肇事肇祸|诊断类型|危险等级|危险性|与患者关系|信访|上访|重点青少年|重点人员|特殊人群|不良行为|邪教"
)
_CARE_CELL: Final = re.compile(
    "刑满|刑释|社区矫正|安置帮教|吸毒|戒毒|艾滋|精神障碍|精神分裂|双相|肇事肇祸|缓刑|假释|监外执行|信访|上访|重点青少年|邪教"
)
_CLEAR: Final = 2  # cells that say it before it is believed

_APPLIES_LABEL: Final = pgettext_lazy("column", "applies: yes or no")
_SHORT: Final[dict[str, str | Promise]] = {
    "migrant": pgettext_lazy("column", "Migrant")
}  # before a fact, where the set's own words are long
# set, its words, (target, words of the fact)
GROUPS: Final[tuple[tuple[str, str | Promise, tuple[tuple[str, str | Promise], ...]], ...]] = tuple(
    (
        kind.name,
        kind.label,
        (
            (f"{kind.name}.{APPLIES}", format_lazy("{}：{}", _SHORT.get(kind.name, kind.label), _APPLIES_LABEL)),
            *(
                (f"{kind.name}.{fact.name}", format_lazy("{}：{}", _SHORT.get(kind.name, kind.label), fact.label))
                for fact in kind.facts
            ),
        ),
    )
    for kind in SETS
)
TARGETS: Final = tuple(one for _name, _label, facts in GROUPS for one in facts)
HEADINGS: Final = {
    heading: f"{name}.{fact}" for name, facts in _HEADINGS.items() for fact, words in facts.items() for heading in words.split()
}
_CONTEXT: Final = {
    name: {heading: f"{name}.{fact}" for fact, words in facts.items() for heading in words.split()}
    for name, facts in _WITHIN.items()
}


def below(upper: str, lower: str) -> str:
    """The target of a heading that stands below another: 等级 below 残疾信息; "" for none."""
    name = next((name for word, name in _ABOVE if word in upper), "")
    return _CONTEXT.get(name, {}).get(lower, "")


def within(targets: Sequence[str], heading: str) -> str:
    """The target of a heading where all set columns that are known belong to one set; "" for none."""
    names = {target.partition(".")[0] for target in targets if "." in target}
    return _CONTEXT.get(names.pop(), {}).get(heading, "") if len(names) == 1 else ""


def is_care(heading: str, cells: Sequence[str] = ()) -> bool:
    """Whether a column tells of special care: by its heading, or because half of what stands in it does."""
    if _CARE_HEADING.search(heading):
        return True
    told = [cell for cell in cells if cell]
    found = sum(1 for cell in told if _CARE_CELL.search(cell))
    return found >= _CLEAR and found * 2 >= len(told)
