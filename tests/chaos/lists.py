"""Price lists of made-up suppliers: some variants, each with a few weeks that follow one another."""

from __future__ import annotations

from functools import cache

VARIANTS = 3
ROWS = 5_000
HEADER = "Code;Name;Category;Price;Stock"
NO_PRICE = 101  # every so manieth row of a list says no price
DROPPED = 83  # every so manieth item is missing from later weeks
BLANK_LINE = " " * 1023


@cache
def price_list(variant: int, week: int, *, rows: int = ROWS) -> bytes:
    lines = [HEADER, *(line(variant, week, row) for row in range(rows) if is_listed(variant, week, row))]
    return ("\n".join(lines) + "\n").encode()


def is_listed(variant: int, week: int, row: int) -> bool:
    return not week or (row + variant * 7 + week) % DROPPED != 0


def line(variant: int, week: int, row: int) -> str:
    price = "ask" if (row + variant) % NO_PRICE == 0 else f"{cents(variant, week, row) / 100:.2f}"
    return (
        f"C{variant}-{row:05d};Article {row} of kind {row % 97};"
        f"Group {row % 7} / Family {row % 31};{price};{(row * 7 + week) % 50}"
    )


def cents(variant: int, week: int, row: int) -> int:
    """Changes by a few per cent, below what a source takes for a shock."""
    usual = 2_000 + (row * 37 + variant * 11) % 9_000
    return usual + (usual * ((row + week * 5) % 9) // 100 if week else 0)


def large(variant: int, week: int, number: int, *, kilobytes: int) -> bytes:
    """The same rows in a file that nobody has sent before, made large by blank lines behind them."""
    blank = f"{BLANK_LINE}\n" * kilobytes + " " * number
    return price_list(variant, week) + blank.encode()
