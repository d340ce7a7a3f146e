from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from ingestion.pricegrid.cells.grid import Cell, Style
from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.records import Item
from tests.ingestion.pricegrid.grids import Grid, grid_of, items_of, reading_of


def first(*rows: Sequence[Any], **hints: object) -> Item:
    return items_of(rows, **hints)[0]


@pytest.mark.parametrize(
    ("prices", "paid", "retail"),
    [
        (["Price"], 10, None),
        (["Retail price"], 10, None),
        (["Retail price", "Wholesale price"], 20, 10),
        (["Price", "RRP"], 10, 20),
        (["Old price", "New price"], 20, None),
        (["Price", "Special price"], 10, None),
        (["Wholesale price", "Dealer price"], 20, None),
        (["Price from 100 pcs", "Price"], 20, None),
        (["Price per pack", "Price per piece"], 20, None),
    ],
)
def test_the_one_that_is_paid(prices, paid, retail):
    amounts = [10.0 * (place + 1) for place in range(len(prices))]
    item = first(["Code", "Name", *prices], ["A-1", "Drill", *amounts], ["A-2", "Saw", *amounts])
    assert (item.price, item.retail_price) == (paid, retail)


def test_further_prices_are_characteristics():
    rows = [["A-1", "Drill", 10, 9, 8], ["A-2", "Saw", 20, 18, 16]]
    assert first(["Code", "Name", "Price", "VIP price", "Gold price"], *rows).characteristics == {
        "VIP price": "9",
        "Gold price": "8",
    }


def test_an_empty_column_is_not_the_price():
    rows = [["A-1", "Drill", 10, None], ["A-2", "Saw", 20, None], ["A-3", "Vice", 30, None]]
    assert first(["Code", "Name", "Price", "Wholesale price"], *rows).price == 10


def test_a_price_that_includes_its_fees():
    rows = [["A-1", "Drill", 10, 1, 2, 13], ["A-2", "Saw", 20, 2, 4, 26], ["A-3", "Vice", 30, 1, 6, 37]]
    assert first(["Code", "Name", "Manufacturer price", "Logistics fee", "VAT", "Exit price"], *rows).price == 13


def test_of_two_currencies_the_suppliers():
    rows = [["A-1", "Drill", 10, 400], ["A-2", "Saw", 20, 800]]
    head = ["Code", "Name", "Price, USD", "Price, UAH"]
    assert (first(head, *rows).price, first(head, *rows).currency) == (10, "USD")
    assert first(head, *rows, default_currency="UAH").price == 400


def styled(number_format: str) -> Grid:
    cells: list[list[Cell]] = [["Code", "Name", "Price"], ["A-1", "Drill", 10.5], ["A-2", "Saw", 9]]
    return grid_of(cells, styles={(row, 3): Style(number_format=number_format) for row in (2, 3)})


def test_the_currency_from_each_place_in_turn():
    assert first(["Code", "Name", "Price EUR"], ["A-1", "Drill", "$10.50"], ["A-2", "Saw", "9"]).currency == "USD"
    assert items_of(styled('0.00" грн."'))[0].currency == "UAH"
    assert first(["Code", "Name", "Price, EUR"], ["A-1", "Drill", 10.5], ["A-2", "Saw", 9]).currency == "EUR"
    above = [["All prices in EUR"], [None], ["Code", "Name", "Price"], ["A-1", "Drill", 10.5], ["A-2", "Saw", 9]]
    assert items_of(above)[0].currency == "EUR"
    assert (
        first(["Code", "Name", "Price"], ["A-1", "Drill", 10.5], ["A-2", "Saw", 9], default_currency="PLN").currency
        == "PLN"
    )


def test_two_currencies_in_the_number_formats():
    grid = styled("#,##0.00 [$€-407]")
    grid.styles = {**grid.styles, (3, 3): Style(number_format="[$$-409]#,##0.00")}
    assert [item.currency for item in items_of(grid)] == ["EUR", "USD"]


def test_a_currency_column():
    rows = [["A-1", "Drill", 10, "EUR"], ["A-2", "Saw", 20, "USD"]]
    assert [item.currency for item in items_of([["Code", "Name", "Price", "Currency"], *rows])] == ["EUR", "USD"]


