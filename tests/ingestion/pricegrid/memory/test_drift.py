"""A new list beside the one that its settings were made on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.memory.drift import Drifted, find_drift
from ingestion.pricegrid.memory.fingerprint import fingerprint, has_other_values, key_of, mapping_of, times_of
from ingestion.pricegrid.settings import Hints
from tests.ingestion.pricegrid.grids import Grid, grid_of, reading_of

HEAD: list[Cell] = ["Code", "Name", "Price", "RRP", "Stock"]
Rows = list[list[Cell]]


def rows(*, factor: float = 1) -> Rows:
    return [
        [f"AB-{100 + n}", f"Garden hose no. {n}", factor * (n + 0.25), factor * (n + 2.75), 10 * n] for n in range(1, 9)
    ]


def sheet(head: Sequence[Cell] = HEAD, body: Rows | None = None, *, above: int = 0, name: str = "List") -> Grid:
    title: Rows = [["Prices of this week"]] * above
    return grid_of([*title, list(head), *(rows() if body is None else body)], name=name)


def ordered(table: Rows, *order: int) -> Rows:
    return [[row[column] for column in order] for row in table]


def drifted(old: Grid, new: Grid, **settings: Any) -> Drifted:
    """What a profile that was saved on the old sheet says of the new one."""
    hints = {"column_mapping": settings.get("column_mapping", {}), "header_row": tuple(settings.get("header_row", ()))}
    understood = reading_of(old, **hints).sheets
    printed = json.loads(json.dumps(fingerprint(understood)))
    settings.setdefault("column_mapping", mapping_of(understood))
    return find_drift(printed, [new], settings, Hints(**{**hints, "column_mapping": settings["column_mapping"]}))


def kinds(found: Drifted) -> dict[str, str]:
    return {drift.old.field if drift.old else "": str(drift.kind) for drift in found.drifts}


def test_the_same_shape_with_other_values_is_no_drift():
    assert drifted(sheet(), sheet(body=rows(factor=1.1), above=3)) == ([], None)


def test_other_characteristics_are_no_drift():
    new = sheet([*HEAD, "Colour"], [[*row, "red"] for row in rows()])
    assert drifted(sheet(), new).drifts == []


def test_columns_that_changed_places_moved():
    new = sheet(ordered([HEAD], 0, 1, 4, 2, 3)[0], ordered(rows(), 0, 1, 4, 2, 3))
    found = drifted(sheet(), new)
    assert kinds(found) == {"price": "moved", "retail_price": "moved", "stock": "moved"}
    assert "“Price” moved from C to D" in str(found.drifts[0].message)
    assert found.settings is not None
    assert found.settings["column_mapping"]["Price"] == "price"


def test_a_renamed_column_is_bound_to_its_new_name():
    found = drifted(sheet(), sheet(["Code", "Name", "Our conditions", "RRP", "Stock"]))
    assert kinds(found) == {"price": "renamed"}
    drift = found.drifts[0]
    assert drift.old
    assert drift.new
    assert (drift.old.header, drift.new.header, drift.new.samples[0]) == ("Price", "Our conditions", "1.25")
    assert found.settings == {
        "column_mapping": {
            "Code": "supplier_sku",
            "Name": "name",
            "Our conditions": "price",
            "RRP": "retail_price",
            "Stock": "stock",
        }
    }


def test_a_known_column_is_never_taken_for_one_that_has_gone():
    old = sheet(["Code", "Name", "Price", "Price from 100 pcs", "Stock"])
    new = sheet(["Code", "Name", "Price from 100 pcs", "Stock"], ordered(rows(), 0, 1, 3, 4))
    found = drifted(old, new)
    assert kinds(found)["price"] == "gone"
    assert found.settings is None


def test_of_two_columns_that_look_alike_none_is_taken():
    head = ["Code", "Name", "Basic amount", "Other amount", "Stock"]
    found = drifted(sheet(["Code", "Name", "Stock", "Price"], ordered(rows(), 0, 1, 4, 2)), sheet(head))
    assert kinds(found)["price"] in ("unclear", "gone")
    assert found.settings is None


def test_other_values_under_the_same_header_are_a_drift():
    found = drifted(sheet(), sheet(body=[[row[0], row[1], row[4], row[3], row[2]] for row in rows()]))
    assert kinds(found)["price"] == "values"
    assert found.settings is None


def test_given_header_rows_follow_the_header():
    found = drifted(sheet(above=1), sheet(above=4), header_row=[2], data_start_row=3)
    assert kinds(found) == {"": "header"}
    assert found.settings is not None
    assert (found.settings["header_row"], found.settings["data_start_row"]) == ([5], 6)


def test_without_a_header_the_letters_count():
    said = {"column_mapping": {"C": "price", "D": "retail_price"}}
    assert drifted(grid_of(rows()), grid_of(rows(factor=1.2)), **said).drifts == []
    moved = drifted(grid_of(rows()), grid_of(ordered(rows(), 0, 1, 4, 3, 2)), **said)
    assert kinds(moved)["price"] == "values"


def test_the_date_in_a_header_is_not_part_of_its_name():
    old = sheet(["Code", "Name", "Price 12.05", "RRP 12.05", "Stock"])
    assert drifted(old, sheet(["Code", "Name", "Price 19.05", "RRP 19.05", "Stock"])).drifts == []


def test_the_sheet_of_the_same_name_is_compared_and_one_that_is_gone_is_said():
    printed = fingerprint(reading_of(sheet(name="Tools"), sheet(body=other(), name="Garden")).sheets)
    both = [sheet(body=other(), name="Garden"), sheet(name="Tools")]
    assert find_drift(printed, both, {}, Hints()).drifts == []
    found = find_drift(printed, both[:1], {}, Hints())
    assert [str(drift.kind) for drift in found.drifts] == ["sheet"] or found.settings is None


def other() -> Rows:
    return [[f"ZZ-{row[0]}", f"Spade {row[1]}", *row[2:]] for row in rows()]


@pytest.mark.parametrize("printed", [{}, {"sheets": []}])
def test_a_profile_without_a_fingerprint_stops_nothing(printed):
    assert find_drift(printed, [sheet()], {}, Hints()) == ([], None)


def test_a_mapping_names_columns_by_their_header_where_that_is_enough():
    assert key_of("B", "Price", times_of(["Code", "Price"])) == "Price"
    assert key_of("B", "Price", times_of(["Price", "Price "])) == "B"
    assert key_of("B", "", times_of(["", ""])) == "B"
    assert key_of("B", "Price of 12.05.2026", times_of(["Code", "Price of 12.05.2026"])) == "B"


def test_one_mapping_says_nothing_that_would_be_wrong_for_another_sheet():
    swapped = sheet(["Code", "Price", "Name"], [[f"Q-{n}", n + 0.5, f"Rake {n}"] for n in range(1, 9)], name="Garden")
    both = mapping_of(reading_of(sheet(name="Tools"), swapped).sheets)
    assert both == {"Code": "supplier_sku", "Name": "name", "Price": "price", "RRP": "retail_price", "Stock": "stock"}


def test_what_people_have_set_is_bound_too():
    columns = fingerprint(reading_of(sheet(), column_mapping={"RRP": "brand"}).sheets)["sheets"][0]["columns"]
    assert {column["field"] for column in columns if column["is_bound"]} >= {"brand", "price"}


FULL = {"filled": 1, "numeric": 1, "codes": 0, "texts": 0, "dates": 0, "links": 0, "fractions": 0.8, "length": 5}


@pytest.mark.parametrize(
    ("field", "changes", "is_other"),
    [
        ("price", {}, False),
        ("price", {"numeric": 0.9, "texts": 0.1}, False),
        ("price", {"numeric": 0.2, "texts": 0.8}, True),
        ("price", {"fractions": 0}, True),
        ("stock", {"fractions": 0}, False),
        ("stock", {"filled": 0.05}, True),
        ("supplier_sku", {"numeric": 0, "codes": 1}, False),
        ("supplier_sku", {"length": 1}, True),
        ("name", {"numeric": 0, "links": 1}, True),
    ],
)
def test_values_of_another_kind(field, changes, is_other):
    assert has_other_values(field, FULL, {**FULL, **changes}) is is_other


def test_unknown_figures_say_nothing():
    assert not has_other_values("price", {}, FULL)


def test_a_sheet_that_the_settings_name_is_found_under_its_new_name():
    found = drifted(sheet(name="May"), sheet(name="June"), sheet_name=["May"])
    assert [drift.kind for drift in found.drifts] == ["other_sheet"]
    assert found.settings is not None
    assert found.settings["sheet_name"] == ["June"]
    assert drifted(sheet(name="May"), sheet(name="June")).drifts == []
