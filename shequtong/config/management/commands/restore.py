"""`manage.py restore BACKUP --into FOLDER`: a data folder (and a PostgreSQL database) as they were (恢复)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shequtong.config.backup.manifest import BackupError
from shequtong.config.backup.restoring import restore


class Command(BaseCommand):
    help = "Put a backup back into a new folder and, for PostgreSQL, an empty database. Nothing is written over."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", type=Path, help="one backup: …/shequtong-20261130T034500Z")
        parser.add_argument("--into", type=Path, required=True, help="the new data folder; then start with SHEQUTONG_DATA=FOLDER")
        parser.add_argument(
            "--database", default="", metavar="URL", help="an empty PostgreSQL database, for a backup of PostgreSQL"
        )
        parser.add_argument(
            "--leave-out-damaged", action="store_true", help="restore though photos or documents are damaged; names them"
        )
        parser.add_argument("--keys", type=Path, help="folder of the keys, when the backup does not hold them")

    def handle(self, *args: Any, **options: Any) -> None:
        into: Path = options["into"].absolute()
        try:
            left_out: list[str] | None = [] if options["leave_out_damaged"] else None
            told = {"database": options["database"], "keys": options["keys"], "left_out": left_out}
            made = restore(options["backup"].absolute(), into, **told)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Restored to {into}, as of {made.made_at}: {sum(made.rows.values())} rows, {len(made.files)} files.")
        if not made.with_keys and options["keys"] is None:
            self.stdout.write(
                f"Before you start: put the keys {', '.join(made.key_ids)} with audit.key and secret_key into {into / 'keys'}."
            )
        for name in left_out or ():
            self.stdout.write(f"Damaged, left out: {name}")
        self.stdout.write(
            "Then: manage.py migrate, collectstatic, audit_verify, figures_verify; give the folder to the account of the server"
            " (chmod 710 where nginx reads it); and start server and workers."
        )