def test_an_ambiguous_cell_is_decided_by_its_column():
    rows = [["A-1", "Drill", "1,234"], ["A-2", "Saw", "2,50"], ["A-3", "File", "0,125"]]
    assert first(["Code", "Name", "Price"], *rows).price == Decimal("1.234")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["1,250", "2,50", "12,00"], [None, "2.50", "12"]),  # a thousand as others write it?
        (["1.250", "2,50", "12,00"], ["1250", "2.50", "12"]),
        (["1.250", "2.5", "12"], [None, "2.5", "12"]),
        (["1.255", "2.5", "12"], ["1.255", "2.5", "12"]),  # without zeros at the end
        (["1.250", "0.955", "12.5"], ["1.25", "0.955", "12.5"]),
    ],
)
def test_three_digits_behind_the_decimal_sign_are_thousandths_only_where_the_column_writes_them(written, read):
    rows = [[f"A-{at}", f"Saw {at}", price] for at, price in enumerate(written)]
    prices = {item.row_number: item.price for item in items_of([["Code", "Name", "Price"], *rows])}
    assert [prices.get(at) for at in (2, 3, 4)] == [price and Decimal(price) for price in read]


def test_an_ambiguous_column_is_reported_or_read_by_the_suppliers_setting():
    rows = [["Code", "Name", "Price"], ["A-1", "Drill", "1,234"], ["A-2", "Saw", "2,345"], ["A-3", "Vice", "5"]]
    assert {type(record).__name__ for record in list(reading_of([*rows[:3], ["A-3", "Vice", "7,123"]]))} == {"RowError"}
    assert items_of(rows[:3], default_decimal_sign=",")[0].price == Decimal("1.234")


@pytest.mark.parametrize(
    ("prices", "paid", "retail"),
    [
        (["Recommended retail price", "Retail price for the client"], 20, 10),
        (["Рекомендованная розничная цена", "Розничная цена для клиента"], 20, 10),
        (["Dealer price", "Your price"], 20, None),
        (["Händlerpreis", "Ihr Preis"], 20, None),
        (["Цена дилера", "Ваша цена"], 20, None),
        (["Ranking Compra (1 = Mejor Costo)", "Costo"], 20, None),
        (["Price rank", "Price"], 20, None),
        (["Рейтинг цены", "Цена"], 20, None),
        (["Margin on price", "Price"], 20, None),
        (["Publico lista 1", "Lista 2"], 20, 10),
        (["UVP", "Wiederverkäuferpreis"], 20, 10),
        (["PVP", "Precio neto"], 20, 10),
        (["Ihr VK-Preis", "EK"], 20, 10),
    ],
)
def test_who_and_what_a_price_is_for(prices, paid, retail):
    rows = [[f"A-{place}", f"Drill {place}", 10 + place, 20.5 + place * 1.7] for place in range(3)]
    rows[0][2:] = [10, 20]
    item = first(["Code", "Name", *prices], *rows)
    assert (item.price, item.retail_price) == (paid, retail)


def rivals(*rows: Sequence[Any]) -> list[str]:
    return [doubt.code for sheet in reading_of(rows).sheets for doubt in sheet.doubts]


@pytest.mark.parametrize(
    "head",
    [
        ["Dealer 1", "Dealer 2"],
        ["Retail price", "Public price"],
        ["Цена дилера 1", "Цена дилера 2"],
        ["Lista 2", "Lista 3"],
    ],
)
def test_equal_ranks_are_asked_about(head):
    rows = [["A-1", "Drill", 10.5, 11.5], ["A-2", "Saw", 20.5, 25.5], ["A-3", "Vice", 30.5, 31.5]]
    assert rivals(["Code", "Name", *head], *rows) == [lists.TWO_PRICES.code]


def test_a_better_price_that_is_hardly_filled_is_asked_about():
    rows = [[f"A-{place}", f"Drill {place}", 10.5 + place, 9.5 if place < 2 else None] for place in range(9)]
    assert rivals(["Code", "Name", "Price", "Dealer price"], *rows) == [lists.TWO_PRICES.code]


