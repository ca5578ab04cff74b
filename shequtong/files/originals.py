"""The untouched photo as it was sent (原图): sealed, served by no page; opened where evidence is asked for."""

from shequtong.files import envelope, storage
from shequtong.files.models import Blob


def read_original(blob: Blob) -> bytes:
    """The bytes as they were sent. Raises FileNotFoundError when they are past their retention, CannotOpenError when changed.

    The caller has a right and a reason for it, and logs it.
    """
    key = blob.original_key.reveal()
    if not key:
        raise FileNotFoundError(blob.key)
    return envelope.open_(storage.read(blob.key, storage.ORIGINAL), key, blob.key)
