"""Uploads while they arrive: where the disk is full, the form says so."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from ingestion.errors import IngestionError
from ingestion.lists.problems import as_storage_failure


class NotKept(SimpleUploadedFile):
    """Stands for a file that could not be put down; `why` is for the form."""

    def __init__(self, name: str, why: IngestionError) -> None:
        super().__init__(name, b"")
        self.why = why


class DiskUploadHandler(TemporaryFileUploadHandler):
    """Django's, which would answer a full disk with an error 500."""

    why: IngestionError | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.why = None
        try:
            with as_storage_failure():
                super().new_file(*args, **kwargs)
        except IngestionError as problem:
            self.why = problem

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.why is not None:
            return
        try:
            with as_storage_failure():
                self.file.write(raw_data)
                self.file.flush()
        except IngestionError as problem:
            self.why = problem
            with suppress(OSError):
                self.file.close()

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        if self.why is not None:
            return NotKept(self.file_name or "", self.why)
        return super().file_complete(file_size)
