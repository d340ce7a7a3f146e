"""Exact keys: what makes two records one thing without looking at anything else.

>>> barcode_key("4006381333931"), barcode_key("2000000000008"), barcode_key("4006381333932")
('04006381333931', None, None)
"""

from __future__ import annotations

import re

from catalog.barcodes import is_barcode
from catalog.matching.records import Record
from catalog.matching.writing import plain_code

_LENGTHS = {8, 12, 13, 14}
_SIGN = re.compile(r"[\s-]")
_SHORTEST_PART_NUMBER = 3


def exact_keys(record: Record) -> tuple[str, ...]:
    """Its barcode; its brand with the manufacturer's part number."""
    keys = []
    if key := barcode_key(record.barcode):
        keys.append(f"gtin:{key}")
    if key := part_key(record.brand, record.mpn):
        keys.append(f"mpn:{key}")
    return tuple(keys)


def barcode_key(text: str | None) -> str | None:
    """Fourteen digits; None where the check digit is wrong, or where shops make such codes themselves."""
    digits = _SIGN.sub("", text or "")
    if len(digits) not in _LENGTHS or not (digits.isascii() and digits.isdigit()):
        return None
    key = digits.zfill(14)
    return key if is_barcode(key) and not _is_of_a_shop(key, was_short=len(digits.lstrip("0")) <= 8) else None


def part_key(brand: str | None, part_number: str | None) -> str | None:
    maker, number = plain_code(brand or ""), plain_code(part_number or "")
    is_telling = len(number) >= _SHORTEST_PART_NUMBER and any(map(str.isdigit, number))
    return f"{maker}:{number}" if maker and is_telling else None


def _is_of_a_shop(key: str, *, was_short: bool) -> bool:
    """GS1 leaves the prefixes 02, 04, 20-29 of thirteen digits, and 0 and 2 of eight, to shops."""
    if not key.strip("0"):
        return True
    if was_short:
        return key[6] in "02"
    prefix = key[1:3]
    return prefix[0] == "2" or prefix in {"02", "04"}
