"""Encodings that a file may name: Python knows codecs that are none, and some that take for ever."""

from __future__ import annotations

import codecs

NOT_OF_FILES = frozenset(
    {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "utf-7", "mbcs", "oem"}
)


def text_encoding(name: str) -> str:
    """Python's name of it; LookupError where it is no encoding of text files."""
    found = codecs.lookup(name).name
    b"".decode(found)  # LookupError for codecs that make no text, such as zip
    if found.replace("-", "_") in {other.replace("-", "_") for other in NOT_OF_FILES}:
        raise LookupError(name)
    return found
