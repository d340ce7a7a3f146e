"""Every trait in every language; each language has several words for a thing, and each variant takes the next."""

from __future__ import annotations

import pytest

from tests.ingestion.pricegrid.zoo.languages import LANGUAGES
from tests.ingestion.pricegrid.zoo.listing import problems
from tests.ingestion.pricegrid.zoo.traits import TRAITS

VARIANTS = 4


@pytest.mark.parametrize("trait", TRAITS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_trait_in_a_language(language: str, trait: str) -> None:
    for variant in range(VARIANTS):
        assert problems([TRAITS[trait](LANGUAGES[language], variant)]) == []
