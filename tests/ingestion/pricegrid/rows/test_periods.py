"""Columns of the days on which prices begin and end: what cannot be read beyond doubt is no price in force."""

from __future__ import annotations

from datetime import date

import pytest

from ingestion.pricegrid.problems import notes, prices
from tests.ingestion.pricegrid.grids import Rows, errors_of, items_of

TODAY = date(2026, 11, 30)


def dated(*days: object, header: str = "Valid from") -> Rows:
    rows = ([f"A-{place}", f"Washer {place}", 2.5 + place, day] for place, day in enumerate(days))
    return [["Code", "Name", "Price", header], *rows]


@pytest.mark.parametrize("day", ["03/04/2027", 46500, "01.01.2027 - 31.03.2027", "31.02.2027"])
def test_a_day_that_cannot_be_read_beyond_doubt_is_an_error(day: object) -> None:
    cells = dated("2026-01-01", day, "2026-01-01")
    assert [(e.row_number, e.message.code) for e in errors_of(cells, today=TODAY)] == [(3, prices.UNKNOWN_DAY.code)]
    assert [item.row_number for item in items_of(cells, today=TODAY)] == [2, 4]


@pytest.mark.parametrize(("shown", "start"), [("25/12/2025", date(2026, 4, 3)), ("12/25/2025", date(2026, 3, 4))])
def test_other_days_of_the_column_show_which_number_is_the_month(shown: str, start: date) -> None:
    assert next(item.valid_from for item in items_of(dated("03/04/2026", shown), today=TODAY)) == start


def test_what_is_past_either_way_is_in_force() -> None:
    assert len(items_of(dated("01/02/2026", "03/04/2026"), today=TODAY)) == 2


@pytest.mark.parametrize("day", ["31.12.9999", "30 days", "until further notice", ""])
def test_what_names_no_day_ends_nothing(day: str) -> None:
    assert not errors_of(dated(day, "2027-12-31", header="Valid until"), today=TODAY)


def test_words_in_place_of_a_first_day_are_noted() -> None:
    """Once such a price was stored as in force, and nobody was told."""
    items = items_of(dated("2026-01-01", "soon", "", "-", "2026-02-01"), today=TODAY)
    assert [[note.code for note in item.notes] for item in items] == [[], [notes.NO_START.code], [], [], []]


def test_days_below_another_header_count_as_well() -> None:
    """Once only the first table of a sheet was asked: prices of others were taken before their day."""
    first = [["Code", "Name", "Price"], *([f"A-{at}", f"Washer {at}", 2.5 + at] for at in range(4))]
    days = ["2026-01-01", "2027-03-01"] * 2
    below = [
        ["Code", "Price", "Valid from", "Name"],
        *([f"B-{at}", 6.5 + at, day, "Nut"] for at, day in enumerate(days)),
    ]
    codes = [item.supplier_sku for item in items_of([*first, [], *below], today=TODAY)]
    assert codes == ["A-0", "A-1", "A-2", "A-3", "B-0", "B-2"]
