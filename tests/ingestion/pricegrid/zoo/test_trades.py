"""Nobody is asked about a list that a careful person would not be in doubt about."""

from __future__ import annotations

import pytest

from ingestion.pricegrid.verdict import VerdictKind
from tests.ingestion.pricegrid.zoo.judged import judged
from tests.ingestion.pricegrid.zoo.listing import as_text
from tests.ingestion.pricegrid.zoo.trades import ASKED, TRADES


@pytest.mark.parametrize("name", TRADES)
def test_a_list_of_another_trade(name: str) -> None:
    expected = VerdictKind.ASKS if name in ASKED else VerdictKind.STORED
    for made in (TRADES[name](), as_text(TRADES[name]())):
        found = judged(made)
        assert (found.verdict.kind, found.wrong) == (expected, ()), found.verdict
