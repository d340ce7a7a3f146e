"""The text format of COPY."""

from __future__ import annotations

CATEGORY_SEPARATOR = "\x1f"


def is_plain(text: str) -> bool:
    """Whether nothing in a text needs escaping."""
    return text.isprintable() and "\\" not in text


def escape(text: str) -> str:
    """A field of COPY's text format. A zero byte cannot be stored in PostgreSQL at all."""
    text = text.replace("\0", "").replace("\\", "\\\\")
    return text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
