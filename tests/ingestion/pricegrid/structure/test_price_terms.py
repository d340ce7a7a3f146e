"""What an amount in the price column is: for how many, in what part of the currency, less a discount, with tax."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingestion.pricegrid.cells.grid import Style
from ingestion.pricegrid.problems import lists, notes, prices
from ingestion.pricegrid.records import Item
from ingestion.pricegrid.rows.batch import Batch
from tests.ingestion.pricegrid.grids import Rows, errors_of, grid_of, items_of, reading_of

HEAD = ["Code", "Name"]
AMOUNTS = (2.5, 3.5, 4.25, 5.75)


def table(header: list[str], *rows: tuple[object, ...], above: Rows = ()) -> Rows:
    return [*above, [*HEAD, *header], *([f"A-{place}", f"Washer {place}", *row] for place, row in enumerate(rows))]


def priced(header: str, amounts: tuple[object, ...] = AMOUNTS, above: Rows = ()) -> Rows:
    return table([header], *((amount,) for amount in amounts), above=above)


def said(cells: Rows, **hints: object) -> tuple[list[str], list[str]]:
    """What is asked, and what is noted of the list."""
    sheets = reading_of(grid_of(cells), **hints).sheets
    return [each.code for sheet in sheets for each in sheet.doubts], [each.code for s in sheets for each in s.notes]


def prices_of(items: list[Item]) -> list[tuple[Decimal | None, int]]:
    return [(item.price, item.per_quantity) for item in items]


def amounts(*texts: str, per: int = 1) -> list[tuple[Decimal, int]]:
    return [(Decimal(text), per) for text in texts]


@pytest.mark.parametrize(
    ("header", "per"),
    [
        ("Price per 100", 100), ("Prix HT le cent", 100), ("Preis je 100 Stück", 100), ("Цена за 1000 шт", 1000),
        ("Price per dozen", 12), ("Cena za tysiąc", 1000), ("Price for 1000 pcs", 1000), ("Prezzo al mille", 1000),
        ("単価（100個あたり）", 100), ("Preis pro Gros", 144), ("Prijs per honderd", 100),
    ],
)  # fmt: skip
def test_a_header_says_for_how_many(header: str, per: int) -> None:
    cells = priced(header)
    assert said(cells)[0] == []
    assert prices_of(items_of(cells)) == amounts("2.5", "3.5", "4.25", "5.75", per=per)


def test_a_basis_of_the_whole_column_is_read_by_columns() -> None:
    batches = [part for part in reading_of(priced("Price per 100")).parts() if isinstance(part, Batch)]
    assert [batch.per_quantities for batch in batches] == [100]


def test_a_line_above_the_table_says_it() -> None:
    cells = priced("Preis", above=[["Alle Preise je 100 Stück"], []])
    assert prices_of(items_of(cells)) == amounts("2.5", "3.5", "4.25", "5.75", per=100)


@pytest.mark.parametrize(
    ("line", "per", "scale", "tax"),
    [
        ("All prices are per 100 pcs", 100, 1, None),
        ("Цены указаны в тысячах рублей", 1, 1000, None),
        ("Prices in thousands of roubles", 1, 1000, None),
        ("All prices include VAT 20%", 1, 1, True),
        ("Alle Preise zzgl. MwSt.", 1, 1, False),
    ],
)
def test_a_line_below_the_table_says_it(line: str, per: int, scale: int, tax: bool | None) -> None:
    cells = [*priced("Price"), [], [line]]
    assert said(cells)[0] == []
    items = items_of(cells)
    assert prices_of(items) == [(Decimal(str(amount)) * scale, per) for amount in AMOUNTS]
    assert {item.facts.tax_included for item in items} == {tax}
    assert not reading_notes(cells)


def test_a_line_below_that_says_otherwise_than_the_header_is_asked_about() -> None:
    cells = [*priced("Price per 1000"), [], ["All prices are per 100 pcs"]]
    assert said(cells)[0] == [lists.PRICE_BASIS.code]
    assert not said(cells, per_quantity=100)[0]


def test_a_line_about_something_else_below_the_table_says_nothing() -> None:
    cells = [*priced("Price"), [], ["Delivery in cartons per 100 pcs"]]
    assert said(cells) == ([], [])
    assert prices_of(items_of(cells)) == amounts("2.5", "3.5", "4.25", "5.75")


def reading_notes(cells: Rows, **hints: object) -> list[str]:
    reading = reading_of(cells, **hints)
    assert list(reading)
    return [note.code for note in reading.notes if note.code in (lists.BASIS_OF_ROW.code, lists.TAX_OF_ROW.code)]


def test_what_stands_below_a_large_list_or_among_its_items_is_noted() -> None:
    large = [*priced("Price", AMOUNTS * 600), []]
    assert reading_notes([*large, ["All prices are per 100 pcs"]]) == [lists.BASIS_OF_ROW.code]
    assert reading_notes([*large, ["all prices are in thousands of roubles"]]) == [lists.BASIS_OF_ROW.code]
    assert reading_notes([*large, ["All prices include VAT 20%"]]) == [lists.TAX_OF_ROW.code]
    assert not reading_notes([*large, ["All prices are per 100 pcs"]], per_quantity=1)
    assert not reading_notes([*large, ["All prices include VAT 20%"]], tax_side="gross")
    again = [*HEAD, "Price per 100"]
    assert reading_notes([*large[:-1], again, ["B-1", "Bolt", 2.5]]) == [lists.BASIS_OF_ROW.code]
    assert not reading_notes([*large[:-1], [*HEAD, "Price"], ["B-1", "Bolt", 2.5]])


@pytest.mark.parametrize("header", ["Price /25", "Preis / 30"])
def test_what_may_be_something_else_is_asked_about_and_people_can_say_it(header: str) -> None:
    cells = priced(header)
    assert said(cells)[0] == [lists.PRICE_BASIS.code]
    assert not said(cells, column_mapping={"C": "price"})[0]
    assert not said(cells, per_quantity=25)[0]
    assert prices_of(items_of(cells, per_quantity=25)) == amounts("2.5", "3.5", "4.25", "5.75", per=25)
    assert prices_of(items_of(cells, per_quantity=1)) == amounts("2.5", "3.5", "4.25", "5.75")


def test_prices_of_two_quantities_may_be_tiers() -> None:
    cells = table(["Price per 100", "Price per 1000"], *((amount, amount * 8) for amount in AMOUNTS))
    assert lists.PRICE_BASIS.code in said(cells)[0]


def test_a_column_of_units_says_for_how_many() -> None:
    cells = table(["Price", "Unit"], (2.5, "100 pcs"), (3.5, "pc"), (4.25, "dozen"), (5.75, "kg"))
    assert [item.per_quantity for item in items_of(cells)] == [100, 1, 12, 1]


@pytest.mark.parametrize(
    ("header", "units", "counts"),
    [
        ("PE", (1, 100, 100, 1000), [1, 100, 100, 1000]),
        ("Preiseinheit", ("100 Stk", "1", "100 Stk", "1000"), [100, 1, 100, 1000]),
        ("UOM", ("EA", "C", "M", "C"), [1, 100, 1000, 100]),
    ],
)
def test_a_column_says_row_by_row_for_how_many(header: str, units: tuple[object, ...], counts: list[int]) -> None:
    items = items_of(table(["Preis", header], *zip(AMOUNTS, units, strict=True)))
    assert [item.per_quantity for item in items] == counts
    assert [item.price for item in items] == [Decimal(str(amount)) for amount in AMOUNTS]


def test_a_row_that_does_not_say_for_how_many_is_noted_and_one_that_is_not_understood_an_error() -> None:
    units = [100, 1000] * 10 + [None, "viele"]
    cells = table(["Preis", "PE"], *((2.5, unit) for unit in units))
    *_, last = items_of(cells)
    assert (last.per_quantity, [note.code for note in last.notes]) == (1, [notes.NO_COUNT.code])
    assert [error.message.code for error in errors_of(cells)] == [prices.FOR_HOW_MANY.code]


def test_codes_for_quantities_are_asked_about() -> None:
    cells = table(["Preis", "Preiseinheit"], (2.5, 0), (3.5, 1), (4.25, 2), (5.75, 3))
    assert said(cells)[0] == [lists.PRICE_BASIS.code]


def test_a_price_for_a_pack_whose_size_is_known() -> None:
    cells = table(["Case price", "Case qty"], (25.0, 12), (26.0, 24), (27.0, 12), (28.0, 6))
    assert said(cells) == ([], [lists.PACK_PRICE.code])
    assert prices_of(items_of(cells)) == [(Decimal(25), 12), (Decimal(26), 24), (Decimal(27), 12), (Decimal(28), 6)]


def test_a_price_for_a_pack_of_unknown_size_says_its_unit() -> None:
    cells = priced("Цена за упаковку")
    assert said(cells) == ([], [lists.PACK_UNKNOWN.code])
    assert {(item.per_quantity, item.facts.unit) for item in items_of(cells)} == {(1, "за упаковку")}


@pytest.mark.parametrize(
    ("header", "written", "meant", "currency"),
    [
        ("Price (pence)", (125, 250, 399, 1000), ("1.25", "2.50", "3.99", "10"), "GBP"),
        ("Preis in Cent", (125, 250, 399, 1000), ("1.25", "2.50", "3.99", "10"), None),
        ("Цена, коп.", (125, 250, 399, 1000), ("1.25", "2.50", "3.99", "10"), None),
        ("Preis TEUR", (121.5, 2, 3.25, 4), ("121500", "2000", "3250", "4000"), None),
        ("Цена, тыс. руб.", ("1,5", "2,25", "3", "4"), ("1500", "2250", "3000", "4000"), "RUB"),
        ("单价（万元）", (1.5, 2.25, 3, 4), ("15000", "22500", "30000", "40000"), "CNY"),
    ],
)
def test_parts_and_thousands_are_taken_into_whole_units(
    header: str, written: tuple[object, ...], meant: tuple[str, ...], currency: str | None
) -> None:
    cells = priced(header, written)
    assert said(cells, default_currency=currency) == ([], [lists.SCALE_TAKEN.code])
    items = items_of(cells)
    assert prices_of(items) == amounts(*meant)
    assert {item.currency for item in items} == {currency}


def test_amounts_with_cents_are_no_cents() -> None:
    assert said(priced("Price (pence)", ("1.25", "2.49", "3.99", "10.00")))[0] == [lists.PRICE_BASIS.code]


def test_people_say_in_what_prices_are() -> None:
    cells = priced("Price", (125, 250, 399, 1000))
    assert prices_of(items_of(cells, price_scale="hundredths")) == amounts("1.25", "2.50", "3.99", "10")
    assert prices_of(items_of(priced("Preis TEUR"), price_scale="units")) == amounts("2.5", "3.5", "4.25", "5.75")


def test_a_currency_column_of_pence() -> None:
    cells = table(["Price", "Currency"], (1251, "GBX"), (250, "GBp"), (3.5, "GBP"), (8, "EUR"))
    assert said(cells)[0] == []
    found = [(item.price, item.currency) for item in items_of(cells, default_currency="EUR")]
    assert found == [(Decimal("12.51"), "GBP"), (Decimal("2.5"), "GBP"), (Decimal("3.5"), "GBP"), (Decimal(8), "EUR")]


def test_single_number_formats_say_for_how_many() -> None:
    styles = {(row, 3): Style(number_format='0.00" / 100"') for row in (2, 4)}
    grid = grid_of(priced("Price"), styles=styles)
    assert [item.per_quantity for item in items_of(grid)] == [100, 1, 100, 1]


def test_a_format_that_leaves_thousands_away_is_asked_about_unless_something_says_thousands() -> None:
    styles = {(row, 3): Style(number_format="0.0,") for row in range(2, 6)}
    plain = grid_of(priced("Price", (121500, 130000, 140000, 150000)), styles=styles)
    assert [doubt.code for sheet in reading_of(plain).sheets for doubt in sheet.doubts] == [lists.PRICE_BASIS.code]
    told = grid_of(priced("Preis TEUR", (121500, 130000, 140000, 150000)), styles=styles)
    assert prices_of(items_of(told)) == amounts("121500", "130000", "140000", "150000")


@pytest.mark.parametrize(
    ("price", "rate"),
    [
        ("Listenpreis", "Ihr Rabatt %"),
        ("List price", "Discount"),
        ("Price", "Your discount %"),
        ("Цена до скидки", "Скидка, %"),
    ],
)
def test_a_discount_is_taken_off_a_list_price(price: str, rate: str) -> None:
    cells = table([price, rate], (21.0, 40), (22.5, "35 %"), (23.0, 0), (24.75, None))
    assert said(cells) == ([], [lists.DISCOUNT_TAKEN.code])
    items = items_of(cells)
    assert prices_of(items) == amounts("12.6", "14.625", "23", "24.75")
    assert [item.characteristics[price] for item in items] == ["21", "22.5", "23", "24.75"]


def test_a_discount_is_rounded_half_up_to_four_decimals() -> None:
    cells = table(["List price", "Your discount %"], (1.11, 12.75), (2.22, 12.75), (3.33, 12.75), ("0.1111", 50))
    assert [item.price for item in items_of(cells)][0::3] == [Decimal("0.9685"), Decimal("0.0556")]


def test_the_price_for_consumers_stays_the_retail_price() -> None:
    cells = table(["UVP", "Ihr Rabatt %"], (20.0, 40), (30.0, 50), (40.0, 35), (50.0, 25))
    assert [(item.price, item.retail_price) for item in items_of(cells)][:2] == [
        (Decimal(12), Decimal(20)), (Decimal(15), Decimal(30)),
    ]  # fmt: skip


def test_a_discount_that_is_none_is_an_error_of_its_row() -> None:
    cells = table(["List price", "Your discount %"], (20.0, 40), (30.0, 50), (40.0, 35), (50.0, "call"))
    assert [error.message.code for error in errors_of(cells)] == [prices.DISCOUNT.code]


def test_a_row_without_a_discount_among_discounts_is_noted() -> None:
    rows = ((20.0, 40), (30.0, 50), (40.0, 0), (50.0, None), ("ca. 60", ""))
    items = items_of(table(["List price", "Your discount %"], *rows))
    assert [item.price for item in items] == [12, 15, 40, 50, 60]
    assert [[note.code for note in item.notes] for item in items] == [
        *([], [], []),
        [notes.NO_DISCOUNT.code],
        [notes.ABOUT.code, notes.NO_DISCOUNT.code],
    ]


def test_a_net_price_that_the_discount_does_not_make_is_asked_about() -> None:
    cells = table(["List price", "Discount %", "Net price"], (20.0, 40, 10.0), (30.0, 50, 10.0), (40.0, 35, 9.0))
    assert said(cells)[0] == [lists.DISCOUNT_LEFT.code]


@pytest.mark.parametrize(
    ("header", "above", "included", "rate"),
    [
        ("Prix HT", [], False, None),
        ("Prix TTC", [], True, None),
        ("Price incl. 20% VAT", [], True, "20"),
        ("Price", [["All prices excl. 21% VAT"], []], False, "21"),
        ("Price", [["VAT no. GB 123"], []], None, None),
    ],
)
def test_tax_is_said_by_the_header_or_above(header: str, above: Rows, included: bool | None, rate: str | None) -> None:
    items = items_of(priced(header, above=above))
    assert {(item.facts.tax_included, item.facts.tax_rate) for item in items} == {(included, rate and Decimal(rate))}


@pytest.mark.parametrize("words", [("Base", "HT", "TTC"), ("НДС", "без НДС", "с НДС"), ("VAT included?", "no", "yes")])
def test_a_column_says_by_row_whether_tax_is_included(words: tuple[str, str, str]) -> None:
    header, without, with_tax = words
    cells = table(["Price", header], (11.5, without), (12.5, with_tax), (13.5, without), (14.5, without))
    assert said(cells)[0] == []
    items = items_of(cells)
    assert [item.facts.tax_included for item in items] == [False, True, False, False]
    assert [[note.code for note in item.notes] for item in items] == [[], [notes.WITH_TAX.code], [], []]


def test_a_cell_says_that_tax_is_included() -> None:
    items = items_of(priced("Price excl. VAT", ("12.50", "13.50 incl. VAT", "14.50", "15.50")))
    assert [item.facts.tax_included for item in items] == [False, True, False, False]


def test_which_of_a_net_and_a_gross_price_is_taken_is_a_setting() -> None:
    cells = table(["Price excl. VAT", "Price incl. VAT"], (10.0, 12.0), (20.0, 24.0), (30.0, 36.0), (40.0, 48.0))
    net, gross = items_of(cells)[0], items_of(cells, tax_side="gross")[0]
    assert (net.price, net.facts.tax_included) == (Decimal(10), False)
    assert (gross.price, gross.facts.tax_included) == (Decimal(12), True)
    said_nowhere = items_of(priced("Price"), tax_side="gross")
    assert {item.facts.tax_included for item in said_nowhere} == {True}


def test_one_discount_for_all_of_nearly_one_price_is_no_other_price() -> None:
    cells = table(["List price", "Your discount %"], (20.0, 40), (21.0, 40), (22.0, 40), (23.0, 40))
    assert said(cells) == ([], [lists.DISCOUNT_TAKEN.code])
    assert items_of(cells)[0].price == Decimal(12)


def test_discounts_by_groups_are_not_taken_off_and_the_list_says_so() -> None:
    cells = table(["Listenpreis", "Rabattgruppe"], (20.0, "A"), (31.0, "B"), (42.0, "A"), (53.0, "C"))
    assert said(cells) == ([], [lists.DISCOUNT_GROUPS.code])
    assert items_of(cells)[0].price == Decimal(20)


@pytest.mark.parametrize("header", ["Cash discount %", "Skonto %", "Nakit İskonto"])
def test_a_discount_that_not_all_get_is_asked_about(header: str) -> None:
    cells = table(["List price", header], (20.0, 3), (31.0, 3), (42.0, 2), (53.0, 3))
    assert lists.DISCOUNT_TAKEN.code not in said(cells)[1]
    assert items_of(cells)[0].price == Decimal(20)


def rates(*cells: object) -> tuple[list[Decimal | None], list[object]]:
    """The prices of a list price of 10 less each discount, and the discounts of the rows that are errors."""
    cells_of_table = table(["List price", "Discount %"], *((10, cell) for cell in cells))
    wrong = errors_of(cells_of_table)
    assert {error.message.code for error in wrong} <= {prices.DISCOUNT.code}
    return [item.price for item in items_of(cells_of_table)], [cells_of_table[e.row_number - 1][3] for e in wrong]


@pytest.mark.parametrize(
    ("cells", "left", "wrong"),
    [
        ((5, 10, 0.5, 20, 0), ["9.5", "9", "8", "10"], [0.5]),  # half a per cent, or half of the price?
        ((0.4, 0.5, 1, 0.25), ["6", "5", "7.5"], [1]),
        ((-10, 20, 30, 5), ["8", "7", "9.5"], [-10]),  # a surcharge?
        ((-10, -20, 0), ["9", "8", "10"], []),
        (("0.4%", "10%", "20 %"), ["9.96", "9", "8"], []),
    ],
)
def test_a_discount_is_written_as_the_others_of_its_column(
    cells: tuple[object, ...], left: list[str], wrong: list[object]
) -> None:
    assert rates(*cells) == (list(map(Decimal, left)), wrong)


def test_what_no_row_that_was_looked_at_says_is_read_further_down() -> None:
    rows: list[tuple[object, ...]] = [("pc", "GBP", 125.5)] * 3000
    rows[2990], rows[2995] = ("100 pcs", "GBP", 8.25), ("pc", "GBX", 825)
    items = items_of(table(["Unit", "Currency", "Price"], *rows))
    said = [(item.price, item.per_quantity, item.currency) for item in (items[2989], items[2990], items[2995])]
    one, many, pence = Decimal("125.5"), Decimal("8.25"), Decimal("8.25")
    assert said == [(one, 1, "GBP"), (many, 100, "GBP"), (pence, 1, "GBP")]


def test_a_column_of_price_units_may_have_signs_of_thousands() -> None:
    cells = table(["Preiseinheit", "Preis"], ("1.000", "12,50"), ("100", "8,00"), ("1.000", "7,25"), ("1", "3,15"))
    assert [item.per_quantity for item in items_of(cells)] == [1000, 100, 1000, 1]


def test_what_is_included_need_not_be_tax() -> None:
    batteries = table(["Price", "Batteries"], (2.5, "incl."), (3.5, "excl."), (4.25, "incl."))
    assert {item.facts.tax_included for item in items_of(batteries)} == {None}
    vat = table(["Price", "VAT"], (2.5, "incl."), (3.5, "excl."), (4.25, "incl."))
    assert [item.facts.tax_included for item in items_of(vat)] == [True, False, True]


@pytest.mark.parametrize(
    ("first", "late"), [("excl VAT", "incl VAT"), ("HT", "prices incl. VAT"), ("incl VAT", "net of VAT")]
)
def test_a_column_of_tax_says_another_side_only_far_down(first: str, late: str) -> None:
    rows = [(2.5, first)] * 2500 + [(2.5, late), (2.5, ""), (2.5, first)]
    items = items_of(table(["Price", "VAT"], *rows))
    is_first = first.startswith("incl")
    assert [item.facts.tax_included for item in items[-4:]] == [is_first, not is_first, is_first, is_first]
    assert [bool(item.notes) for item in items[-4:]] == [False, not is_first, False, False]


def test_units_of_one_column_that_count_differently_are_asked_about() -> None:
    units = ("25 pcs", "pc", "pc", "pc")
    assert said(table(["Price", "Unit"], *zip(AMOUNTS, units, strict=True)))[0] == [lists.PRICE_BASIS.code]
    assert said(table(["Price", "Unit"], *((amount, "25 pcs") for amount in AMOUNTS)))[0] == []
    late = items_of(table(["Price", "Unit"], *[(2.5, "pc")] * 2500, (2.5, "25 pcs")))[-1]
    assert (late.per_quantity, [note.code for note in late.notes]) == (1, [notes.UNIT_OF_MANY.code])


def test_a_pack_size_with_measures_is_that_of_the_price() -> None:
    sizes = ("12x500ml", "6 x 1 l", "24 pcs", 10)
    cells = table(["Case price", "Pack size"], *zip(AMOUNTS, sizes, strict=True))
    assert said(cells) == ([], [lists.PACK_PRICE.code])
    assert [item.per_quantity for item in items_of(cells)] == [12, 6, 24, 10]


@pytest.mark.parametrize(
    ("header", "per", "unit"),
    [
        ("Price per 100 m", 100, "m"), ("Price per 100kg", 100, "kg"), ("Цена за 100 м", 100, "m"),
        ("Preis / 100 kg", 100, "kg"), ("Price per 1.000 l", 1000, "l"), ("Price per kg", 1, "kg"),
    ],
)  # fmt: skip
def test_a_price_for_many_of_a_measure(header: str, per: int, unit: str | None) -> None:
    cells = priced(header)
    assert said(cells)[0] == []
    items = items_of(cells)
    assert prices_of(items) == amounts("2.5", "3.5", "4.25", "5.75", per=per)
    assert {item.facts.unit for item in items} == {unit}


def test_a_price_for_many_of_a_measure_that_is_not_the_unit_of_the_items_is_asked_about() -> None:
    assert said(table(["Price per 100 m", "Unit"], *((amount, "coil") for amount in AMOUNTS)))[0] == [
        lists.PRICE_BASIS.code
    ]
    assert said(table(["Price per 100 m", "Unit"], *((amount, "m") for amount in AMOUNTS)))[0] == []
    assert said(priced("Price for 5 l"))[0] == [lists.PRICE_BASIS.code]


def test_the_measure_of_which_the_prices_are_is_the_unit_of_items_without_their_own() -> None:
    assert {item.facts.unit for item in items_of(priced("Price per kg"))} == {"kg"}
    rows = [(2.5, "box"), (3.5, None), (4.25, "box"), (5.75, "box")]
    assert [item.facts.unit for item in items_of(table(["Price per kg", "Unit"], *rows))] == ["box", "kg", "box", "box"]


@pytest.mark.parametrize("header", ["", "Remark", "Bemerkung", "Примечание"])
@pytest.mark.parametrize("said", ["per 100", "Preis je 100 St.", "цена за 100 шт", "/100"])
def test_a_remark_says_for_how_many_the_price_of_its_row_is(header: str, said: str) -> None:
    rows = [(amount, said if at == 1 else None) for at, amount in enumerate(AMOUNTS)]
    assert [item.per_quantity for item in items_of(table(["Price", header], *rows))] == [1, 100, 1, 1]


@pytest.mark.parametrize("said", ["7 l per 100 km", "per 100 g", "10 per 100", "230/100", "Box of 100", "100"])
def test_a_remark_that_says_something_else_does_not(said: str) -> None:
    rows = [(amount, said if at % 2 else "new") for at, amount in enumerate(AMOUNTS)]
    assert {item.per_quantity for item in items_of(table(["Price", "Remark"], *rows))} == {1}


def test_a_remark_far_below_is_heard() -> None:
    rows: list[tuple[object, ...]] = [(2 + at / 100, "je 100 St." if at == 700 else "neu") for at in range(720)]
    counts = [item.per_quantity for item in items_of(table(["Price", "Bemerkung"], *rows))]
    assert (counts[700], sum(counts)) == (100, 719 + 100)


@pytest.mark.parametrize("header", ["je", "pro", "za", "за", "par"])
def test_a_column_that_is_called_per(header: str) -> None:
    numbers = [(amount, 100 if at else 1) for at, amount in enumerate(AMOUNTS)]
    units = [(amount, "100 szt" if at else "szt") for at, amount in enumerate(AMOUNTS)]
    for rows in (numbers, units):
        assert [item.per_quantity for item in items_of(table(["Price", header], *rows))] == [1, 100, 100, 100]


def test_discounts_in_turn_are_taken_off_one_after_the_other() -> None:
    cells = table(["Listino", "Sconto"], (10.0, "50+10"), (20.0, "50+10+5"), (30.0, "40"), (40.0, 40))
    assert said(cells) == ([], [lists.DISCOUNT_TAKEN.code])
    assert prices_of(items_of(cells)) == amounts("4.5", "8.55", "18", "24")


def test_discounts_that_nobody_can_read_are_asked_about() -> None:
    cells = table(["Listino", "Sconto"], (10.0, "50/10"), (20.0, "50/10/5"), (30.0, "40/5"), (40.0, "40/5"))
    assert said(cells)[0] == [lists.DISCOUNT_LEFT.code]


@pytest.mark.parametrize("header", ["PE", "Ud. precio", "Price unit"])
def test_letters_of_price_units(header: str) -> None:
    cells = table(["Price", header], (10.0, "H"), (20.0, "T"), (30.0, "S"), (40.0, "S"))
    assert [item.per_quantity for item in items_of(cells)] == [100, 1000, 1, 1]


def test_letters_that_nobody_knows_are_asked_about() -> None:
    cells = table(["Preis", "PE"], (10.0, "Q"), (20.0, "W"), (30.0, "Q"), (40.0, "Q"))
    assert said(cells)[0] == [lists.PRICE_BASIS.code]
