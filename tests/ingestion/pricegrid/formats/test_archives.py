"""Archives from strangers."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ingestion.pricegrid.formats.archives import open_archive
from ingestion.pricegrid.formats.limits import DEFAULT_LIMITS

ENTRY, PACKED_SIZE = b"PK\x01\x02", 20  # of the list of members, and where an entry says the size


def test_a_member_that_is_said_to_be_larger_than_the_archive_is_not_read(tmp_path: Path) -> None:
    """Once so much memory was taken as the entry said."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("content.xml", "<a/>")
    content = bytearray(buffer.getvalue())
    at = content.index(ENTRY) + PACKED_SIZE
    content[at : at + 4] = (3_000_000_000).to_bytes(4, "little")
    path = tmp_path / "list.ods"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"content\.xml is said to be larger"):
        open_archive(path, DEFAULT_LIMITS)
