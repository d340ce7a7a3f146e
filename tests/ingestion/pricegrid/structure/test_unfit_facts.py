"""A value that no item can have as a fact stays what its cell says: its row is no error."""

from __future__ import annotations

import pytest

from ingestion.pricegrid.contract import unfit_facts
from tests.ingestion.pricegrid.grids import items_of


@pytest.mark.parametrize("unfit", ["0.0000000001", "99999999999999999999", "-5"])
@pytest.mark.parametrize(("header", "name"), [("Pack size", "pack_size"), ("MOQ", "minimum_order")])
def test_what_no_item_can_have_is_no_fact(header: str, name: str, unfit: str) -> None:
    rows = [[f"A-{at}", f"Washer {at}", 2.5 + at, pack] for at, pack in enumerate(("6", "12", unfit, "24", "36"))]
    items = items_of([["Code", "Name", "Price", header], *rows])
    assert not [found for item in items for found in unfit_facts(item.facts)]
    assert [getattr(item.facts, name) is None for item in items] == [False, False, True, False, False]
    assert items[2].characteristics[header] == unfit
