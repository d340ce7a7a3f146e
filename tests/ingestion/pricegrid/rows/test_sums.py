"""A total is no item, in whatever language it says so; nor is what only adds up by chance a total."""

from __future__ import annotations

import pytest

from ingestion.pricegrid.cells.grid import Cell
from tests.ingestion.pricegrid.grids import items_of, reading_of

HEAD = ["Name", "Stock", "Price", "Retail price"]
ITEMS: list[list[Cell]] = [["Pen", 100, 0.5, 0.55], ["Pad", 150, 1.5, 1.65], ["Rubber", 200, 2.5, 2.75]]
TOTALS = [450, 4.5, 4.95]


@pytest.mark.parametrize(
    "word",
    [
        "Totais",
        "Totaux",
        "Summen",
        "Totali",
        "Sumy",
        "Итоги",
        "Підсумки",
        "Toplamlar",
        "Součty",
        "合计金额",
        "合計金額",
    ],
)
@pytest.mark.parametrize("rest", ["", " 2026"])
def test_totals_in_many_languages(word: str, rest: str):
    assert [item.name for item in items_of([HEAD, *ITEMS, [word + rest, *TOTALS]])] == ["Pen", "Pad", "Rubber"]


def test_a_total_in_an_unknown_language_is_known_by_its_sums():
    reading = reading_of([HEAD, *ITEMS, ["Zzyx", *TOTALS]])
    assert len(list(reading)) == 3
    assert reading.skipped["total"] == 1


def test_totals_of_sections_and_of_all():
    more: list[list[Cell]] = [["Cup", 5, 7.5, 9.25], ["Mug", 6, 8.25, 9.5], ["Jug", 9, 1.25, 1.5]]
    rows = [HEAD, *ITEMS, ["Zzyx", *TOTALS], *more, ["Zzyx 2", 20, 17.0, 20.25], ["Wqrt", 470, 21.5, 25.2]]
    assert [item.name for item in items_of(rows)] == ["Pen", "Pad", "Rubber", "Cup", "Mug", "Jug"]


def test_a_price_that_adds_up_by_chance_is_an_item():
    items = [["Saw", 3, 10], ["Axe", 4, 20], ["Saw and axe", 9, 30]]
    assert len(items_of([["Name", "Stock", "Price"], *items])) == 3


def test_an_item_that_begins_like_a_total_is_an_item():
    assert len(items_of([HEAD, *ITEMS, ["Total Quartz 5W40", 7, 30.5, 40.5]])) == 4


def test_tiny_prices_are_no_sums_of_each_other():
    items = [[f"{ohm} ohm", 2, 0.006266] for ohm in (1, 5, 22, 220, 330, 470)]
    assert len(items_of([["Name", "Quantity", "Price"], *items])) == len(items)


def test_a_set_of_two_is_no_total():
    items = [["Saw", 3, 10.5], ["Axe", 4, 20.25], ["Saw and axe", 7, 30.75]]
    assert len(items_of([["Name", "Stock", "Price"], *items])) == 3
