from __future__ import annotations

import pytest

from ingestion.pricegrid.formats.cell_forms import RegularRow, form_of, is_number, learn_column, without_empty_end

ROWS = [[f"A-{number}", f"Bolt M{number}", f"{number}.50", str(number), ""] for number in range(10, 40)]


@pytest.mark.parametrize("text", ["12", "12.50", "1,250.00", "1 250,00", "$12.50", "12 EUR", "EUR 12", "-3", "12,5 €"])
def test_numbers(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "A-12", "12-13", "M8", "5,12.50", "12;", "Bolt", "1.2.2024", '24"'])
def test_no_numbers(text: str) -> None:
    assert not is_number(text)


@pytest.mark.parametrize(
    ("text", "form"), [("AB-0042", "a-9"), ("12.50", "9.00"), ("1,250.5", "9,9.0"), ("28/01/2018", "9/9/9")]
)
def test_forms(text: str, form: str) -> None:
    assert form_of(text) == form


def test_a_cell_that_could_stand_in_a_column_need_not_look_like_the_others() -> None:
    price = learn_column([row[2] for row in ROWS])
    assert (price.fits("12.50"), price.fits("12,5"), price.could_fit("12,5"), price.could_fit("dear")) == (
        *(True, False, True),
        False,
    )


def test_rows() -> None:
    form = RegularRow(5, [["Code", "Name", "Price", "Stock", "Remark"], *ROWS])
    assert form.fit(["A-1", "Nut", "1.50", "3"])
    assert not form.fit(["A-1", "Nut", "1.50"])
    assert not form.could_fit(["A-1", "Nut", "cheap", "3"])
    assert form.is_held_in("A-1 Nut 1.50 3")
    assert not form.is_held_in("Nuts and bolts of 2024")


def test_empty_cells_at_the_end() -> None:
    assert without_empty_end(["a", "", " "]) == ["a"]
