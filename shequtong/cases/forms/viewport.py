"""The viewport an address names (视野): four edges in degrees and how near; what is none is said in words."""

from math import isfinite

from django.utils.translation import gettext as _

from shequtong.cases.lookups.viewport import Viewport
from shequtong.territory.maps import box_from

_NEAREST = 24.0
_LONGEST = 120  # characters


def viewport_from(box: str, zoom: str) -> Viewport | str:
    """The viewport, or what is wrong with it. Across the 180th meridian nobody looks: west is less than east."""
    found = box_from(box) if len(box) <= _LONGEST else None
    if found is None:
        return _("bbox is west,south,east,north in degrees: west less than east, south less than north, all on the map.")
    try:
        near = float(zoom[:_LONGEST])
    except ValueError:
        near = float("nan")
    if not (isfinite(near) and 0 <= near <= _NEAREST):
        return _("zoom is a number from 0 to %(most)s.") % {"most": round(_NEAREST)}
    return Viewport(found, near)
