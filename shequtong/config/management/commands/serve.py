"""`manage.py serve`: the web server and the workers, on one machine (启动服务)."""

import os
import socket
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shequtong.config.supervisor import Child, server_command, supervise, worker_command

ANSWERS_WITHIN = 60.0  # seconds


class Command(BaseCommand):
    help = "Serve the platform: Granian, a worker, and one for long tasks. Ctrl-C ends all; one that dies is started again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000), help="default: $PORT, else 8000")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        if _answers(host, port):
            raise CommandError(f"Port {port} on {host} is in use. Choose another one: PORT={port + 1}")
        children = [
            Child("server", server_command(host, port)),
            Child("worker", worker_command()),
            Child("tasks", worker_command("--long")),
        ]
        self._until, self._said = time.monotonic() + ANSWERS_WITHIN, False
        supervise(children, lambda: self._say_when_ready(host, port))
        self.stdout.write("Stopped.")

    def _say_when_ready(self, host: str, port: int) -> None:
        if self._said:
            return
        if _answers(host, port):
            shown, self._said = f"[{host}]" if ":" in host else host, True
            self.stdout.write(f"Serving on http://{shown}:{port}/ (Ctrl-C ends it)")
            self.stdout.flush()
        elif time.monotonic() > self._until:
            self._said = True
            self.stderr.write(f"The server does not answer on port {port} after {ANSWERS_WITHIN:.0f} s; see the messages above.")


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False
