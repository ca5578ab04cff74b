"""The core area."""

from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "shequtong.core"
    label = "core"

    def ready(self) -> None:
        from shequtong.core.locality.checks import check_locality

        checks.register(check_locality, checks.Tags.models)
        post_migrate.connect(keep_installation, sender=self)


def keep_installation(using: str, **told: Any) -> None:
    """The installation's own place, put back where `flush` emptied the tables (a migration makes it the first time)."""
    from shequtong.core.models import Subdistrict

    row = {"kind": Subdistrict.Kind.INSTALLATION, "letters": "ZZ", "name": "平台"}
    Subdistrict.objects.using(using).get_or_create(id=0, defaults=row)
