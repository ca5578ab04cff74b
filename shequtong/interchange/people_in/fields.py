"""What a column may be (表列含义): the facts of a person, where they live, in whose household; by which headings each is known.

`target` is the fact's name, or one of the words of this file. A heading is compared without blanks, marks and what stands in brackets.
"""

import re
import unicodedata
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from shequtong.interchange.people_in import set_targets
from shequtong.people.facts import PERSON

ADDRESS, COMPOUND, BUILDING, ENTRANCE, ROOM = "address", "compound", "building", "entrance", "room"
KIND, LIVES, RELATION, HEAD_NAME, HEAD_ID, SINCE = "kind", "lives", "relation", "head_name", "head_id", "since"
PLACE: Final = (ADDRESS, COMPOUND, BUILDING, ENTRANCE, ROOM)
OTHERS: Final[tuple[tuple[str, str | Promise], ...]] = (
    (ADDRESS, gettext_lazy("Address in one cell")),
    (COMPOUND, pgettext_lazy("column", "Compound")),
    (BUILDING, pgettext_lazy("column", "Building")),
    (ENTRANCE, pgettext_lazy("column", "Entrance")),
    (ROOM, pgettext_lazy("column", "Room")),
    (KIND, gettext_lazy("Lives there as")),
    (LIVES, gettext_lazy("Lives there: yes or no")),
    (RELATION, gettext_lazy("Relation to the head of the household")),
    (HEAD_NAME, gettext_lazy("Name of the head of the household")),
    (HEAD_ID, gettext_lazy("Document number of the head of the household")),
    (SINCE, gettext_lazy("Lives there since")),
)
TARGETS: Final = (*((fact.name, fact.label) for fact in PERSON), *OTHERS, *set_targets.TARGETS)
KNOWN: Final = frozenset(name for name, _label in TARGETS)
_HEADINGS: Final = {
    "name": "姓名 人员姓名 居民姓名 成员姓名 住户姓名 名字 name",
    "former_name": "曾用名 别名",
    "reading": "拼音 姓名拼音",
    "sex": "性别 sex gender",
    "born_on": "出生日期 出生年月日 出生年月 生日 出生 birthday",
    "id_kind": "证件类型 证件种类 证件类别 证件名称",
    "id_number": "身份证号码 身份证号 公民身份号码 公民身份证号码 居民身份证号 身份证 身份证件号码 证件号码 证件号 证件编号 idnumber",
    "id_until": "证件有效期 证件有效期至 身份证有效期 有效期至",
    "nationality": "国籍 国家或地区",
    "ethnicity": "民族",
    "native_place": "籍贯 祖籍",
    "marital": "婚姻状况 婚姻 婚否",
    "political": "政治面貌 政治身份",
    "schooling": "文化程度 学历 受教育程度 教育程度 最高学历",
    "military": "兵役状况 兵役 服兵役情况 兵役情况",
    "occupation": "职业 从事职业 工种",
    "workplace": "工作单位 服务处所 单位 就业单位 工作学习单位 学校或单位",
    "phone": "手机号码 手机 联系电话 电话 联系方式 手机号 移动电话 电话号码 本人电话 phone mobile",
    "other_phone": "固定电话 备用电话 其他电话 家庭电话 座机 其他联系方式",
    "email": "电子邮箱 邮箱 email",
    "insured": "医疗保险 医保 参保情况 医保类型 医疗保险类型 参保类型",
    "population": "人口类型 人口类别 人员类型 人口性质 人员类别",
    "register_state": "人户状态 人户关系 人户情况 人户一致标识 人户一致情况",
    "register_kind": "户口性质 户别 户籍性质 户口类别 户口类型",
    "register_number": "户号 户口簿号 户口号",
    "register_address": "户籍地址 户口所在地 户籍所在地 户籍地 户籍详址 户口地址",
    "emergency_name": "紧急联系人 紧急联系人姓名",
    "emergency_phone": "紧急联系电话 紧急联系人电话 紧急联系人联系方式 紧急联系人手机",
    "guardian": "监护人 监护人姓名",
    "skills": "特长 兴趣爱好 技能 技能特长",
    "remarks": "备注 说明 附注 remarks",
    ADDRESS: "现住址 居住地址 现居住地址 住址 地址 家庭住址 家庭地址 详细地址 现居地址 居住地 现住地址 房屋地址 居住详址 门牌地址 address",
    COMPOUND: "小区 小区名称 所在小区 楼盘",
    BUILDING: "楼栋 幢 幢号 楼号 栋号 楼幢 楼栋号 栋 楼幢号",
    ENTRANCE: "单元 单元号",
    ROOM: "室 室号 房号 房间号 门牌号 户室号 房间 房室号",
    KIND: "居住类型 居住类别 居住性质 居住方式 住房性质 房屋性质 居住关系 入住类型",
    LIVES: "是否居住 是否在此居住 是否常住 是否实际居住 本人是否居住",
    RELATION: "与户主关系 户主关系 家庭关系 与户主的关系 与房主关系",
    HEAD_NAME: "户主姓名 户主 户主名称",
    HEAD_ID: "户主身份证号 户主身份证号码 户主身份证 户主证件号码 户主公民身份号码",
    SINCE: "入住日期 居住日期 入住时间 来本地日期 居住起始日期 迁入日期",
}
# Our own columns in the file of refused rows, and what tables count: nothing is taken from them.
IGNORED: Final = frozenset(
    ["原因", "原行号", "序号", "编号", "年龄", "人数", "reason", "originalrow", "no", "户人数", "家庭人口", "周岁"]
)
HEADINGS: Final = {
    **set_targets.HEADINGS,
    **{heading: target for target, words in _HEADINGS.items() for heading in words.split()},
}
_BRACKETS = re.compile(r"[(\[【（].*?[)\]】）]")
_MARKS = re.compile(r"[\s*＊:：·、,，./\\_\-—]+")


def bare(heading: str) -> str:
    """A heading as it is compared: 身份证 号码（必填）* is 身份证号码."""
    return _MARKS.sub("", _BRACKETS.sub("", unicodedata.normalize("NFKC", heading))).casefold()


def known(heading: str) -> str:
    """The target that a heading names for sure, "" for none. Two rows joined by a dot are known by both together, else by the lower."""
    whole = bare(heading)
    if whole in HEADINGS or whole in IGNORED:
        return HEADINGS.get(whole, "")
    upper, dot, lower = heading.rpartition("·")
    found = (set_targets.below(bare(upper), bare(lower)) or HEADINGS.get(bare(lower), "")) if dot else ""
    # 户主·姓名 was known together; 监护人·姓名 is not the name of the person
    return "" if found and bare(upper).endswith(("人", "主", "父亲", "母亲", "配偶")) and found in ("name", "phone") else found
