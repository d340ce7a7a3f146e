"""The key of a supplier's code, by which an item is known: PostgreSQL makes it, whoever writes the code.

Blanks, hyphens, case, width and letters of other scripts that look alike make no other code. The reading library says
the same of the codes of one list (`ingestion/pricegrid/values/codes.py`; tests prove it character by character).
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.migrations import RunSQL

_PLAIN = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WITH_CASE = (*range(0x430, 0x530), *range(0xDF, 0x180), *range(0x3AC, 0x3CF), *range(0x561, 0x587))
_LOOKALIKES = (
    ("АВЕЅІЈКМНОРСТУҮХԚԜҺӀЁЇ", "ABESIJKMHOPCTYYXQWHIËÏ"),  # Cyrillic
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧͿ", "ABEZHIKMNOPTYXJ"),  # Greek
    ("ՕԼՍ", "OLU"),  # Armenian
)
_ZEROS = (0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0x1040)
_ASCII_BLANKS = "- \t\n\r"
_BLANKS_AND_HYPHENS = (
    *range(0x80, 0xA1), 0xAD, 0x2D7, 0x34F, 0x58A, 0x5BE, 0x61C, 0x115F, 0x1160, 0x1680, 0x1806, *range(0x180B, 0x180F),
    *range(0x2000, 0x2016), *range(0x2028, 0x2030), 0x2043, *range(0x205F, 0x2070), 0x2212, 0x2500, 0x2501, 0x2800,
    0x2E3A, 0x2E3B, 0x3000, 0x301C, 0x3030, 0x30FC, 0x3164, *range(0xFE00, 0xFE10), 0xFE58, 0xFE63, 0xFEFF, 0xFF0D,
    0xFFA0,
)  # fmt: skip

# A function of one expression, so that it is inlined. Most codes are ASCII and take the first branch, a third of a
# microsecond. translate() looks its characters up one after the other: the frequent ones stand first, and what it drops
# stands last, so that plain blanks and hyphens go before.
_FUNCTION = """
CREATE FUNCTION catalog_code_key(code text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT left(CASE WHEN octet_length(code) = char_length(code)
        THEN upper(translate(code, '{ascii_blanks}', '') COLLATE "C")
        ELSE translate(upper(normalize(translate(code, '{ascii_blanks}', ''), NFKC) COLLATE "C"), '{others}', '{keys}')
    END, 255)
$$
"""
_NO_FUNCTION = "DROP FUNCTION catalog_code_key(text)"


def _forms() -> Iterator[tuple[str, str]]:
    """Characters and what they are in a key, the frequent ones first."""
    alike = {letter: form for letters, forms in _LOOKALIKES for letter, form in zip(letters, forms, strict=True)}
    yield from zip(_PLAIN, _PLAIN, strict=True)
    for code in _WITH_CASE:
        small, capital = chr(code), chr(code).upper()
        if len(capital) == 1 and small not in (capital, "μ"):
            yield capital, alike.get(capital, capital)
            yield small, alike.get(capital, capital)
    yield from alike.items()
    yield "İ", "I"
    for zero in _ZEROS:
        yield from ((chr(zero + digit), str(digit)) for digit in range(10))


def function() -> RunSQL:
    """Makes the function `catalog_code_key`, which no later version may change: keys that are stored would not fit."""
    forms: dict[str, str] = {}
    for letter, form in _forms():
        forms.setdefault(letter, form)
    blanks = _ASCII_BLANKS + "".join(map(chr, _BLANKS_AND_HYPHENS))
    names = {"ascii_blanks": _ASCII_BLANKS, "others": "".join(forms) + blanks, "keys": "".join(forms.values())}
    return RunSQL(_FUNCTION.format(**names), _NO_FUNCTION)
