"""How uploads arrive (接收上传): in memory, or not at all. The plain original of a photo never lies on a disk."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler


class InMemoryOrRefused(MemoryFileUploadHandler):
    """Refuses a request above FILE_UPLOAD_MAX_MEMORY_SIZE before reading it (413); pages say their own limits in words."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None) -> None:  # noqa: N803
        """Decide by the length the client announced; the server hands over no more than that."""
        super().handle_raw_input(input_data, META, content_length, boundary, encoding)
        if not self.activated:
            raise RequestDataTooBig("the uploaded files together are too large")
