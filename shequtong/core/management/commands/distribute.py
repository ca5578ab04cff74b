"""distribute (升级为分布式): promotes this PostgreSQL with Citus in place; a second run finds nothing to do."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shequtong.core.postgresql.distribute import NotPossible, make_plan, others_connected, promote


class Command(BaseCommand):
    help = (
        "Copies shared tables to every node of a Citus cluster and distributes local ones by subdistrict, in one transaction: "
        "all of it or nothing. Run it while nobody works (it holds locks while it copies). --dry-run says what would be done."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, change nothing")
        parser.add_argument(
            "--verify", action="store_true", help="read every table before and after, and compare (takes twice as long)"
        )
        parser.add_argument(
            "--while-in-use", action="store_true", help="go on though other sessions are connected; they will wait"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._handle(**options)
        except NotPossible as reason:
            raise CommandError(str(reason)) from None

    def _handle(self, dry_run: bool = False, verify: bool = False, while_in_use: bool = False, **options: Any) -> None:
        plan = make_plan()
        if plan.is_done:
            self.stdout.write("Nothing to distribute: every table stands where it belongs.")
            return
        n = (len(plan.reference), len(plan.distribute), len(plan.keys))
        if dry_run:
            for table in plan.reference:
                self.stdout.write(f"to every node: {table}")
            for table in plan.distribute:
                self.stdout.write(f"by subdistrict: {table}")
            self.stdout.write(
                f"{n[0]} tables to every node, {n[1]} by subdistrict, {n[2]} foreign keys off and on. Nothing was changed."
            )
            return
        others = 0 if while_in_use else others_connected()
        if others:
            raise CommandError(
                f"{others} other sessions use this database. Stop the server and the workers first (--while-in-use to let them wait)."
            )
        began = time.monotonic()
        promote(plan, self.stdout.write, verify=verify)
        self.stdout.write(
            f"{n[0]} tables to every node, {n[1]} by subdistrict, {n[2]} foreign keys put back, in {time.monotonic() - began:.1f} s."
            + (" Every table holds the rows it held." if verify else "")
        )
