"""`manage.py backup DIR`: everything that cannot be made again, into a new folder of DIR (备份)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from shequtong.config.backup.making import drop_old, make_backup, verify
from shequtong.config.backup.manifest import BackupError, backups_in


class Command(BaseCommand):
    help = "Copy database, files and witnesses of the log into a new folder of DIR, and prove it. Keys only with --with-keys."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dir", type=Path, help="folder of all backups; best on another disk")
        parser.add_argument(
            "--with-keys", action="store_true", help="the keys, too: whoever holds this backup then reads everything"
        )
        parser.add_argument(
            "--keep", type=int, default=0, metavar="N", help="afterwards remove all but the newest N (default: none)"
        )
        parser.add_argument("--verify", action="store_true", help="make none: read the newest again and prove it")

    def handle(self, *args: Any, **options: Any) -> None:
        where: Path = options["dir"].absolute()
        try:
            if options["verify"]:
                self._verify(where)
            else:
                self._make(where, with_keys=options["with_keys"], keep=options["keep"])
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from None

    def _verify(self, where: Path) -> None:
        found = backups_in(where) if where.is_dir() else []
        if not found:
            raise BackupError(f"{where} holds no backup.")
        made = verify(found[-1])
        self.stdout.write(f"{found[-1].name} is whole: {len(made.files)} files, {sum(made.rows.values())} rows.")

    def _make(self, where: Path, *, with_keys: bool, keep: int) -> None:
        made = make_backup(where, timezone.now(), self._say, with_keys=with_keys)
        manifest = verify(made)
        size = sum(kept.size for kept in manifest.files.values())
        self.stdout.write(f"{made}: {len(manifest.files)} files, {size // 1024} KB, {sum(manifest.rows.values())} rows, proved.")
        if with_keys:
            self.stdout.write("It holds the keys: whoever has it reads all phones and names. Lock it away.")
        else:
            self.stdout.write(
                "The keys are not in it. Without them it cannot be read: keep a copy of them elsewhere (docs/operations/keys.md)."
            )
        if not manifest.with_files:
            self.stdout.write("Files lie in another storage and are not in it.")
        for gone in drop_old(where, keep):
            self.stdout.write(f"Removed {gone.name}.")

    def _say(self, text: str) -> None:
        self.stdout.write(f"  {text}")
        self.stdout.flush()
