"""A made-up supplier's price list, week after week, and what each must give."""

from __future__ import annotations

from typing import NamedTuple

ITEMS, CHANGED, ADDED, LEFT = 2000, 150, 20, 10


class Numbers(NamedTuple):
    total_rows: int
    new: int
    changed: int
    failed: int
    missing: int


def rows(week: int) -> list[tuple[str, str, str]]:
    """Each week the next 150 prices rise by 2 %, 20 items come and 10 go, and one row has no price."""
    items = range(week * LEFT, ITEMS + week * ADDED)
    return [(f"C-{number:05}", f"Clamp {number} mm", price(number, week)) for number in items]


def price(number: int, week: int) -> str:
    raises = sum(1 for earlier in range(1, week + 1) if number in risen(earlier))
    cents = 1000 + number * 3
    for _each in range(raises):
        cents += cents // 50
    return f"{cents // 100}.{cents % 100:02}"


def risen(week: int) -> range:
    return range(500 + (week - 1) * CHANGED % 1200, 500 + (week - 1) * CHANGED % 1200 + CHANGED)


def csv(week: int) -> bytes:
    lines = ["Code;Name;Price EUR", *(";".join(row) for row in rows(week)), "C-99999;Clamp without a price;"]
    return ("\n".join(lines) + "\n").encode()


def expected(week: int) -> Numbers:
    total = len(rows(week)) + 1
    if week == 0:
        return Numbers(total, ITEMS, 0, 1, 0)
    return Numbers(total, ADDED, CHANGED, 1, LEFT)
