"""`manage.py first_admins`: make the three administrators (三员), or give one of them new credentials with `--reset NAME`."""

import io
from typing import Any

import segno
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.access import roles
from shequtong.access.usecases.make_administrator import (
    ADMINISTRATORS,
    CannotMakeAdministrator,
    Credentials,
    make_administrator,
    reset_administrator,
)
from shequtong.core.actors import SystemActor


class Command(BaseCommand):
    """Prints each password and secret once; they are kept nowhere in clear."""

    help = "Makes the three administrators (system, security, audit) with one-time passwords and authenticator codes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reset", metavar="NAME", choices=sorted(ADMINISTRATORS), help="new credentials for one of them")
        parser.add_argument("--no-qr", action="store_true", help="print the otpauth address without its picture")

    def handle(self, *args: Any, reset: str | None, no_qr: bool, **options: Any) -> None:
        by, now = SystemActor("first_admins"), timezone.now()
        if reset:
            try:
                made = [reset_administrator(username=reset, by=by, now=now)]
            except CannotMakeAdministrator as refusal:
                raise CommandError(str(refusal)) from refusal
        else:
            made = []
            for username in ADMINISTRATORS:
                try:
                    made.append(make_administrator(username=username, by=by, now=now))
                except CannotMakeAdministrator as refusal:
                    self.stderr.write(str(refusal))
        for credentials in made:
            self._show(credentials, picture=not no_qr)
        if not made:
            raise CommandError(_("Nothing was made. A lost password or phone: first_admins --reset NAME."))
        self.stdout.write(_("Write the passwords down now; they are not shown again. Each is changed at the first sign-in."))

    def _show(self, credentials: Credentials, *, picture: bool) -> None:
        role = roles.table().roles[ADMINISTRATORS[credentials.username]]
        self.stdout.write("")
        self.stdout.write(f"{role.label}: {credentials.username}")
        self.stdout.write(_("Password: %(password)s") % {"password": credentials.password})
        self.stdout.write(_("For the authenticator app: %(address)s") % {"address": credentials.app_address})
        if picture:
            drawn = io.StringIO()
            segno.make(credentials.app_address, micro=False).terminal(out=drawn, compact=True)
            self.stdout.write(drawn.getvalue())
