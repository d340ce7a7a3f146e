"""Codes in all the forms that people write them in: read as they are meant, compared by what they have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.pricegrid.cells.grid import CellError, Formula
from ingestion.pricegrid.values.codes import clean_codes, code_key, is_gtin, read_code, read_codes

LETTERS = "ABCEHKMOPTX"
ALIKE = str.maketrans(LETTERS, "АВСЕНКМОРТХ")  # the same letters in Cyrillic
FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
BLANKS = "\u0020\u00a0\u1680\u2002\u2003\u2007\u2009\u200a\u202f\u205f\u3000\u200b\ufeff\u00ad"
HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe63\uff0d\u30fc"

written = st.text(alphabet=f"{LETTERS}DZ0123456789./_", min_size=1, max_size=12)


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


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ('="00042"', "00042"),
        ('= "00042"', "00042"),
        ('"=""00042"""', "00042"),
        ('=""00042""', "00042"),
        ("=“00042”", "00042"),
        ('="AB-1/2"""', 'AB-1/2"'),
        ("'00042", "00042"),
        ("’00042", "00042"),
        ("'00042'", "00042"),
        ('"00042"', "00042"),
        ('"\'00042"', "00042"),
        ('=""', ""),
        ('1/2"', '1/2"'),
        ("K'12", "K'12"),
        ("=A1+B1", "=A1+B1"),
    ],
)
def test_the_mark_of_a_text_is_no_part_of_a_code(raw, code):
    assert read_code(raw) == (code, None)
    assert list(read_codes([raw, "A-1"])) == list(clean_codes([raw, "A-1"])) == [code, "A-1"]


@given(written, st.sampled_from(['="{}"', '"=""{}"""', "'{}", "’{}", '"{}"', '= "{}" ']))
def test_every_code_may_be_marked_as_a_text(code, mark):
    assert read_code(mark.format(code)).value == code


@pytest.mark.parametrize(
    ("raw", "number_format", "code"),
    [
        (90.75, "0.000", "90.750"),
        (92, "0.000", "92.000"),
        (5.5, "00.00", "05.50"),
        (90.5, "#0.00", "90.50"),
        (90.5, "#,##0.00", "90.5"),
        (90.5, "General", "90.5"),
        (90.5, None, "90.5"),
    ],
)
def test_zeros_behind_the_point_may_exist_only_in_the_format(raw, number_format, code):
    assert read_code(raw, number_format, with_fractions=True).value == code


@given(written, st.data())
def test_blanks_hyphens_case_width_and_lookalikes_make_no_other_code(code, data):
    forms = st.sampled_from([str.upper, str.lower, *(lambda text, t=t: text.translate(t) for t in (ALIKE, FULL_WIDTH))])
    other = data.draw(forms)(code)
    at = data.draw(st.integers(0, len(other)))
    other = other[:at] + data.draw(st.sampled_from([*BLANKS, *HYPHENS, ""])) + other[at:]
    assert code_key(other) == code_key(code)


@given(written, written)
def test_other_codes_have_other_keys(one, other):
    assert (code_key(one) == code_key(other)) == (one == other)


@pytest.mark.parametrize(
    ("one", "other"), [("001", "1"), ("A-01", "A-1"), ("1.5", "15"), ("A/1", "A1"), ("10µ", "10M")]
)
def test_zeros_and_signs_tell_codes_apart(one, other):
    assert code_key(one) != code_key(other)
