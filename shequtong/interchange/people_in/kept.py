"""The bytes of a table kept sealed (待导入人口表): a piece at a time, each bound to the whole file and its place in it; swept after a day."""

import hashlib
from base64 import b64decode, b64encode

from django.utils.translation import gettext as _

from shequtong.core.refusals import Refusal
from shequtong.core.sealed import SealError
from shequtong.core.sealed.ciphers import seal, unseal
from shequtong.files import storage
from shequtong.files.models import Blob
from shequtong.interchange.models import PeopleTable

_PIECE = 1 << 20


class TableGone(Refusal):
    """The bytes were swept."""


def sealed(content: bytes) -> bytes:
    """What is stored: one sealed piece a line."""
    digest = hashlib.sha256(content).hexdigest()
    starts = range(0, len(content), _PIECE)
    pieces = (seal(b64encode(content[at : at + _PIECE]).decode(), _bound(digest, at)) for at in starts)
    return "\n".join(pieces).encode()


def content_of(table: PeopleTable) -> bytes:
    """The bytes that were sent in. Raises TableGone. One statement."""
    blob = Blob.objects.filter(subdistrict=table.subdistrict_id, pk=table.blob_id or 0, state=Blob.State.STORED).first()
    content = unsealed(blob, table.digest)
    if not content:
        raise TableGone(_("The table is not kept any more. Please send it in again."))
    return content


def unsealed(blob: Blob | None, digest: str) -> bytes:
    """What a blob of ours holds; nothing where it is gone or is not what was sealed."""
    try:
        stored = storage.read(blob.key, storage.DOCUMENT) if blob else b""
        lines = stored.decode().split("\n") if stored else []
        return b"".join(b64decode(unseal(line, _bound(digest, at * _PIECE))) for at, line in enumerate(lines))
    except (SealError, FileNotFoundError, UnicodeDecodeError):
        return b""


def _bound(digest: str, at: int) -> str:
    return f"interchange.people_table|{digest}|{at}"
