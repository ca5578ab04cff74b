"""`manage.py work`: the worker process (后台任务)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shequtong.config.watch import measures
from shequtong.config.worker import LONG, QUICK, work, work_once


class Command(BaseCommand):
    help = "Run the scheduled jobs of every area until SIGTERM or Ctrl-C; any number of workers may run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="run each job once, long ones too, and end")
        parser.add_argument("--long", action="store_true", help="run the long jobs (exports, imports) instead of the others")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["once"]:
            name = "long" if options["long"] else "work"
            measures.keep(name)
            work(LONG if options["long"] else QUICK, name)
        elif failed := work_once():
            raise CommandError(f"{failed} jobs failed; see the log")
