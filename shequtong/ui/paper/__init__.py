"""Paper (纸质文书): what is printed is laid out by Typst from plain data, so that nothing a person wrote is ever read as markup.

An area brings a template (`*.typ`, which imports `sheet.typ`) and turns its rows into JSON values; all words come from there too.
"""

from shequtong.ui.paper.fonts import NoFonts
from shequtong.ui.paper.frame import Frame
from shequtong.ui.paper.pictures import for_paper
from shequtong.ui.paper.qr import qr_rows
from shequtong.ui.paper.typesetting import Sheet, plain, render

__all__ = ["Frame", "NoFonts", "Sheet", "for_paper", "plain", "qr_rows", "render"]
