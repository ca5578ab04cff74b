"""Masks (脱敏): how much of a sealed value a page may show without a reason and a log entry (个人信息保护法 51, compliance 4.1)."""

import re
from collections.abc import Callable

HIDDEN = "****"
STARS = ("*", "＊")
# 复姓 that are still borne; a name that starts with one keeps both characters.
_DOUBLE = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 "
    "宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 "
    "微生 梁丘 左丘 东门 西门 第五 歐陽 司馬 東方 諸葛 公孫 長孫"
)
DOUBLE_SURNAMES = frozenset(_DOUBLE.split())


def mask_phone(plain: str) -> str:
    """138****5678; a land line keeps area code and last four, 0512****1234."""
    digits = re.sub(r"[\s-]|转\d*$", "", plain)
    if re.fullmatch(r"1\d{10}", digits):
        return f"{digits[:3]}{HIDDEN}{digits[-4:]}"
    if re.fullmatch(r"0\d{9,11}", digits):
        area = 3 if digits[:2] in ("01", "02") else 4
        return f"{digits[:area]}{HIDDEN}{digits[-4:]}"
    return HIDDEN


def mask_name(plain: str) -> str:
    """张*, 欧阳*; the length of the name is not shown."""
    name = plain.strip()
    surname = name[:2] if name[:2] in DOUBLE_SURNAMES and len(name) > 2 else name[:1]
    return f"{surname}*"


def mask_id_number(plain: str) -> str:
    """3205**********1234 for the 18 places of GB 11643, 3205*******1234 for the old 15."""
    number = plain.strip()
    return f"{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}" if len(number) in (15, 18) else HIDDEN


def mask_address(plain: str) -> str:
    """枫桥路****: the first three characters of an address of at least six, else nothing."""
    return f"{plain[:3]}{HIDDEN}" if len(plain) >= 6 else HIDDEN


def mask_text(plain: str) -> str:
    """Nothing of it."""
    return HIDDEN


MASKS: dict[str, Callable[[str], str]] = {
    "phone": mask_phone,
    "name": mask_name,
    "id_number": mask_id_number,
    "address": mask_address,
    "text": mask_text,
}


def looks_masked(plain: str, kind: str) -> bool:
    """Whether a text to be stored is what a page showed instead of it. One star is enough where no value may hold a star;
    other text may speak of a masked number, so only a whole mask is one."""
    if kind in ("phone", "name", "id_number"):
        return any(star in plain for star in STARS)
    shown = plain.strip()
    return shown == HIDDEN or (kind == "address" and len(shown) == 7 and shown.endswith(HIDDEN))
