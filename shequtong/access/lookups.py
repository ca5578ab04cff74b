"""Reads over appointments (任职查询)."""

from collections import defaultdict
from datetime import date

from shequtong.access.models import Appointment


def holders(subdistrict_id: int, day: date) -> dict[str, dict[int, str]]:
    """Who holds which role in a subdistrict on `day`: role → account → name. One statement."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    rows = Appointment.objects.in_force(day).filter(subdistrict=subdistrict_id)
    for role, account_id, name in rows.order_by("id").values_list("role", "account_id", "account_name"):
        found[role][account_id] = name
    return dict(found)
