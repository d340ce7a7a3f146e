from __future__ import annotations

from datetime import date, datetime, time

import pytest

from ingestion.pricegrid.formats.number_formats import date_parts, from_serial, iso_moment, whole


@pytest.mark.parametrize(
    ("number_format", "parts"),
    [
        ("General", ""),
        ("@", ""),
        ("0.00", ""),
        ("[Red]#,##0.00", ""),
        ("#,##0.00 [$₽-419]", ""),
        ('0.00" days"', ""),
        ("#,##0.00\\ \\d", ""),
        ("00000", ""),
        ('[Red]"sold out"', ""),
        ("0.00E+00", ""),
        ("dd.mm.yyyy", "date"),
        ("[$-419]d mmm yyyy;@", "date"),
        ("mmm-yy", "date"),
        ("yyyy-mm-dd hh:mm", "both"),
        ("h:mm AM/PM", "time"),
        ("[h]:mm:ss", "time"),
        ("mm:ss.0", "time"),
    ],
)
def test_only_formats_of_dates_make_dates(number_format: str, parts: str) -> None:
    assert date_parts(number_format) == parts


@pytest.mark.parametrize(
    ("serial", "parts", "from_1904", "moment"),
    [
        (45292, "date", False, date(2024, 1, 1)),
        (45292.5, "both", False, datetime(2024, 1, 1, 12)),  # noqa: DTZ001
        (45292 - 1462, "date", True, date(2024, 1, 1)),
        (59, "date", False, date(1900, 2, 28)),
        (61, "date", False, date(1900, 3, 1)),
        (0.75, "time", False, time(18)),
        (-5, "date", False, -5),
        (4_607_100_001, "date", False, 4_607_100_001),
    ],
)
def test_serial_numbers(serial: float, parts: str, from_1904: bool, moment: object) -> None:
    assert from_serial(serial, parts, from_1904=from_1904) == moment


def test_whole_numbers_are_ints_unless_they_are_too_large_to_be_exact() -> None:
    assert repr(whole(12.0)) == "12"
    assert repr(whole(12.5)) == "12.5"
    assert repr(whole(1e20)) == "1e+20"


def test_iso_texts() -> None:
    assert iso_moment("2024-01-31") == date(2024, 1, 31)
    assert iso_moment("2024-01-31T10:00:00Z") == datetime(2024, 1, 31, 10)  # noqa: DTZ001
    assert iso_moment("tomorrow") == "tomorrow"
