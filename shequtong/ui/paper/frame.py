"""The frame of every page (页眉页脚): whose paper it is above, who printed it and when below, page x of y."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shequtong.ui.paper.fonts import FAMILIES


@dataclass(frozen=True)
class Frame:
    """What stands around a document. `place` is the office's, `printed` says by whom and when."""

    place: str
    title: str
    printed: str
    number: str = ""

    def data(self) -> dict[str, Any]:
        """As the templates read it, with what is the same for all."""
        language, _dash, region = (get_language() or "zh-hans").partition("-")
        pages = _("Page {page} of {pages}")
        return {**asdict(self), "pages": pages, "language": language, "region": region, "fonts": FAMILIES}


def printed_by(name: str, post: str, moment: str) -> str:
    """The line of the foot: who, in which post, when."""
    who = f"{name} ({post})" if post else name
    return (
        _("Printed by %(who)s, %(moment)s") % {"who": who, "moment": moment}
        if name
        else _("Printed %(moment)s") % {"moment": moment}
    )
