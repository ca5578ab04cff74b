"""The flow as a picture (流转图): SVG drawn from the table of moves, for the desk and for the docs. Colours come from the page around it.

Alone (`standalone`) it carries its colours for light and dark with it.
"""

from collections.abc import Collection, Mapping
from html import escape
from typing import Final

from django.utils.translation import gettext as _

from shequtong.cases.flow_layout import MAIN_X, Box, Layout, Net, lay_out
from shequtong.cases.shown import STAGE_LOOKS
from shequtong.cases.workflow import Move, Stage

_SIZE = 13
# name of the page's variable -> light, dark (frontend/ui/css/tokens.css)
_COLOURS: Final = {
    "sheet": ("#ffffff", "#1a202a"),
    "ink": ("#18202c", "#e8ecf2"),
    "ink-2": ("#465163", "#b3bdcb"),
    "line-2": ("#7f8a99", "#76839a"),
    "brand": ("#1f4f8f", "#8fbcf5"),
    "good": ("#0a5c44", "#86dcbb"),
    "good-soft": ("#e0f3ec", "#12342a"),
    "good-solid": ("#0f7f5f", "#45c79a"),
    "warn": ("#744600", "#f6c979"),
    "warn-soft": ("#fdf0d3", "#3a2b0f"),
    "warn-solid": ("#b56a00", "#eba93a"),
    "bad": ("#981b1b", "#ffb1a8"),
    "bad-soft": ("#fde9e6", "#431a18"),
    "bad-solid": ("#c4281c", "#f2695c"),
    "info": ("#1b4a87", "#a6cbf8"),
    "info-soft": ("#e5eefa", "#18304f"),
    "info-solid": ("#2a68b8", "#6fa8ee"),
    "quiet": ("#414c5c", "#c0c9d5"),
    "quiet-soft": ("#e9edf1", "#2a3340"),
    "quiet-solid": ("#647083", "#8f9bad"),
}
# The shapes of frontend/ui/shapes.ts, on twelve by twelve.
_SHAPES: Final = {
    "circle": '<circle cx="6" cy="6" r="5" fill="{c}"/>',
    "ring": '<circle cx="6" cy="6" r="4.2" fill="none" stroke="{c}" stroke-width="2"/>',
    "half": '<circle cx="6" cy="6" r="4.5" fill="none" stroke="{c}" stroke-width="1.6"/><path d="M6 1.5a4.5 4.5 0 0 1 0 9z" fill="{c}"/>',
    "square": '<rect x="1.5" y="1.5" width="9" height="9" rx="1.5" fill="{c}"/>',
    "arrow": '<path d="M1 5h5V1.5L11.5 6 6 10.5V7H1z" fill="{c}"/>',
    "check": '<path d="M1.5 6.5 4.5 9.5 10.5 2.5" fill="none" stroke="{c}" stroke-width="2.2"/>',
    "cross": '<path d="M2 2l8 8M10 2l-8 8" fill="none" stroke="{c}" stroke-width="2.2"/>',
}


def picture(moves: Mapping[str, Move], off: Collection[str] = (), *, standalone: bool = False) -> str:
    """The SVG of the moves in use, in the language of the moment."""
    used = [move for move in moves.values() if move.name not in off]
    widths = {move.name: _width(str(move.label)) for move in used}
    layout = lay_out(used, widths, max((_width(str(stage.label)) + 46 for stage in Stage), default=0))
    parts = [_head(layout, standalone)]
    # Shadows of the sheet under each line keep crossings readable; the longest lie lowest.
    for net in sorted(layout.nets, key=lambda one: -one.lane):
        parts.append(_net(layout, net))
    parts += [_step(layout, source, target) for source, target in layout.steps]
    parts += [_box(layout, box) for box in layout.boxes.values()]
    return "\n".join([*parts, "</svg>\n"])


def _colour(name: str) -> str:
    return f"var(--{name},{_COLOURS[name][0]})"


def _width(text: str) -> float:
    """Of a text in the size of the labels, generously."""
    return sum(_SIZE if ord(letter) > 0x2E80 else 7.3 for letter in text)


def _head(layout: Layout, standalone: bool) -> str:
    size = f"{layout.width:.0f} {layout.height:.0f}"
    title, told = escape(_("The way of a case")), escape(_described(layout))
    style, font = "", ""
    if standalone:
        light = "".join(f"--{name}:{pair[0]};" for name, pair in _COLOURS.items())
        dark = "".join(f"--{name}:{pair[1]};" for name, pair in _COLOURS.items())
        style = f"<style>svg{{{light}}}@media (prefers-color-scheme:dark){{svg{{{dark}}}}}</style>\n"
        style += f'<rect width="100%" height="100%" fill="{_colour("sheet")}"/>\n'
        font = ' font-family="PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"'
    width, height = size.split()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{width}" height="{height}" role="img" '
        f'aria-labelledby="flow-title flow-desc" font-size="{_SIZE}"{font}>\n'
        f'<title id="flow-title">{title}</title>\n<desc id="flow-desc">{told}</desc>\n{style}'
    )


