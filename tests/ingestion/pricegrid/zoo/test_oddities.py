from __future__ import annotations

import pytest

from tests.ingestion.pricegrid.zoo.exports import HINTS, ODDITIES
from tests.ingestion.pricegrid.zoo.listing import Listing, problems


@pytest.mark.parametrize("name", ODDITIES)
def test_an_odd_list(name: str) -> None:
    made = ODDITIES[name]()
    assert problems([made] if isinstance(made, Listing) else made, **HINTS.get(name, {})) == []
