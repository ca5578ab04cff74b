"""`manage.py audit_verify`: prove the log against its chain and what stands outside the database; exit code 1 when something is wrong."""

import json
import sys
import time
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.audit.findings import Finding
from shequtong.audit.verification import Verification
from shequtong.audit.witnesses import Witness, witnesses
from shequtong.core.places import places
from shequtong.core.snapshot import snapshot

UNSEALED_AFTER = 30  # minutes


class Command(BaseCommand):
    """One line a finding: kind, subdistrict, table, position, id, words."""

    help = "Name every audit row that was changed, removed, put in or moved, or that waits too long to be sealed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object with all findings")
        parser.add_argument("--subdistrict", type=int, help="storage number of the only subdistrict to look at")
        parser.add_argument("--unsealed-after", type=int, default=UNSEALED_AFTER, metavar="MINUTES")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        findings: list[Finding] = []
        entries = 0
        outside, damaged = witnesses()  # before the snapshot: what the files hold must then be in it
        findings += [Finding("damaged", 0, "heads.jsonl", position=line) for line in damaged]
        only = options["subdistrict"]
        numbers = [only] if only is not None else [place.number for place in places()]
        with snapshot():
            for number in numbers:
                pass_ = Verification(
                    number,
                    outside.get(number, Witness()),
                    now=timezone.now(),
                    unsealed_after=timedelta(minutes=options["unsealed_after"]),
                )
                findings += list(pass_)
                entries += pass_.entries
                if time.monotonic() - started > 2 and not options["json"]:
                    self.stderr.write(_("%(entries)s entries read …") % {"entries": entries})
        self._report(findings, entries, len(numbers), as_json=options["json"])
        if findings:
            sys.exit(1)

    def _report(self, findings: list[Finding], entries: int, places_read: int, *, as_json: bool) -> None:
        if as_json:
            found = {"entries": entries, "subdistricts": places_read, "findings": [asdict(finding) for finding in findings]}
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        for finding in findings:
            self.stdout.write(finding.line())
        told = {"entries": entries, "subdistricts": places_read, "findings": len(findings)}
        self.stdout.write(_("%(entries)s entries in %(subdistricts)s subdistricts, %(findings)s findings") % told)