@pytest.mark.parametrize(
    ("head", "paid"),
    [
        (["Preis vor Rabatt", "Preis nach Rabatt"], 20),
        (["Price per unit (before discount)", "Price per unit (after discount)"], 20),
        (["Prix avant remise", "Prix après remise"], 20),
        (["Price inc VAT", "Price ex VAT"], 20),
        (["Цена с НДС", "Цена без НДС"], 20),
        (["Price", "Price incl. VAT"], 10),
    ],
)
def test_before_and_after_a_discount_or_a_tax(head, paid):
    rows = [[f"A-{place}", f"Drill {place}", 10.0 * 2**place, 20.0 * 2**place] for place in range(4)]
    assert first(["Code", "Name", *head], *rows).price == paid
    assert not rivals(["Code", "Name", *head], *rows)


@pytest.mark.parametrize("header", ["Discount price", "Price with discount 10%", "Promo price"])
def test_a_lower_price_of_nearly_every_item_is_asked_about(header):
    rows = [[f"A-{place}", f"Drill {place}", 10.5 + place, 9.5 + place] for place in range(4)]
    assert rivals(["Code", "Name", "Price", header], *rows) == [lists.TWO_PRICES.code]


def test_a_special_price_of_a_few_items_is_not():
    rows = [[f"A-{place}", f"Drill {place}", 10.5 + place, 9.5 if place == 2 else None] for place in range(6)]
    assert not rivals(["Code", "Name", "Price", "Promo price"], *rows)


@pytest.mark.parametrize(
    ("head", "paid"),
    [
        (["Trade Excl", "Trade Incl"], 2),
        (["Cena brutto", "Cena netto"], 3),
        (["Preț fără TVA (lei/cutie)", "Preț cu TVA"], 2),
        (["Nettó ár/db", "Bruttó ár/db"], 2),
        (["Preço c/ ST", "Preço Unit."], 3),
    ],
)
def test_the_same_price_with_tax_is_no_rival(head, paid):
    amounts = [place * 3.5 for place in range(1, 12)]
    pairs = [(a, round(a * 1.23, 2)) if paid == 2 else (round(a * 1.23, 2), a) for a in amounts]
    rows = [[f"A-{place}", f"Drill {place}", *pair] for place, pair in enumerate(pairs)]
    reading = reading_of([["Code", "Name", *head], *rows])
    assert not any(sheet.doubts for sheet in reading.sheets)
    assert [float(item.price or 0) for item in reading if isinstance(item, Item)] == amounts


@pytest.mark.parametrize("header", ["Price per kg", "Hinta €/kg", "Τιμή/kg", "Цена за кг"])
def test_a_price_for_a_measure_is_sure_where_there_is_no_other(header):
    rows = [["A-1", "Salmon", 12.5], ["A-2", "Cod", 9.9], ["A-3", "Herring", 4.75], ["A-4", "Tuna", 31.2]]
    (sheet,) = reading_of(grid_of([["Code", "Name", header], *rows])).sheets
    assert (sheet.columns[2].field, sheet.columns[2].confidence >= 0.6) == ("price", True)
    assert not sheet.doubts


@pytest.mark.parametrize(
    "head",
    [
        ["Cena S", "Cena M", "Cena L"],
        ["Preis (M)", "Preis (L)", "Preis (XL)"],
        ["Prezzo 2XL", "Prezzo L", "Prezzo M"],
        ["Ár S", "Ár L", "Ár 3XL"],
    ],
)
def test_prices_by_letter_size_are_of_one_rank(head):
    rows = [[f"A-{at}", f"Garden chair {at}", 10 + at, 12 + at, 15 + at] for at in range(12)]
    assert rivals(["Code", "Name", *head], *rows) == [lists.TWO_PRICES.code]


def test_one_price_for_a_metre_is_no_size():
    rows = [[f"A-{at}", f"Cable {at}", 10 + at, 12.5 * at + 3] for at in range(12)]
    assert rivals(["Code", "Name", "Cena", "Cena m"], *rows) == []
