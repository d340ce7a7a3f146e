import pytest

from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.structure.header import find_header, unbroken
from ingestion.pricegrid.structure.sample import take_sample
from tests.ingestion.pricegrid.grids import Grid, grid_of, items_of

ITEMS = [["A-1", "Drill", 10.5], ["A-2", "Saw", 8.2], ["A-3", "Vice", 30.0]]


def header_of(grid: Grid, **hints):
    return find_header(take_sample(grid), Hints(**hints))


def test_the_first_row():
    header = header_of(grid_of([["Code", "Name", "Price"], *ITEMS]))
    assert header.rows == (1,)
    assert header.data_start == 2
    assert header.text(2) == "Price"


def test_below_a_title_and_a_phone_number():
    above = [["Price list of Example Ltd"], ["Tel. +49 30 1234567", None, "valid from 2026-01-01"], [None]]
    assert header_of(grid_of([*above, ["Code", "Name", "Price"], *ITEMS])).rows == (4,)


def test_two_rows_with_a_title_merged_over_two_prices():
    grid = grid_of(
        [["Code", "Name", "Price, EUR", None], [None, None, "wholesale", "retail"], ["A-1", "Drill", 10, 15]],
        merges=[(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4)],
    )
    header = header_of(grid)
    assert header.rows == (1, 2)
    assert [header.text(column) for column in (0, 2, 3)] == ["Code", "Price, EUR / wholesale", "Price, EUR / retail"]


def test_quantities_below_a_merged_price():
    grid = grid_of([["Code", "Name", "Price", None, None], [None, None, 1, 10, 100], ["A", "Drill", 9, 8, 7]])
    grid.merges = grid_of([], merges=[(1, 3, 1, 5)]).merges
    assert header_of(grid).rows == (1, 2)


def test_an_item_below_a_merged_name_is_no_header():
    grid = grid_of([["Code", "Name", None, "Price"], ["A-1", "Bolt", "M8", 10]], merges=[(1, 2, 1, 3)])
    assert header_of(grid).rows == (1,)


def test_a_section_below_the_header_is_no_header():
    assert header_of(grid_of([["Code", "Name", "Price"], ["Section one"], *ITEMS])).rows == (1,)


def test_a_row_of_column_numbers_belongs_to_the_header():
    header = header_of(grid_of([["Code", "Name", "Price"], [1, 2, 3], *ITEMS]))
    assert header.rows == (1, 2)
    assert header.text(0) == "Code"


def test_the_first_of_repeated_headers():
    head = ["Code", "Name", "Price"]
    assert header_of(grid_of([head, *ITEMS, head, *ITEMS])).rows == (1,)


def test_a_title_above_a_header_that_is_repeated_is_a_section():
    head = ["Code", "Name", "Price"]
    assert header_of(grid_of([["Tools"], head, *ITEMS, ["Pumps"], head, *ITEMS])).section == "Tools"


def test_texts_above_numbers_in_a_language_nobody_taught_us():
    header = header_of(grid_of([["Kuda", "Lambo", "Mbiri"], *ITEMS]))
    assert header.rows == (1,)
    assert header.confidence == 0.5


def test_none():
    header = header_of(grid_of(ITEMS))
    assert header.rows == ()
    assert header.data_start == 1


def test_what_is_given_wins():
    grid = grid_of([["Code", "Name", "Price"], ["x", "y", "z"], *ITEMS])
    assert header_of(grid, header_row=(2,)).rows == (2,)
    assert header_of(grid, has_header=False).rows == ()
    assert header_of(grid, data_start_row=4).data_start == 4


LETTERHEAD = [
    [None, "Sales desk", "partner@list-eur.example", "+44 20 7946 0011 (WhatsApp)", "Code 5512340"],
    [None, "Buyers", "price@list-usd.example", "+44 20 7946 0012", "Company code 881200"],
    [None, "Accounts", "www.dealer-price.example", None, "Tax code 1200"],
]


def test_a_letterhead_is_no_header():
    head = ["Brand", "Name", "Article", "Wholesale", "In stock"]
    items = [["Acme", f"Lamp {at}", f"LM-{at}", 20.5 + at, "yes"] for at in range(8)]
    assert header_of(grid_of([*LETTERHEAD, head, *items])).rows == (4,)
    assert header_of(grid_of([*LETTERHEAD, [], head, *items])).rows == (5,)


def test_of_two_headers_the_far_better_one_above_amounts():
    above = [["Product range", "Dealer price list"], ["Item", "as agreed"]]
    head = ["Code", "Name", "Unit", "Price", "Stock"]
    items = [[f"A-{at}", f"Saw {at}", "pc", 9.5 + at, 3] for at in range(6)]
    assert header_of(grid_of([*above, head, *items])).rows[-1] == 3


def test_a_small_table_above_a_better_headed_one_keeps_its_header():
    small = [["Name", "Price"], ["Key", 3.5], ["Lock", 9.5]]
    large = [["Code", "Name", "Unit", "Price", "Stock"], *([f"A-{at}", f"Saw {at}", "pc", 9.5, 3] for at in range(6))]
    assert header_of(grid_of([*small, *large])).rows == (1,)


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("Bestell-\nmenge", "Bestellmenge"),
        ("BESTELL-\nMENGE", "BESTELLMENGE"),
        ("Artikel-\nNr.", "Artikel-Nr."),
        ("Коли-\nчество", "Количество"),
        ("Angebots- und\nPreisliste", "Angebots- und Preisliste"),
        ("Quan\u00ad\ntité", "Quantité"),
        ("- \nPrice", "- Price"),
    ],
)
def test_a_word_that_is_broken_over_lines(written, whole):
    assert unbroken(written) == whole


def test_a_word_that_is_broken_over_two_rows():
    above = [["List of goods", None, "Bestell-"], ["Artikelbezeichnung", "Preis", "menge"]]
    header = header_of(grid_of([*above, ["Eier", 0.55, 0], ["Linsen", 2.5, 0]]))
    assert header.last(2) == "Bestellmenge"


def test_one_word_below_each_name_is_a_part_of_the_header():
    head = [["Item", "Price", "North", "Sale"], [None, None, "Stock", "Stock"]]
    header = header_of(grid_of([*head, ["Kettle", 10.5, 1, 2], ["Iron", 12.5, 3, 4]]))
    assert header.rows == (1, 2)
    assert header.text(3) == "Sale / Stock"


def test_terms_above_a_complete_header_are_none():
    above = [["Customer code", "10023", "Price group", "Dealer"], ["Valid from", "2026-01-01", "Currency", "EUR"]]
    items = [[f"X{at}", f"Valve {at}", 5.5 + at] for at in range(5)]
    assert header_of(grid_of([*above, ["Item no", "Description", "Net price"], *items])).rows == (3,)


def test_the_currency_of_a_bank_account_is_not_that_of_the_prices():
    items = [[f"X{at}", f"Valve {at}", 5.5 + at] for at in range(5)]
    rows = [["Price list, account USD 4005001200"], ["Code", "Name", "Price"], *items]
    assert {item.currency for item in items_of(rows)} == {None}
    assert {item.currency for item in items_of([["Price list, all in USD"], *rows[1:]])} == {"USD"}


def test_a_column_may_be_headed_by_what_elsewhere_stands_in_place_of_a_price():
    head = ["Varenr", "Varetekst", "Listepris", "Udgået"]
    assert [item.name for item in items_of([head, *[[f"A{at}", f"Hane {at}", 10.5 + at, "JA"] for at in range(5)]])][
        :1
    ] == ["Hane 0"]
