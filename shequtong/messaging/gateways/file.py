"""The gateway that appends lines to a file: for trials of the outbox, and for a street whose provider collects a file."""

import json
import os
from pathlib import Path

from django.conf import settings

PRIVATE_FILE = 0o600


class FileGateway:
    """One JSON line a message (ref, phone, text), on disk before it is accepted. The file is MESSAGING_GATEWAY_FILE, mode 600."""

    def send(self, phone: str, text: str, ref: str) -> str:
        """Append the line whole: one write with O_APPEND, so that lines of two workers never mix. The provider reference is `ref`."""
        line = json.dumps({"ref": ref, "phone": phone, "text": text}, ensure_ascii=False) + "\n"
        handle = os.open(Path(settings.MESSAGING_GATEWAY_FILE), os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE_FILE)
        try:
            os.write(handle, line.encode())
            os.fsync(handle)
        finally:
            os.close(handle)
        return ref
