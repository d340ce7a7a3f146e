import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.pricegrid.cells.grid import Style
from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.reading import SheetReading
from ingestion.pricegrid.vocabulary import vocabulary
from tests.ingestion.pricegrid.grids import grid_of, items_of, reading_of

ROWS = [[f"A-{n}", f"Bowl {n}", 11.5 + n] for n in range(4)]
YEN = {(row, 3): Style(number_format='_ "¥"* #,##0_ ') for row in range(2, 6)}


def doubts_of(reading: SheetReading) -> list[str]:
    return [doubt.code for sheet in reading.sheets for doubt in sheet.doubts]


@pytest.mark.parametrize(
    ("header", "own"),
    [
        ("السعر (درهم)", "USD"),
        ("Price, dirham", "EUR"),
        ("Pris, kr", "EUR"),
        ("Price (Rs.)", "EUR"),
        ("Precio $", "EUR"),
    ],
)
def test_a_shared_word_that_none_of_the_suppliers_is_meant_by_is_asked_about(header, own):
    reading = reading_of([["Code", "Name", header], *ROWS], default_currency=own)
    assert doubts_of(reading) == [lists.WHICH_CURRENCY.code]


@pytest.mark.parametrize("cell", ["£ 11.50", "11.50 kr", "Rs 11.50"])
def test_the_cells_may_say_it(cell):
    rows = [[code, name, cell] for code, name, _ in ROWS]
    own = {"£": "EGP", "k": "NOK", "R": "LKR"}[cell.lstrip("1.50 ")[0]]
    assert {item.currency for item in items_of([["Code", "Name", "Price"], *rows], default_currency=own)} == {own}


def test_once_said_the_answer_counts_for_the_cells_too():
    rows = [[code, name, "$ 11.50"] for code, name, _ in ROWS]
    head = ["Código", "Descripción", "Precio"]
    assert doubts_of(reading_of([head, *rows], default_currency="EUR")) == [lists.WHICH_CURRENCY.code]
    answered = reading_of([head, *rows], default_currency="EUR", currency="CLP")
    assert doubts_of(answered) == []
    assert {item.currency for item in answered} == {"CLP"}


def test_a_sign_that_usually_means_one_currency_is_noted():
    reading = reading_of([["Code", "Name", "Price, $"], *ROWS], default_currency="EUR")
    assert {item.currency for item in reading} == {"USD"}
    assert [note.code for note in reading.notes] == [lists.TAKEN_FOR.code]


@pytest.mark.parametrize(("names", "currency"), [("えんぴつ", "JPY"), ("铅笔", "CNY"), ("Pencil", None)])
def test_the_letters_of_a_list_say_whose_yen_it_is(names, currency):
    rows = [[code, f"{names} {code}", price] for code, _, price in ROWS]
    items = items_of(grid_of([["Code", "Name", "Price"], *rows], styles=YEN))
    assert {item.currency for item in items} == {currency}


def currencies_of(above: list[str], header: str = "Price", cell: str = "", **hints: object) -> set[str | None]:
    rows = [[code, name, f"{price} {cell}" if cell else price] for code, name, price in ROWS]
    return {
        item.currency for item in reading_of([*([line] for line in above), ["Code", "Name", header], *rows], **hints)
    }


@pytest.mark.parametrize(
    ("line", "header", "currency"),
    [
        ("Tel. +46 8 123 45 67", "Pris, kr", "SEK"),
        ("Telefon: +47 22 12 34 56", "Pris, kr", "NOK"),
        ("Kontakt: salg@vaerktoej.example.dk", "Pris, kr", "DKK"),
        ("www.verkfaeri.is", "Pris, kr", "ISK"),
        ("Nordic Tools AB, Box 12, Göteborg, Sweden", "Pris, kr", "SEK"),
        ("Prisliste for Norge 2027", "Pris, kr", "NOK"),
        ("Phone 0061 2 9374 4000, www.bolts.com.au", "Price, $", "AUD"),
        ("ventas@ferreteria.cl", "Precio $", "CLP"),
        ("www.refacciones.com.mx", "Precio $", "MXN"),
        ("Тел. +375 17 123-45-67", "Цена, руб.", "BYN"),
        ("Тел. +7 495 123-45-67", "Цена, руб.", "RUB"),
        ("+971 4 123 4567", "Price (Dhs)", "AED"),
        ("contact@souk.ma", "Prix en dirham", "MAD"),
        ("+86 755 1234 5678", "Price ¥", "CNY"),
        ("+81 3 1234 5678", "Price ¥", "JPY"),
        ("+20 2 12345678", "Price £", "EGP"),
        ("+221 33 123 45 67", "Prix (francs)", "XOF"),
        ("+966 11 123 4567", "Price in riyal", "SAR"),
        ("+94 11 234 5678", "Price Rs.", "LKR"),
        ("+373 22 123 456", "Preț, lei", "MDL"),
        ("Prices in AUD, ex GST", "Price, $", "AUD"),
        ("Alla priser i SEK", "Pris, kr", "SEK"),
    ],
)
def test_the_lines_around_a_table_say_whose_sign_it_is(line: str, header: str, currency: str) -> None:
    assert currencies_of([line], header) == {currency}
    assert currencies_of([line], header, default_currency="EUR") == {currency}
    assert currencies_of([line], header, default_currency=currency) == {currency}


