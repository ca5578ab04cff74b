"""A worker of its own for the tests: `python -m shequtong.messaging.tests.sender <database> <file> <manner>`.

It sends to a file until nothing is due. Manners: `plain`; `die` (kills itself after the gateway took the first message, before the mark);
`later` (its clock is ahead by more than a lease, so that it takes over what the dead had claimed).
"""

import os
import signal
import sys
from datetime import datetime, timedelta

import django
from django.conf import settings


def main(database: str, file: str, manner: str) -> None:
    settings.DATABASES["default"]["NAME"] = database
    settings.MESSAGING_GATEWAY_FILE = file
    django.setup()
    from django.utils import timezone

    from shequtong.messaging.gateways import FileGateway
    from shequtong.messaging.usecases import send_due_messages
    from shequtong.messaging.usecases.send_due_messages import LEASE

    class Deadly(FileGateway):
        """Accepts, and the process is gone before it can note that."""

        def send(self, phone: str, text: str, ref: str) -> str:
            super().send(phone, text, ref)
            os.kill(os.getpid(), signal.SIGKILL)
            return ref

    ahead = LEASE * 2 if manner == "later" else timedelta()

    def clock() -> datetime:
        return timezone.now() + ahead

    gateway = Deadly() if manner == "die" else FileGateway()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while send_due_messages(gateway=gateway, worker=f"w{os.getpid()}", clock=clock, limit=20):
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])
