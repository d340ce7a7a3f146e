"""Price columns for several quantities: which are, and what their rows give."""

from __future__ import annotations

import pytest

from ingestion.pricegrid.problems import prices
from ingestion.pricegrid.records import Item, RowError
from ingestion.pricegrid.rows.batch import Batch, parts_of
from tests.ingestion.pricegrid.grids import Rows, grid_of, items_of, reading_of

HEAD = ["Code", "Name"]


def rows_of(*amounts: tuple[object, ...]) -> Rows:
    return [[f"A-{place}", f"Drill {place}", *row] for place, row in enumerate(amounts)]


ROWS = rows_of((2.0, 1.8, 1.5), (4.0, 3.6, 3.0), (6.0, 5.4, 4.5))
BREAKS = [("1", "2.0"), ("10", "1.8"), ("100", "1.5")]


def breaks_of(item: Item) -> list[tuple[str, str]]:
    return [(str(each.minimum), str(each.price)) for each in item.facts.price_breaks or ()]


@pytest.mark.parametrize(
    "headers",
    [
        ("1-9", "10-99", "100+"),
        ("1-9 pcs", "10-99 pcs", "100+ pcs"),
        ("Price", "Price from 10 pcs", "Price from 100 pcs"),
        ("Цена", "от 10 шт", "от 100 шт"),
        ("Цена, руб.", "Цена от 10 шт., руб.", "Цена от 100 шт., руб."),
        ("Preis", "ab 10", "ab 100"),
        ("Preis ab 1 Stück", "Preis ab 10 Stück", "Preis ab 100 Stück"),
        ("Prix", "dès 10", "dès 100"),
        ("Precio", "desde 10 unidades", "desde 100 unidades"),
        ("Cena", "od 10 szt.", "od 100 szt."),
        ("Price EUR", "10+", "100+"),
        ("Price", "≥10", "≥100"),
        ("Price", "MOQ 10", "MOQ 100"),
        ("单价", "10个以上", "100个以上"),
        ("Fiyat", "10 adet ve üzeri", "100 adet ve üzeri"),
        ("Price 1", "Price 10", "Price 100"),
    ],
)
def test_columns_for_quantities(headers):
    item = items_of([[*HEAD, *headers], *ROWS], default_currency="EUR")[0]
    assert (item.price, breaks_of(item), item.facts.minimum_order) == (2, BREAKS, None)
    assert not item.characteristics


def test_the_order_of_the_columns_does_not_matter():
    item = items_of(
        [[*HEAD, "100+", "1-9", "10-99"], *rows_of((1.5, 2.0, 1.8), (3, 4.0, 3.6))], default_currency="EUR"
    )[0]
    assert (item.price, breaks_of(item)) == (2, BREAKS)


def test_a_smallest_quantity_above_one_is_the_minimum_order():
    item = items_of([[*HEAD, "MOQ 50", "MOQ 500"], *rows_of((2.0, 1.8), (4.0, 3.6))], default_currency="EUR")[0]
    assert (item.price, item.facts.minimum_order) == (2, 50)


def test_quantities_under_one_header():
    head = [[*HEAD, "Unit price at quantity", "", ""], ["", "", 1, 10, 100]]
    grid = grid_of([*head, *ROWS], merges=[(1, 3, 1, 5), (1, 1, 2, 1), (1, 2, 2, 2)])
    assert breaks_of(items_of(grid, default_currency="EUR")[0]) == BREAKS


@pytest.mark.parametrize(
    "headers",
    [
        ("Dealer 1", "Dealer 2", "Dealer 3"),  # levels of buyers
        ("Price", "VIP price", "Gold price"),
        ("Цена", "Опт от 5000 руб.", "Опт от 20 тыс. руб."),  # sums
        ("Price", "Price from $500", "Price from $2000"),
        ("Price", "from 10 kg", "from 100 kg"),  # weights
        ("Price", "from 10 boxes", "from 100 boxes"),  # packs
        ("Price, USD", "from 10 pcs, EUR", "from 100 pcs, EUR"),  # another currency
        ("Price", "from 10 pcs incl. VAT", "from 100 pcs incl. VAT"),  # with tax
    ],
)
def test_columns_for_something_else_stay_characteristics(headers):
    item = items_of([[*HEAD, *headers], *ROWS], default_currency="EUR")[0]
    assert item.facts.price_breaks is None
    assert len(item.characteristics) == 2


def test_columns_in_which_more_costs_more_are_no_breaks():
    rows = rows_of((2.0, 18.0), (4.0, 36.0), (6.0, 54.0))
    item = items_of([[*HEAD, "Price", "10 pcs"], *rows], default_currency="EUR")[0]
    assert (item.facts.price_breaks, dict(item.characteristics)) == (None, {"10 pcs": "18"})


def test_a_row_that_contradicts_the_others_is_an_error():
    rows = rows_of(*[(2.0, 1.8)] * 4, (2.0, 8.1))
    *_, last = reading_of([[*HEAD, "Price", "10+"], *rows], default_currency="EUR")
    assert isinstance(last, RowError)
    assert last.message.code == prices.BREAK_DEARER.code


def test_quantities_that_are_not_offered():
    rows = rows_of((2.0, 1.8, 1.5), (None, 3.6, 3.0), (6.0, "call", 4.5), ("-", None, 4.5), ("call", 3.6, 3.0))
    records = list(reading_of([[*HEAD, "1-9", "10-99", "100+"], *rows], default_currency="EUR"))
    items = [record for record in records if isinstance(record, Item)]
    found = [(str(item.price), breaks_of(item), item.facts.minimum_order) for item in items]
    assert found[1:] == [
        ("3.6", [("10", "3.6"), ("100", "3.0")], 10),
        ("6.0", [("1", "6.0"), ("100", "4.5")], None),
        ("4.5", [], 100),
    ]
    assert items[2].characteristics == {"10-99": "call"}
    assert [record.message.code for record in records if isinstance(record, RowError)] == [prices.ON_REQUEST.code]


def test_what_a_cell_of_a_break_says_beside_its_number_is_noted():
    rows = rows_of(("2.00", "1.80"), ("4.00", "from 3.60"))
    item = items_of([[*HEAD, "Price", "10+"], *rows], default_currency="EUR")[1]
    assert [str(note) for note in item.notes] == ["Price for 10: It is the lowest of several prices: “from”."]


def test_a_currency_that_only_one_of_the_cells_names():
    rows = rows_of(("2.00", "1.80"), ("€4.00", "$3.60"))
    item = items_of([[*HEAD, "Price", "10+"], *rows], default_currency="EUR")[1]
    assert (item.facts.price_breaks, dict(item.characteristics)) == (None, {"10+": "$3.60"})


def test_plain_rows_are_read_by_columns():
    plain = rows_of(*((2.0, 1.8, 1.5) for _ in range(200)))
    parts = list(parts_of(reading_of([[*HEAD, "1-9", "10-99", "100+"], *plain], default_currency="EUR")))
    assert sum(isinstance(part, Batch) for part in parts) >= 2
    assert len(parts) < 12
