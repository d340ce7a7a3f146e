"""The text format of COPY."""

from __future__ import annotations

from collections.abc import Mapping
from json.encoder import encode_basestring


def is_plain(text: str) -> bool:
    """Whether nothing in a text needs escaping."""
    return text.isprintable() and "\\" not in text


def escape(text: str) -> str:
    """A field of COPY's text format. A zero byte cannot be stored in PostgreSQL at all."""
    if is_plain(text):
        return text
    text = text.replace("\0", "").replace("\\", "\\\\")
    return text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def quoted(text: str) -> str:
    """A text as JSON, in a field of COPY."""
    return escape(encode_basestring(text.replace("\0", "")))


def pairs_of(texts: Mapping[str, str]) -> str:
    """What stands between the braces of a JSON object, in a field of COPY."""
    return ",".join(f"{quoted(label)}:{quoted(text)}" for label, text in texts.items())
