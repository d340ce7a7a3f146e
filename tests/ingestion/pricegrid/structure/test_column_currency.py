import pytest

from ingestion.pricegrid.cells.grid import Style
from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.reading import SheetReading
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
