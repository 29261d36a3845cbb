"""Files that are sent to us stay in memory, never on the disk, and no more of them than the largest one we take."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

KEPT = (
    5 * 1024 * 1024 + 1
)  # bytes of one request; one more than any form takes, so that the form sees what is too large


class KeepLittle(FileUploadHandler):
    """Keeps the first KEPT bytes of what one request sends and lets the rest pass by. `size` is what was sent."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.left = KEPT

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.left -= self.kept.write(raw_data[: self.left])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )
