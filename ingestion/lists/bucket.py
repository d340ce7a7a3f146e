"""Price lists in an S3-compatible storage, for machines that share no folder."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from botocore.exceptions import BotoCoreError, ClientError
from django.utils.translation import gettext_lazy as _
from storages.backends.s3 import S3Storage

from ingestion.errors import NetworkError
from ingestion.lists.content import Content, Kept, Stored, hash_on
from ingestion.lists.problems import IS_FULL, StorageFailed, as_storage_failure
from ingestion.lists.temporary import named_copy
from ingestion.models import FileState

_GONE = {"404", "NoSuchKey", "NotFound"}
OTHERS_FIRST = {"412", "PreconditionFailed", "409", "ConditionalRequestConflict"}
NO_CONDITIONS = {"501", "NotImplemented"}
_FULL = {"507", "InsufficientStorage", "QuotaExceeded", "XMinioStorageFull"}
SHA256 = "ChecksumSHA256"


class BucketStorage(S3Storage):
    """One PUT with the hash of the whole, which the server checks: an object appears with its content, or not at all.

    Not in parts: of an upload in parts the server would keep a hash of hashes, which nobody can compare with a list's.
    One PUT takes 5 GB.
    """

    def keep(self, name: str, file: IO[bytes], content: Content) -> Kept:
        found = self.state(name, content)
        if found is FileState.WHOLE:
            return Kept.KNOWN
        if not self._put(name, file, content, only_new=found is FileState.MISSING):
            if self.state(name, content) is FileState.WHOLE:
                return Kept.KNOWN  # of somebody who sent the same at the same time
            self._put(name, file, content)
        if self.state(name, content, quick=True) is not FileState.WHOLE:
            raise NetworkError(
                _("The storage of the price lists did not keep what was sent to it: nothing was stored.")
            )
        return Kept.NEW if found is FileState.MISSING else Kept.REPLACED

    def _put(self, name: str, file: IO[bytes], content: Content, *, only_new: bool = False) -> bool:
        """False where another one put something there meanwhile. Servers that know no conditions simply replace it."""
        file.seek(0)
        condition = {"IfNoneMatch": "*"} if only_new else {}
        try:
            with as_answers():
                self._client.put_object(
                    **self._key(name),
                    **condition,
                    Body=file,
                    ContentLength=content.size,
                    ContentType="application/octet-stream",
                    ChecksumAlgorithm="SHA256",
                    **{SHA256: in_base64(content.sha256)},
                )
        except ClientError as refusal:
            if only_new and code_of(refusal) in OTHERS_FIRST:
                return False
            if only_new and code_of(refusal) in NO_CONDITIONS:
                return self._put(name, file, content)
            raise _failure_of(refusal) from refusal
        return True

    def state(self, name: str, content: Content, *, quick: bool = False) -> FileState:
        if not quick:
            return self._download(name, content, None)
        try:
            with as_answers():
                head = self._client.head_object(**self._key(name), ChecksumMode="ENABLED")
        except ClientError as refusal:
            return missing(refusal)
        if head["ContentLength"] != content.size:
            return FileState.ALTERED
        if SHA256 not in head:
            return self._download(name, content, None)
        return FileState.WHOLE if head[SHA256] == in_base64(content.sha256) else FileState.ALTERED

    def open_whole(self, name: str, content: Content) -> IO[bytes] | FileState:
        with as_storage_failure():
            copy = named_copy(PurePosixPath(name).suffix)
            state = self._download(name, content, copy)
            if state is FileState.WHOLE:
                copy.seek(0)
                return copy
            copy.close()
        return state

    def _download(self, name: str, content: Content, into: IO[bytes] | None) -> FileState:
        try:
            with as_answers():
                answer = self._client.get_object(**self._key(name))
                with closing(answer["Body"]) as body:
                    is_whole = answer["ContentLength"] == content.size and hash_on(body, into) == content
        except ClientError as refusal:
            return missing(refusal)
        return FileState.WHOLE if is_whole else FileState.ALTERED

    def stored(self, folder: str) -> Iterator[Stored]:
        pages = self._client.get_paginator("list_objects_v2")
        start = self._normalize_name(folder)
        with as_answers():
            for page in pages.paginate(Bucket=self.bucket_name, Prefix=f"{start}/"):
                for each in page.get("Contents", ()):
                    name = each["Key"].removeprefix(start.removesuffix(folder))
                    yield Stored(name, each["Size"], each["LastModified"])

    def dead_drafts(self, folder: str, *, before: datetime) -> Iterator[Path]:
        return iter(())  # an object appears when it is whole

    def remove(self, name: str) -> None:
        try:
            with as_answers():
                self._client.delete_object(**self._key(name))
        except ClientError as refusal:
            missing(refusal)

    @property
    def _client(self) -> Any:
        return self.connection.meta.client

    def _key(self, name: str) -> dict[str, str]:
        return {"Bucket": self.bucket_name, "Key": self._normalize_name(name)}


@contextmanager
def as_answers() -> Iterator[None]:
    """Whoever is not reached may be the next time; what a server answers is left to the caller."""
    try:
        yield
    except BotoCoreError as error:
        text = _("The storage of the price lists could not be reached (%s). Try again in a while.")
        raise NetworkError(text % error) from error


def missing(refusal: ClientError) -> FileState:
    if code_of(refusal) in _GONE:
        return FileState.MISSING
    raise _failure_of(refusal) from refusal


def _failure_of(refusal: ClientError) -> StorageFailed | NetworkError:
    if code_of(refusal) in _FULL:
        return StorageFailed(IS_FULL)
    text = _("The storage of the price lists refused a request (%s). Try again, or ask whoever runs the server.")
    return NetworkError(text % refusal)


def code_of(refusal: ClientError) -> str:
    return str(refusal.response.get("Error", {}).get("Code", ""))


def in_base64(sha256: str) -> str:
    return base64.b64encode(bytes.fromhex(sha256)).decode()
