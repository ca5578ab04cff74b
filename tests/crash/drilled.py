"""The place of the backup drill from inside (演练数据): `python -m tests.crash.drilled fill` and `… look`, each printing one line of JSON.

`look` says everything that must be the same after a restoration: the bytes of every row, of every file, of an original unsealed, a telephone opened.
"""

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import django

CASES = 6
LOOSE = "drill-loose"  # a photo whose form is not sent yet


def fill() -> dict[str, Any]:
    """The town with cases, photos, messages, and a sealed log."""
    from django.utils import timezone

    from shequtong.cases.testing import make_case
    from shequtong.cases.workflow import Stage
    from shequtong.config.worker import work_once
    from shequtong.files.testing import make_blob
    from shequtong.testing.town import STREET, build_town

    town = build_town()
    for number in range(CASES):
        claim = f"drill-{number}"
        photos = (make_blob(STREET, claim, words=claim).pk,)
        make_case(town, stage=Stage.HANDLING if number % 2 else Stage.INTAKE, photos=photos, claim=claim)
    failed = work_once()
    loose = make_blob(STREET, LOOSE, words=LOOSE, now=timezone.now())
    return {"jobs_failed": failed, "loose": loose.pk, "claim": LOOSE}


def look() -> dict[str, Any]:
    """What stands, as hashes."""
    from django.conf import settings

    from shequtong.cases.models import Reporter
    from shequtong.files import originals, storage
    from shequtong.files.models import Blob
    from tests.crash.place import said

    blobs = list(Blob.objects.order_by("id"))
    storages: Any = settings.STORAGES
    folder = Path(storages["default"]["OPTIONS"]["location"])
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        "tables": tables(),
        "files": {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
        "originals": [hashlib.sha256(originals.read_original(blob)).hexdigest() == blob.sha256 for blob in blobs],
        "shown": [storage.read(blob.key, storage.SHOWN)[:2].hex() for blob in blobs],
        "phones": sorted({reporter.phone.reveal() for reporter in Reporter.objects.all()}),
        "audit": said("audit_verify"),
        "figures": said("figures_verify"),
    }


def tables() -> dict[str, list[Any]]:
    """Rows and their hash, by table; the sign of life apart, which is of the moment."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table == "core_heartbeat":
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = sorted(
                repr([bytes(value) if isinstance(value, memoryview) else value for value in row]) for row in cursor.fetchall()
            )
            found[table] = [len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()]
    return found


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shequtong.config.settings")
    django.setup()
    sys.stdout.write(json.dumps({"fill": fill, "look": look}[sys.argv[1]](), ensure_ascii=False) + "\n")
