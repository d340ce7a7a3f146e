"""Plain items by columns: what most rows of a list are, in the shape in which a hundred thousand of them are cheap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, Protocol, runtime_checkable

from ingestion.pricegrid.records import NO_FACTS, Item, ItemFacts, PriceBreak, Reading, RowError, Stock, item_facts
from ingestion.pricegrid.values.price_breaks import with_breaks


class Batch(NamedTuple):
    """Items of one sheet that follow one another. Every sequence has one value an item.

    Prices are decimal numbers as text, with at most four decimals; a retail price is empty where there is none.
    `characteristics` are by label; an item has those whose text is not empty, and those in `further`. `own_facts`
    are by their names in `ItemFacts`, None where an item does not say it; price breaks stand apart.
    """

    numbers: Sequence[int]
    codes: Sequence[str]
    names: Sequence[str]
    prices: Sequence[str]
    currencies: Sequence[str | None]
    retail_prices: Sequence[str] | None
    stocks: Sequence[Stock | None] | None
    paths: Sequence[tuple[str, ...]]
    characteristics: dict[str, Sequence[str]]
    further: Sequence[dict[str, str]] | None
    sheet: str | None
    breaks: Sequence[tuple[PriceBreak, ...]] | None = None
    per_quantities: int | Sequence[int] = 1  # one for all, or one for each
    facts: ItemFacts = NO_FACTS  # of all items alike
    own_facts: Mapping[str, Sequence[Any]] = {}

    def part(self, start: int, end: int) -> Batch:
        if start == 0 and end == len(self.numbers):
            return self
        span = slice(start, end)
        return Batch(
            self.numbers[span],
            self.codes[span],
            self.names[span],
            self.prices[span],
            self.currencies[span],
            self.retail_prices and self.retail_prices[span],
            self.stocks and self.stocks[span],
            self.paths[span],
            {label: texts[span] for label, texts in self.characteristics.items()},
            self.further and self.further[span],
            self.sheet,
            self.breaks and self.breaks[span],
            self.per_quantities if isinstance(self.per_quantities, int) else self.per_quantities[span],
            self.facts,
            {name: values[span] for name, values in self.own_facts.items()},
        )

    @property
    def is_for_one(self) -> bool:
        """Whether the prices are for one piece each."""
        return self.per_quantities == 1

    def incomplete(self) -> list[int]:
        """The places that lack a code, a name or a price."""
        if all(self.prices) and all(self.codes) and all(self.names):
            return []
        keys = zip(self.prices, self.codes, self.names, strict=True)
        return [at for at, key in enumerate(keys) if not all(key)]

    def below(self, path: tuple[str, ...]) -> Batch:
        """Items without a category of their own belong to that of the section they stand in."""
        return self._replace(paths=[own or path for own in self.paths]) if path else self

    def item(self, at: int) -> Item:
        retail = self.retail_prices[at] if self.retail_prices else ""
        return Item(
            self.numbers[at],
            self.codes[at],
            self.names[at],
            Decimal(self.prices[at]),
            self.currencies[at],
            Decimal(retail) if retail else None,
            self.stocks[at] if self.stocks else None,
            self.paths[at],
            self.characteristics_of(at),
            sheet=self.sheet,
            per_quantity=self.per_quantities if isinstance(self.per_quantities, int) else self.per_quantities[at],
            facts=self.facts_of(at),
        )

    def all_facts(self) -> Sequence[ItemFacts] | None:
        """None: no item has any."""
        if not self.breaks and not self.own_facts and self.facts == NO_FACTS:
            return None
        return list(map(self.facts_of, range(len(self.numbers))))

    def told(self) -> Mapping[str, Sequence[Any]]:
        """The facts that items say, by their names in `ItemFacts`: one value an item, None where it does not say it."""
        if self.breaks:  # they say more than one fact
            return dict(zip(ItemFacts._fields, zip(*(self.all_facts() or ()), strict=True), strict=False))
        count = len(self.numbers)
        common = {name: value for name, value in self.facts._asdict().items() if value is not None}
        found: dict[str, Sequence[Any]] = {name: (value,) * count for name, value in common.items()}
        for name, values in self.own_facts.items():
            other = common.get(name)
            found[name] = values if other is None else [other if value is None else value for value in values]
        return found

    def characteristics_of(self, at: int) -> dict[str, str]:
        found = {label: text for label, texts in self.characteristics.items() if (text := texts[at])}
        return {**found, **self.further[at]} if self.further else found

    def facts_of(self, at: int) -> ItemFacts:
        facts = item_facts({name: values[at] for name, values in self.own_facts.items()}, self.facts)
        return with_breaks(facts, self.breaks[at]) if self.breaks else facts

    def items(self) -> Iterator[Item]:
        return map(self.item, range(len(self.numbers)))


Part = Item | RowError | Batch


@runtime_checkable
class InParts(Protocol):
    """A reading that gives many items at once where it can."""

    def parts(self) -> Iterator[Part]: ...


def parts_of(reading: Reading) -> Iterator[Part]:
    """The rows in their order, many at once where the reading can give them so. Each call starts again."""
    return reading.parts() if isinstance(reading, InParts) else iter(reading)


def one_by_one(parts: Iterable[Part]) -> Iterator[Item | RowError]:
    """The same rows without batches."""
    for part in parts:
        if isinstance(part, Batch):
            yield from part.items()
        else:
            yield part
