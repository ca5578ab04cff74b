"""What keeps a confidential caller unknown in words (保密工单): their name, how they are addressed, and any long number are taken out.

Pure. Used on what the hotline sends, and on what is written about such a case later: notes, answers and tasks are read by the handling
station, which must not learn who called (registries.md 2.15).
"""

import re
import unicodedata

from shequtong.core.sealed.masks import DOUBLE_SURNAMES

GONE = "＊＊"
# Seven digits and more are a telephone or a document, however they are spaced: 139 1234 5678, 0512-6825 1234, 32050219900101123X.
_NUMBER = re.compile(r"(?:\d[\s\-－–—.·()（）]{0,2}){6,}\d[Xx]?")
# How a caller is addressed by surname. 某 as in 李某.
_ADDRESSED = "(?:某{1,2}|先生|女士|小姐|太太|同志|老师|师傅|阿姨|叔叔|大爷|大妈|大哥|大姐|奶奶|爷爷)"
_NOT_OF_A_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s*\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2}秒?)?)?")


def without_caller(text: str, name: str, phone: str) -> str:
    """`text` without the caller; dates stay. `name` and `phone` may be empty."""
    for pattern in _names(name):
        text = re.sub(pattern, GONE, text)
    if phone:
        text = text.replace(phone, GONE)
    kept = {found.span() for found in _NOT_OF_A_DATE.finditer(text)}

    def gone(found: re.Match[str]) -> str:
        is_date = any(start <= found.start() and found.end() <= end for start, end in kept)
        return found[0] if is_date else GONE

    return _NUMBER.sub(gone, text)


def tells_caller(text: str, name: str, phone: str) -> bool:
    """Whether `text` holds the caller's name, how they are addressed, or their telephone in any spacing. Other numbers do not count."""
    if any(re.search(pattern, text) for pattern in _names(name)):
        return True
    digits = "".join(letter for letter in unicodedata.normalize("NFKC", text) if letter.isdigit())
    ours = "".join(letter for letter in phone if letter.isdigit())
    return len(ours) >= 7 and ours in digits


def _names(name: str) -> list[str]:
    """The whole name, also with blanks between its letters, and the surname with a form of address."""
    letters = "".join(name.split())
    if not letters or not ("\u4e00" <= letters[0] <= "\u9fff"):
        return [re.escape(name.strip())] if len(letters) > 1 else []
    surname = letters[:2] if letters[:2] in DOUBLE_SURNAMES else letters[0]
    whole = [r"\s*".join(map(re.escape, letters))] if len(letters) > 1 else []
    return [*whole, re.escape(surname) + _ADDRESSED]
