"""rotate_keys (更换封存密钥): a new key for personal data, and everything sealed brought under it while the platform runs."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from shequtong.core import keys
from shequtong.core.keys import Ring
from shequtong.core.keys.keyring import new_key
from shequtong.core.keys.store import RELOAD_SECONDS
from shequtong.core.sealed import rotation

# Every process has read the changed ring by then, and has ended a request it began before.
SETTLE_SECONDS = RELOAD_SECONDS + 1.0


class Command(BaseCommand):
    help = (
        "Makes a new sealing key and reseals all personal data under it; run again after an interruption, it goes on. "
        "With --finish, retires the old key once nothing is left under it. --prepare makes the next key without using it yet "
        "(several machines: copy the ring to all of them before the rotation). --status only counts."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        chosen = parser.add_mutually_exclusive_group()
        chosen.add_argument("--finish", action="store_true", help="retire the old keys if no value is under them")
        chosen.add_argument("--prepare", action="store_true", help="make the next key without using it yet")
        chosen.add_argument("--bring-back", metavar="KEY", help="take a retired key into the ring again, to open an old backup")
        chosen.add_argument("--status", action="store_true", help="say which keys there are and how much is left to reseal")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._handle(**options)
        except keys.KeyFileError as error:
            raise CommandError(str(error)) from None

    def _handle(
        self, finish: bool = False, prepare: bool = False, status: bool = False, bring_back: str | None = None, **options: Any
    ) -> None:
        if bring_back:
            keys.bring_back(bring_back)
            self._status()
        elif status:
            self._status()
        elif prepare:
            self._prepare()
        elif finish:
            self._finish()
        else:
            self._rotate()

    def _prepare(self) -> Ring:
        ring = keys.ring(fresh=True)
        if ring.prepared is None:
            key = new_key(ring.current.serial + 1, settings.SEALING_ALGORITHM)
            ring = keys.change_ring(lambda before: before if before.prepared else before.with_key(key))
        self.stdout.write(f"Key {ring.prepared.id if ring.prepared else ring.current_id} is ready.")
        return ring

    def _rotate(self) -> None:
        ring = keys.ring(fresh=True)
        if ring.old:
            self.stdout.write(f"Going on with the rotation to {ring.current_id}.")
        elif keys.ring_from_environment():
            raise CommandError(
                "SEALING_KEYS holds only one key in use: add a new one there, make it current, restart, then run this again"
            )
        else:
            self._prepare()
            ring = keys.change_ring(
                lambda before: before.using(before.prepared.id) if before.prepared and not before.old else before
            )
            self.stdout.write(f"New values are sealed under {ring.current_id} ({ring.current.algorithm}).")
            time.sleep(SETTLE_SECONDS)
        if self._reseal_all():
            raise CommandError("Some values do not open (listed above). They stay as they are; the old key cannot be retired.")
        self.stdout.write("All values are under the new key. Retire the old one with: manage.py rotate_keys --finish")

    def _reseal_all(self) -> int:
        """Reseal every table and print progress; the number of rows that do not open."""
        bad = 0
        for table in rotation.tables():
            label, done, begun = table.model._meta.label, 0, time.monotonic()
            for outcome in rotation.reseal(table):
                done += outcome.resealed
                bad += len(outcome.unreadable)
                for row in outcome.unreadable:
                    self.stderr.write(f"  {label} {row}: does not open")
                self.stdout.write(f"  {label}: {done} rows, {done / (time.monotonic() - begun):.0f} a second")
            self.stdout.write(f"{label}: {done} rows resealed")
        return bad

    def _finish(self) -> None:
        ring = keys.ring(fresh=True)
        if not ring.old:
            raise CommandError("There is no old key: only the current one is in use.")
        time.sleep(SETTLE_SECONDS)
        left = self._left()
        if left:
            raise CommandError(f"{left} rows are still under an old key. Run manage.py rotate_keys first; nothing was retired.")
        old = {key.id for key in ring.old}
        if keys.ring_from_environment():
            self.stdout.write(
                f"Nothing is under {', '.join(sorted(old))} any more: take it out of SEALING_KEYS, and keep it for old backups."
            )
            return
        keys.change_ring(lambda before: before.without(old))
        self.stdout.write(f"Retired {', '.join(sorted(old))}. It is kept in retired.json, for backups made before today.")

    def _left(self) -> int:
        current, left = keys.ring().current, 0
        for table in rotation.tables():
            count = rotation.left_behind(table, current).count()
            left += count
            if count:
                self.stdout.write(f"  {table.model._meta.label}: {count} rows are not under {current.id}")
        return left

    def _status(self) -> None:
        ring = keys.ring(fresh=True)
        for key in ring.by_age():
            state = "current" if key is ring.current else "prepared" if key is ring.prepared else "old"
            self.stdout.write(f"{key.id}  {key.algorithm}  made {key.created:%Y-%m-%d}  {state}")
        if ring.current.algorithm != settings.SEALING_ALGORITHM:
            self.stdout.write(f"SEALING_ALGORITHM is {settings.SEALING_ALGORITHM}: it comes into use with the next rotation.")
        self.stdout.write(f"{self._left()} rows wait to be resealed.")
