"""A category written as a path in one cell: "Garden > Tools > Spades"."""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"(?<!\s)\s*+(?:->|=>|→|»|›|>+|\|+|\\+|::)\s*")
_SLASHES = re.compile(r"(?<!\s)\s*+/+\s*")


def split_path(text: str) -> tuple[str, ...]:
    """The steps from the root; one slash alone may be part of a word."""
    if not text:
        return ()
    steps = _SEPARATORS.split(text)
    if len(steps) == 1 and text.count("/") >= 2:
        steps = _SLASHES.split(text)
    return tuple(step.strip() for step in steps if step.strip())
