"""What a written number is worth: separators of every country, and what to do where one sign may be either.

`1 234,56`, `1,234.56`, `1'234.50`, `1,23,456.00` say themselves which sign is the decimal one. `1,234` does not: it is
read by the decimal sign of its column, and is ambiguous where the column has none.
"""

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum, auto
from typing import NamedTuple

# Spaces and apostrophes only ever group; a point or a comma may do either.
GROUPING = " \u00a0\u2000-\u200a\u202f\u205f\u3000'’‘ʼ´`"
NUMBER_PATTERN = rf"[.,]?\d(?:[\d.,{GROUPING}]*\d)?"

_BLANKS = re.compile(rf"[{GROUPING}]")
_BLANK_GROUPS = re.compile(rf"\d{{1,3}}(?:[{GROUPING}]\d{{3}})+(?:[.,]\d+)?")
_GROUPS = {
    ",": re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}"),  # the second one is how India groups
    ".": re.compile(r"\d{1,3}(?:\.\d{3})+"),
}
_OPEN = re.compile(rf"(?<![\d.,])(?<!\d[{GROUPING}])[1-9]\d{{0,2}}[.,]\d{{3}}(?![\d.,])")
_MOST_MINORITY = 50  # one cell in fifty may be written the other way before a column counts as mixed
_LEAST_GROUPS = 3
_THREE = 3


class Number(NamedTuple):
    """A written number; without a value it is ambiguous, or no number in any notation."""

    value: Decimal | None
    ambiguous: bool = False


class Thousandths(Enum):
    """Whether three digits behind a column's decimal sign are decimals, or thousands whose sign is another one's."""

    SURE = auto()
    SHORTENED = auto()  # numbers are written without zeros at their end: "1.255" may be one of them, "1.250" is none
    DOUBTFUL = auto()

    def leave_open(self, text: str, decimal: str | None) -> bool:
        """Whether a number in the text may be a thousand times as much."""
        if self is Thousandths.SURE or decimal is None:
            return False
        found = [number for number in _OPEN.findall(text) if decimal in number]
        return any(self is Thousandths.DOUBTFUL or number[-1] == "0" for number in found)


_NONE = Number(None)
_AMBIGUOUS = Number(None, ambiguous=True)


def read_number(text: str, decimal: str | None = None) -> Number:
    """The value of a text of digits and separators (`NUMBER_PATTERN`); `decimal` is the decimal sign of its column."""
    if text[0] == "0" and text[1:2].isdigit():  # 00123 is a code, 01.02 a day
        return _NONE
    if text.isdigit():
        return Number(Decimal(text))
    digits = text
    blanks = _BLANKS.search(text) is not None
    if blanks:
        if not _BLANK_GROUPS.fullmatch(text):
            return _NONE
        digits = _BLANKS.sub("", text)
    sign = decimal_sign(digits, grouped=blanks)
    if sign == "?":
        if decimal is None:
            return _AMBIGUOUS
        sign = decimal
    return _value(digits, sign)


def decimal_sign(digits: str, *, grouped: bool = False) -> str:
    """The sign a number without blanks uses for decimals: `.` or `,`, "" for none, `?` where it may be either.

    `grouped` says that blanks group its digits already.
    """
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        return "." if digits.rindex(".") > digits.rindex(",") else ","
    if points + commas != 1:
        return ""
    sign = "." if points else ","
    whole, fraction = digits.split(sign)
    might_group = len(fraction) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0" and not grouped
    return "?" if might_group else sign


def _value(digits: str, sign: str) -> Number:
    """Reads digits whose decimal sign is known; every other sign must group by the rules."""
    whole, _, fraction = digits.partition(sign) if sign else (digits, "", "")
    if fraction and not fraction.isdigit():
        return _NONE
    other = "," if "," in whole else "."
    if other in whole:
        if other == sign or not _GROUPS[other].fullmatch(whole):
            return _NONE
        whole = whole.replace(other, "")
    return Number(Decimal(f"{whole or 0}.{fraction}")) if fraction else Number(Decimal(whole))


def decimal_sign_of_texts(texts: Iterable[str], *, only_grouped: bool = False) -> str | None:
    """The decimal sign of a column from all its numbers together, or None where they do not tell or contradict.

    Evidence is a number that can be read in one way only, or whole numbers below 1000 without a sign among numbers
    whose sign always stands before exactly three digits: nobody writes three decimals here and none there.
    `only_grouped` says that nobody writes three decimals at all.
    """
    votes: Counter[str] = Counter()
    open_ones: Counter[str] = Counter()
    small = large = 0
    for text in texts:
        digits = _BLANKS.sub("", text)
        sign = decimal_sign(digits, grouped=digits != text)
        if sign == "?":
            open_ones["." if "." in digits else ","] += 1
        elif sign:
            votes[sign] += _value(digits, sign).value is not None
        elif digits.isdigit():
            small, large = small + (len(digits) <= 3), large + (len(digits) > 3 and digits == text)
        elif _value(digits, "").value is not None:  # 1.234.567: its sign groups, so the other one is decimal
            votes["," if "." in digits else "."] += 1
    if votes:
        return _winner(votes)
    grouped = sum(open_ones.values()) >= _LEAST_GROUPS and small and not large
    if len(open_ones) == 1 and (only_grouped or grouped):
        return "," if "." in open_ones else "."
    return None


def thousandths_of_texts(texts: Iterable[str], sign: str) -> Thousandths:
    """`sign` is the decimal sign of the column of these numbers."""
    written = [_BLANKS.sub("", text) for text in texts]
    fractions = {digits.partition(sign)[2] for digits in written if decimal_sign(digits) == sign}
    if any(len(fraction) >= _THREE for fraction in fractions):
        return Thousandths.SURE
    is_shortened = any(len(fraction) == 1 for fraction in fractions) and not any(f.endswith("0") for f in fractions)
    return Thousandths.SHORTENED if is_shortened else Thousandths.DOUBTFUL


def _winner(votes: Counter[str]) -> str | None:
    (sign, most), *rest = votes.most_common()
    return sign if most and (not rest or rest[0][1] * _MOST_MINORITY <= most) else None
