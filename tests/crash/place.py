"""The database of the crash test from inside (数据准备与核对): `python -m tests.crash.place make` and `… look`, each printing one line of JSON.

A process of its own, because its settings name another database than those of the tests.
"""

import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import django

from shequtong.core.clock import zone_named

# Round the earth from east to west, an hour apart, none with a summer time. Named by cities: see `zone_named`.
ROUND = [
    "Pacific/Fiji",
    "Pacific/Guadalcanal",
    "Pacific/Port_Moresby",
    "Asia/Tokyo",
    "Asia/Shanghai",
    "Asia/Bangkok",
    "Asia/Dhaka",
    "Asia/Tashkent",
    "Asia/Dubai",
    "Asia/Riyadh",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "Africa/Abidjan",
    "Atlantic/Cape_Verde",
    "America/Noronha",
    "America/Sao_Paulo",
    "America/Puerto_Rico",
    "America/Panama",
    "America/Costa_Rica",
    "America/Phoenix",
    "Pacific/Pitcairn",
    "Pacific/Gambier",
    "Pacific/Honolulu",
    "Pacific/Pago_Pago",
]


def make() -> dict[str, Any]:
    """Build the town, where it is noon now: text messages go out at any hour the test is run."""
    from shequtong.core import held
    from shequtong.core.models import Subdistrict
    from shequtong.testing.town import build_town

    town = build_town()
    Subdistrict.objects.update(zone=at_noon(datetime.now(UTC)))
    held.changed("places")
    return {"building": town.building.pk}


def at_noon(now: datetime) -> str:
    """A zone where the clock strikes twelve at this hour."""
    return next(name for name in ROUND if now.astimezone(zone_named(name)).hour == 12)


def look() -> dict[str, Any]:
    """Let a worker finish what the killed ones left, then say what stands."""
    from django.utils import timezone

    from shequtong.audit.models import Entry
    from shequtong.cases.models import Case, Reporter, Step
    from shequtong.config.worker import work_once
    from shequtong.core.models import Submission
    from shequtong.messaging.gateways import gateway
    from shequtong.messaging.models import Message
    from shequtong.messaging.usecases import send_due_messages
    from shequtong.messaging.usecases.send_due_messages import LEASE
    from shequtong.testing.town import STREET

    failed = work_once()

    def later() -> datetime:
        return timezone.now() + LEASE + timedelta(minutes=1)  # what a dead worker had claimed is free again

    rounds = 0
    while rounds < 100 and send_due_messages(gateway=gateway(), worker="last", clock=later):
        rounds += 1
    cases = list(Case.objects.filter(subdistrict=STREET))
    steps = list(Step.objects.filter(subdistrict=STREET).values_list("case_id", "number", "move"))
    traced = Entry.objects.filter(subdistrict=STREET, what="cases.intake").values_list("object_id", flat=True)
    messages = Message.objects.filter(subdistrict=STREET, channel="sms")
    return {
        "jobs_failed": failed,
        "submissions": dict(Submission.objects.filter(subdistrict=STREET).values_list("key", "answer")),
        "numbers": sorted(case.number for case in cases),
        "cases": len(cases),
        "steps": sorted(steps) == sorted((case.pk, 1, "intake") for case in cases),
        "traces": sorted(traced) == sorted(case.pk for case in cases),
        "reporters": Reporter.objects.filter(subdistrict=STREET).count(),
        "messages": {str(pk): state for pk, state in messages.values_list("pk", "state")},
        "about": len({key.split(":")[1] for key in messages.values_list("once_key", flat=True)}),
        "figures": said("figures_verify"),
        "audit": said("audit_verify", unsealed_after=0),
    }


def said(command: str, **options: Any) -> str:
    """What a proving command found wrong; "" when nothing."""
    from django.core.management import call_command

    out = StringIO()
    try:
        call_command(command, stdout=out, stderr=out, **options)
    except SystemExit:
        return out.getvalue() or "failed"
    return ""


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shequtong.config.settings")
    django.setup()
    does: dict[str, Callable[[], dict[str, Any]]] = {"make": make, "look": look}
    sys.stdout.write(json.dumps(does[sys.argv[1]](), ensure_ascii=False) + "\n")
