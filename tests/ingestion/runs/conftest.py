from __future__ import annotations

import pytest

from suppliers.models import PriceListSource
from tests.factories import SourceFactory


@pytest.fixture
def source() -> PriceListSource:
    """Whose prices may change as they like."""
    return SourceFactory(shock_percent=None)
