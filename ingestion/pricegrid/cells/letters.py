"""Columns by letter, as the person at the spreadsheet sees them."""

from __future__ import annotations

from functools import cache


@cache
def column_letter(index: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int | None:
    """The opposite; None where the text is no column of a spreadsheet."""
    text = letters.strip().upper()
    if not (0 < len(text) <= 3 and text.isascii() and text.isalpha()):
        return None
    index = 0
    for letter in text:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
