"""The measured database from inside: `python -m bench.place make`, `… grow <cases>`, `… prepare <lifecycles>`; one line of JSON each.

The town of the tests and its cast; cases are played by the use-cases, and copied in bulk up to the size that is asked for.
"""

import json
import os
import sys
from datetime import timedelta
from typing import Any

import django

AT_ONCE = 20_000  # copies held in memory
WHO = ("chen", "shen", "lin", "wang", "supervisor")


def make() -> dict[str, Any]:
    """Migrate, build the town, play a case to each stage, sign the cast in; the cookies of their browsers."""
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from shequtong.accounts.testing import signed_in
    from shequtong.cases.testing import make_case
    from shequtong.cases.workflow import MAIN_LINE
    from shequtong.testing.town import build_town

    town = build_town()
    with connection.cursor() as cursor:
        key = "integer PRIMARY KEY" if connection.vendor == "sqlite" else "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
        cursor.execute(f"CREATE TABLE bench_floor (id {key}, note text NOT NULL)")
    earlier = timezone.now() - timedelta(hours=3)
    numbers = {stage.value: make_case(town, stage=stage, now=earlier).number for stage in MAIN_LINE}
    cookies = {name: signed_in(town.accounts[name]).cookies["sessionid"].value for name in WHO}
    return {"building": town.building.pk, "police": town.police.pk, "numbers": numbers, "sessions": cookies}


def grow(wanted: int) -> dict[str, Any]:
    """Copy the played cases until there are `wanted` in the street."""
    from shequtong.cases.models import Case
    from shequtong.testing.crowd import FIRST_SERIAL, copy_cases
    from shequtong.testing.town import STREET

    here = Case.objects.filter(subdistrict=STREET)
    there = here.count()
    played = list(here.order_by("id")[:7])
    for begin in range(there, wanted, AT_ONCE):
        copy_cases(played, min(AT_ONCE, wanted - begin), first_serial=FIRST_SERIAL + begin)
    return {"cases": here.count()}


def prepare(lifecycles: int) -> dict[str, Any]:
    """The street goes every short way, and so many lifecycles' submit keys, by who sends them."""
    import secrets

    from django.core import signing
    from django.utils import timezone

    from shequtong.accounts.models import Account
    from shequtong.cases.models import Flow
    from shequtong.cases.short_ways import SHORT_WAYS
    from shequtong.core.held import changed
    from shequtong.core.submissions import SALT
    from shequtong.testing.town import STREET

    Flow.objects.get_or_create(
        subdistrict_id=STREET, version=1, defaults={"rules": {"short": list(SHORT_WAYS)}, "published_at": timezone.now()}
    )
    changed("cases.flow")
    signer = signing.TimestampSigner(salt=SALT)
    found = {}
    for who, name, each in (("chen", "陈立", 3), ("wang", "王强", 1)):
        account = Account.objects.get(shown_name=name)
        found[who] = [signer.sign(f"{secrets.token_urlsafe(16)}:{account.pk}") for _n in range(each * lifecycles)]
    return {"keys": found}


def there(*numbers: str) -> dict[str, Any]:
    """How many of these cases there are."""
    from shequtong.cases.models import Case

    return {"there": sum(Case.objects.numbered(number).exists() for number in numbers)}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    todo: dict[str, Any] = {"make": make, "grow": grow, "prepare": prepare, "there": there}
    found = todo[sys.argv[1]](*(int(one) if one.isdigit() else one for one in sys.argv[2:]))
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