def test_cells_follow_them_as_well() -> None:
    assert currencies_of(["Tel. +46 8 123 45 67"], cell="kr", default_currency="EUR") == {"SEK"}


@pytest.mark.parametrize(
    ("lines", "header", "own"),
    [
        (["Tel. +46 8 123 45 67"], "Pris, kr", "NOK"),
        (["Tel. +46 8 123 45 67, Norge: +47 22 12 34 56"], "Pris, kr", "EUR"),
        (["www.bolts.com.au"], "Price, $", "USD"),
        (["Тел. +375 17 123-45-67"], "Цена, руб.", "RUB"),
        (["Prices in AUD", "Prices in CAD"], "Price, $", "EUR"),
    ],
)
def test_what_contradicts_itself_or_the_supplier_is_asked(lines: list[str], header: str, own: str) -> None:
    cells = [*([line] for line in lines), ["Code", "Name", header], *ROWS]
    assert doubts_of(reading_of(cells, default_currency=own)) == [lists.WHICH_CURRENCY.code]
    assert {item.currency for item in reading_of(cells, default_currency=own, currency=own)} == {own}


@pytest.mark.parametrize(
    ("head", "currency"),
    [
        (["Artikelnr", "Benämning", "Pris, kr"], "SEK"),
        (["Varenr", "Varebetegnelse", "Enhedspris, kr"], "DKK"),
        (["Varenr", "Beskrivelse", "Pris eks mva, kr"], "NOK"),
        (["Vörunúmer", "Vöruheiti", "Verð, kr"], "ISK"),
    ],
)
def test_the_language_says_it_where_nothing_else_does(head: list[str], currency: str) -> None:
    reading = reading_of([head, *ROWS], default_currency="EUR")
    assert {item.currency for item in reading} == {currency}
    assert [note.code for note in reading.notes] == [lists.TAKEN_FOR.code]


def test_wines_of_a_country_are_no_address() -> None:
    assert currencies_of(["Wines of Argentina"], "Price, $", default_currency="EUR") == {"USD"}


def test_a_sign_in_a_column_of_currencies_is_noted_or_asked_about() -> None:
    cells = [["Code", "Name", "Price", "Currency"], *([*row, "kr"] for row in ROWS)]
    assert doubts_of(reading_of(cells, default_currency="EUR")) == [lists.WHICH_CURRENCY.code]
    assert doubts_of(reading_of(cells, default_currency="SEK")) == []


PREFIXES = dict(vocabulary().topics("telephone_prefixes"))
MONEY_OF = {country: code for code, used_in in vocabulary().topics("currencies_of_countries") for country in used_in}
SHARED = [
    (word, code, f"Tel. +{prefix} 11 234 567")
    for codes, words in vocabulary().currencies.items()
    for word in words
    for country, (prefix,) in PREFIXES.items()
    if (code := MONEY_OF[country]) in codes.split("|") and "|" in codes and "*" not in word and len(word) > 1
]


@given(st.sampled_from(SHARED), st.sampled_from([None, "EUR", "USD", "SEK", "MAD", "CNY"]))
def test_a_prefix_of_one_country_never_gives_the_money_of_another(
    shared: tuple[str, str, str], own: str | None
) -> None:
    word, code, line = shared
    reading = reading_of([[line], ["Code", "Name", f"Price ({word})"], *ROWS], default_currency=own)
    found = {item.currency for item in reading}
    assert found == {code} or doubts_of(reading) == [lists.WHICH_CURRENCY.code]
