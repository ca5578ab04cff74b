"""The evidence in a case file (案卷证据): photos side by side, every file with its hash, where the log of the case is sealed."""

from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shequtong.audit.models import Entry, Seal
from shequtong.cases.paper.words import NONE
from shequtong.cases.paper.writer import Writer
from shequtong.files import storage
from shequtong.files.models import Blob
from shequtong.ui.paper import for_paper

_MOST_PHOTOS = 40  # pictures of one file; the list of files names all


def pairs(writer: Writer) -> list[list[dict[str, str] | None]]:
    """Photos before and after handling, side by side; each with what its list number and time are."""
    sides = zip_longest(writer.sheet.before, writer.sheet.after)
    return [[_picture(writer, blob) for blob in pair] for pair in sides][: _MOST_PHOTOS // 2]


def _picture(writer: Writer, blob: Blob | None) -> dict[str, str] | None:
    if blob is None:
        return None
    caption = _("File %(n)s, %(at)s") % {"n": _numbered(writer)[blob.pk], "at": writer.at(blob.taken_at or blob.received_at)}
    try:
        name = f"{blob.pk}.jpg"
        writer.pictures[name] = for_paper(storage.read(blob.key, storage.SHOWN))
    except OSError:  # not there, or no picture: the list of files still names it
        return {"name": "", "caption": caption}
    return {"name": name, "caption": caption}


def _numbered(writer: Writer) -> dict[int, int]:
    """Files by the number they have in this document: in the order in which they came."""
    blobs = sorted((blob for found in writer.sheet.photos.values() for blob in found), key=lambda blob: blob.pk)
    return {blob.pk: n for n, blob in enumerate(blobs, start=1)}


def files(writer: Writer) -> dict[str, Any]:
    """The files of a case, numbered in their order, each with its fingerprint."""
    names = {"before": pgettext("photo", "Before"), "after": pgettext("photo", "After")}
    numbered = _numbered(writer)
    blobs = sorted((blob for found in writer.sheet.photos.values() for blob in found), key=lambda blob: blob.pk)
    return {
        "heads": [_("No."), _("Kind"), _("Received"), pgettext("case file", "Taken"), pgettext("case file", "Bytes"), "SHA-256"],
        "rows": [
            [
                str(numbered[blob.pk]),
                names.get(blob.label, NONE),
                writer.at(blob.received_at),
                writer.at(blob.taken_at),
                f"{blob.original_size:,}",
                f"{blob.sha256[:32]}\n{blob.sha256[32:]}",
            ]
            for blob in blobs
        ],
    }


def log(writer: Writer) -> str:
    """How many entries the log has of this case, and the seal that holds the latest sealed one."""
    case = writer.case
    entries = Entry.objects.filter(subdistrict=case.subdistrict_id, object_kind=case._meta.label, object_id=case.pk)
    sealed = entries.filter(seal_id__isnull=False).order_by("-id").first()
    words = _("%(n)s entries of the log are about this case.") % {"n": entries.count()}
    seal = Seal.objects.filter(pk=sealed.seal_id).first() if sealed is not None and sealed.seal_id is not None else None
    if seal is None:
        return words + "\n" + _("None of them is sealed yet.")
    said = {"number": seal.number, "at": writer.at(seal.at), "mac": seal.mac}
    return words + "\n" + _("The latest sealed one lies in seal %(number)s of %(at)s: %(mac)s") % said
