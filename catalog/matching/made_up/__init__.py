"""Made-up lists of two suppliers with their true pairs, to train the shipped model on."""

from catalog.matching.made_up.scenarios import Scenario, scenarios

__all__ = ["Scenario", "scenarios"]