def _described(layout: Layout) -> str:
    """The main line in words; the side moves stand in the table beside the picture."""
    line = " → ".join(str(stage.label) for stage in layout.main)
    return _("The main line: %(line)s. The other moves are listed in the table.") % {"line": line}


def _box(layout: Layout, box: Box) -> str:
    shape, tone = STAGE_LOOKS.get(box.stage, ("circle", "quiet"))
    on_line = box.stage in layout.main
    glyph = _SHAPES.get(shape, _SHAPES["circle"]).format(c=_colour(f"{tone}-solid"))
    label = escape(str(box.stage.label))
    size = _fitting(str(box.stage.label), box.width - 40, 15 if on_line else _SIZE)
    return (
        f'<g data-stage="{box.stage.value}"><rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width}" height="{box.height:.1f}" rx="8" '
        f'fill="{_colour(f"{tone}-soft")}" stroke="{_colour(f"{tone}-solid")}"{"" if on_line else " stroke-dasharray=" + chr(34) + "5 3" + chr(34)}/>'
        f'<g transform="translate({box.x + 12:.1f} {box.middle - 6:.1f})">{glyph}</g>'
        f'<text x="{box.x + 32:.1f}" y="{box.middle + 5:.1f}" font-size="{size:g}" font-weight="{"600" if on_line else "400"}" '
        f'fill="{_colour(tone)}">{label}</text></g>'
    )


def _fitting(text: str, room: float, size: float) -> float:
    needed = _width(text) * size / _SIZE
    return size if needed <= room else max(9, round(size * room / needed, 1))


def _step(layout: Layout, source: Stage, target: Stage) -> str:
    """One step down the main line, with every move that makes it."""
    above, below = layout.boxes[source], layout.boxes[target]
    found = layout.steps[source, target]
    x, start, end = above.x + MAIN_X, above.y + above.height, below.y
    dashed = all(edge.perhaps for edge in found)
    label = escape(" / ".join(dict.fromkeys(str(edge.move.label) for edge in found)))
    names = " ".join(dict.fromkeys(edge.move.name for edge in found))
    return (
        f'<g data-moves="{names}">{_line(f"M{x:.1f} {start:.1f}V{end - 7:.1f}", "brand", 2.2, dashed)}'
        f"{_head_down(x, end, 'brand')}"
        f'<text x="{x - 10:.1f}" y="{(end if end - start < 80 else start + 46) - 18:.1f}" text-anchor="end" font-weight="600" '
        f'fill="{_colour("brand")}" {_halo()}>{label}</text></g>'
    )


def _net(layout: Layout, net: Net) -> str:
    """A move off the line: a port and its label at each source, one lane, an arrow at each target."""
    colour = "warn-solid" if net.side == "left" else "line-2"
    lane = layout.lane_x(net)
    ports = {stage: layout.port(net, stage) for stage in net.stages}
    heights = sorted(y for _x, y in ports.values())
    parts = [_line(f"M{lane:.1f} {heights[0]:.1f}V{heights[-1]:.1f}", colour, 1.5, all(net.targets.values()))]
    for stage, (x, y) in ports.items():
        into = stage in net.targets
        inward = 7 if lane > x else -7
        away = x + (inward if into else 0)
        parts.append(_line(f"M{lane:.1f} {y:.1f}H{away:.1f}", colour, 1.5, into and net.targets[stage]))
        if into:
            parts.append(_head_across(x, y, inward, colour))
        if stage in net.sources:
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{_colour(colour)}"/>')
        # A move out of an end is named where it leads to: there is no room between the lanes.
        if stage not in layout.ends and (stage in net.sources or set(net.sources) <= set(layout.ends)):
            parts.append(_label(layout, net, y))
    return f'<g data-moves="{net.move.name}">{"".join(parts)}</g>'


def _label(layout: Layout, net: Net, y: float) -> str:
    """Beside the port, clear of the main line."""
    edge = layout.boxes[layout.main[0]]
    at, anchor = (edge.x - 8, "end") if net.side == "left" else (edge.x + edge.width + 8, "start")
    label = escape(str(net.move.label))
    return f'<text x="{at:.1f}" y="{y - 4.5:.1f}" text-anchor="{anchor}" fill="{_colour("ink")}" {_halo()}>{label}</text>'


def _halo() -> str:
    return f'paint-order="stroke" stroke="{_colour("sheet")}" stroke-width="3"'


def _line(path: str, colour: str, width: float, dashed: bool = False) -> str:
    dash = ' stroke-dasharray="5 4"' if dashed else ""
    under = f'<path d="{path}" fill="none" stroke="{_colour("sheet")}" stroke-width="{width + 3:g}"/>'
    return f'{under}<path d="{path}" fill="none" stroke="{_colour(colour)}" stroke-width="{width:g}"{dash}/>'


def _head_down(x: float, y: float, colour: str) -> str:
    return f'<path d="M{x - 5:.1f} {y - 9:.1f}h10L{x:.1f} {y:.1f}z" fill="{_colour(colour)}"/>'


def _head_across(x: float, y: float, inward: float, colour: str) -> str:
    return f'<path d="M{x + inward:.1f} {y - 4.5:.1f}v9L{x:.1f} {y:.1f}z" fill="{_colour(colour)}"/>'
