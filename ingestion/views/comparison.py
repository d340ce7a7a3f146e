"""What other settings change on the same list, row by row."""

from __future__ import annotations

from typing import NamedTuple

from ingestion.models import PriceList
from ingestion.views.trial import Offer, Trial
from suppliers.models import PriceListSource

TRIED_LISTS = 5


class _Change(NamedTuple):
    row: int
    before: Offer
    after: Offer


class SettingsComparison(NamedTuple):
    """One list under two settings. Rows are compared with themselves: it is the same file."""

    before: Trial
    after: Trial
    prices: list[_Change]
    codes: list[_Change]
    lost: int
    gained: int

    @property
    def is_worse(self) -> bool:
        """Whether somebody has to look before this is wanted: it may be an improvement, but a machine cannot tell."""
        newly_refused = bool(self.after.refusal) and not self.before.refusal
        return newly_refused or bool(self.lost or self.prices or self.codes) or self.after.errors > self.before.errors

    @property
    def is_same(self) -> bool:
        return not self.is_worse and not self.gained and self.after.errors == self.before.errors


def difference(before: Trial, after: Trial) -> SettingsComparison:
    both = before.offers.keys() & after.offers.keys()
    changes = [_Change(place[1], before.offers[place], after.offers[place]) for place in before.offers if place in both]
    return SettingsComparison(
        before,
        after,
        [each for each in changes if each.before[1:] != each.after[1:]],
        [each for each in changes if each.before.code != each.after.code],
        len(before.offers.keys() - after.offers.keys()),
        len(after.offers.keys() - before.offers.keys()),
    )


def last_lists(source: PriceListSource) -> list[PriceList]:
    """The newest lists of the source, each content once."""
    found: dict[str, PriceList] = {}
    for price_list in source.price_lists.select_related("source__supplier", "supplier")[: 2 * TRIED_LISTS]:
        found.setdefault(price_list.sha256, price_list)
    return list(found.values())[:TRIED_LISTS]
