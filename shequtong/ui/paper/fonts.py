"""The fonts of printed documents (文书字体): Noto Sans SC regular and bold from the build, Debian's Noto CJK behind it for rare characters."""

from functools import lru_cache
from pathlib import Path

import typst
from django.conf import settings
from django.utils.translation import gettext as _

from shequtong.core.refusals import Refusal

# In this order; what the first lacks (𠮷 of names) is drawn in the second where it is installed.
FAMILIES = ("Noto Sans SC", "Noto Sans CJK SC")
_BUILT = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
_DEBIAN = Path("/usr/share/fonts/opentype/noto")  # package fonts-noto-cjk
_DEBIAN_FILE = "NotoSansCJK-Regular.ttc"


class NoFonts(Refusal):
    """Neither the built front end nor the system has a font with Chinese characters."""


def folders() -> list[Path]:
    """Where fonts were found, the built ones first."""
    built = Path(settings.PAPER_FONTS)
    found = [built] if all((built / name).is_file() for name in _BUILT) else []
    return [*found, _DEBIAN] if (_DEBIAN / _DEBIAN_FILE).is_file() else found


def fonts() -> typst.Fonts:
    """The fonts, looked up once a process; their bytes are read when a document first needs them. Raises NoFonts."""
    found = folders()
    if not found:
        raise NoFonts(_("Nothing can be printed: the fonts are not installed. Please tell the administrator."))
    return _read(tuple(map(str, found)))


@lru_cache(maxsize=2)
def _read(paths: tuple[str, ...]) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(paths))
