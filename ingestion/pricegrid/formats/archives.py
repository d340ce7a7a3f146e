"""ZIP archives from strangers: opened only where their list of members is no burden, and unpacked within limits."""

from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path

from ingestion.pricegrid.formats.limits import MEGABYTE, Limits
from ingestion.pricegrid.formats.refusals import refused
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.problems import files

MEMBERS = gettext_noop("members")
DIRECTORY = gettext_noop("bytes")
ENCRYPTED_MEMBER = 0x1
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
END, END_BYTES = b"PK\x05\x06", 22
END_64, END_64_BYTES, LOCATOR_BYTES = b"PK\x06\x06", 56, 20
LONGEST_COMMENT = 65_535
LIST_OF_MEMBERS = gettext_noop("the archive")


def open_archive(path: Path, limits: Limits) -> zipfile.ZipFile:
    """Raises ListRefused over bombs and passwords; the caller closes it.

    The declared sizes suffice: zipfile never unpacks more than a member declares.
    """
    packed = path.stat().st_size
    limits.check_count(directory_bytes(path), limits.directory, DIRECTORY, LIST_OF_MEMBERS)
    archive = zipfile.ZipFile(path)
    try:
        check_members(archive.infolist(), packed, limits)
    except BaseException:
        archive.close()
        raise
    return archive


def check_members(members: list[zipfile.ZipInfo], packed: int, limits: Limits) -> None:
    limits.check_count(len(members), limits.members, MEMBERS, LIST_OF_MEMBERS)
    if any(member.flag_bits & ENCRYPTED_MEMBER for member in members):
        raise refused(files.ENCRYPTED)
    size = sum(member.file_size for member in members)
    ratio = size // max(packed, 1)
    if size > limits.unpacked or (size > limits.unpacked_small and ratio > limits.ratio):
        raise refused(files.TOO_LARGE, ratio=ratio, size=size // MEGABYTE, limit=limits.unpacked_small // MEGABYTE)
    if strange := next((member for member in members if member.compress_type not in METHODS), None):
        raise ValueError(f"{strange.filename[:100]} is packed in a way that no spreadsheet program uses")
    if beyond := next((member for member in members if member.header_offset + member.compress_size > packed), None):
        raise ValueError(f"{beyond.filename[:100]} is said to be larger than the whole archive")
    times = Counter(member.filename for member in members)
    if twice := next((name for name, count in times.items() if count > 1), None):
        raise ValueError(f"the archive holds {twice[:100]} more than once")


def directory_bytes(path: Path) -> int:
    """What the end of an archive says of its list of members: zipfile reads so much before anybody can ask."""
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - END_BYTES - LONGEST_COMMENT - END_64_BYTES - LOCATOR_BYTES))
        tail = stream.read()
    at = tail.rfind(END, 0, len(tail) - END_BYTES + len(END))
    if tail[-END_BYTES:].startswith(END) and tail.endswith(b"\0\0"):
        at = len(tail) - END_BYTES
    found = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    for at_64 in places(tail, END_64):
        found = max(found, int.from_bytes(tail[at_64 + 40 : at_64 + 48], "little"))
    return found


def places(content: bytes, sign: bytes) -> list[int]:
    found, at = [], content.find(sign)
    while at >= 0:
        found.append(at)
        at = content.find(sign, at + 1)
    return found


def read_small(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    """A member that is read as a whole."""
    if archive.getinfo(name).file_size > limits.part:
        limits.check_count(archive.getinfo(name).file_size, limits.part, DIRECTORY, name[:100])
    return archive.read(name)
