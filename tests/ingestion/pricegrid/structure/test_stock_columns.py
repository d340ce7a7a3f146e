import pytest

from tests.ingestion.pricegrid.grids import items_of


def stocks(head, rows, **hints):
    table = [[f"A-{place}", f"Drill {place}", 10.5 + place, *row] for place, row in enumerate(rows)]
    return [
        item.stock.quantity if item.stock else None
        for item in items_of([["Code", "Name", "Price", *head], *table], **hints)
    ]


@pytest.mark.parametrize("head", [["In stock?", "Stock"], ["Auf Lager", "Bestand"], ["В наличии", "Остаток"]])
def test_a_flag_is_not_added_to_the_quantity(head):
    assert stocks(head, [(0, 0), (1, 7), (1, 14), (1, 21)]) == [0, 7, 14, 21]


def test_two_warehouses_are_added():
    assert stocks(["Stock North", "Stock South"], [(1, 0), (0, 7), (1, 0), (0, 21)]) == [1, 7, 1, 21]


def test_a_total_is_not_added_to_its_parts():
    rows = [(5, 2, 3), (4, 4, 0), (7, 1, 6), (9, 0, 9)]
    assert stocks(["Total stock", "Stock North", "Stock South"], rows) == [5, 4, 7, 9]


def test_what_is_said_twice_counts_once():
    rows = [(7, 7), (8, 6), (9, 9), (3, 3), (1, 1), (4, 4)]
    assert stocks(["Stock", "Available"], rows) == [7, 6, 9, 3, 1, 4]


def test_what_people_have_set_is_added():
    mapping = {"D": "stock", "E": "stock"}
    assert stocks(["A", "B"], [(1, 7), (1, 14), (1, 21)], column_mapping=mapping) == [8, 15, 22]


def test_what_is_free_of_a_stock_is_no_second_one():
    rows = [(10 + place, 10 + place - place % 3) for place in range(9)]
    assert stocks(["Stock", "Available"], rows) == [free for _, free in rows]
