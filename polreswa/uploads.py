"""How files come in: into memory, never onto the disk in clear."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler


class InMemoryOnly(MemoryFileUploadHandler):
    """Of a request larger than FILE_UPLOAD_MAX_MEMORY_SIZE only the sizes of its files are kept, so that whoever asked
    can be told: the file is there, with its size and without content."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if not self.activated:
            return None
        return super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        if self.activated:
            return super().file_complete(file_size)
        given: dict[str, Any] = {"name": self.file_name, "content_type": self.content_type}
        return InMemoryUploadedFile(
            BytesIO(), self.field_name, size=file_size, charset=self.charset, **given
        )
