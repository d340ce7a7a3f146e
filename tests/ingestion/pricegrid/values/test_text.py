import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.pricegrid.cells.grid import CellError, Formula
from ingestion.pricegrid.values.text import clean_text, is_gtin, read_code


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  Drill \n 18V ", "Drill 18V"),
        ("Drill\u00a018V", "Drill 18V"),
        ("Dri\u00adll\u200b", "Drill"),
        ("Caf\u0065\u0301", "Café"),
        ("Screw &amp; nut &#8211; 5&quot;", 'Screw & nut – 5"'),
        ("<b>Drill</b><br/>18V", "Drill 18V"),
        ("a < b and b > c", "a < b and b > c"),
        ("R&D kit", "R&D kit"),
        (12.0, "12"),
        (None, ""),
    ],
)
def test_clean_texts(raw, text):
    assert clean_text(raw) == text


@given(st.text(alphabet=st.characters(exclude_characters="&<"), max_size=40))
def test_cleaning_twice_changes_nothing(text):
    assert clean_text(clean_text(text)) == clean_text(text)


@pytest.mark.parametrize(
    ("raw", "number_format", "code"),
    [
        ("00042", None, "00042"),
        ("aB-7/x", None, "aB-7/x"),
        (12345.0, None, "12345"),
        (42, "00000", "00042"),
        (42, "000-000", "000-042"),
        (1234567, "000-000", "1234-567"),
        (42, "0.00", "42"),
        (42, "#,##0", "42"),
        (8.5, None, "8.5"),
        (4006381333931.0, None, "4006381333931"),
        (None, None, ""),
    ],
)
def test_codes(raw, number_format, code):
    assert read_code(raw, number_format) == (code, None)


@pytest.mark.parametrize("raw", ["8.71E+12", "8,71E+12", 1e17, CellError("#N/A"), Formula(), float("inf")])
def test_codes_that_are_lost(raw):
    code = read_code(raw)
    assert code.value == ""
    assert code.problem


@given(st.integers(0, 10**8), st.integers(2, 12))
def test_leading_zeros_of_the_format(number, places):
    code = read_code(number, "0" * places).value
    assert int(code) == number
    assert len(code) >= places


@pytest.mark.parametrize("code", ["4006381333931", "036000291452", "96385074", "10614141000415"])
def test_barcodes(code):
    assert is_gtin(code)
    assert not is_gtin(code[:-1] + str((int(code[-1]) + 1) % 10))
