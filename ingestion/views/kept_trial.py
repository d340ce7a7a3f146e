"""A trial as JSON, and back: it is made in one process, kept, and shown by another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from ingestion.pricegrid import Item, ItemFacts, Message, PriceBreak, Stock
from ingestion.texts import text_of
from ingestion.views.grid import SHOWN_ROWS
from ingestion.views.seen import sheet_as_json, sheet_from
from ingestion.views.trial import Cause, Mark, Offer, Trial

_AMOUNTS = frozenset({"pack_size", "minimum_order", "order_multiple", "tax_rate", "weight"})
AS_THEY_ARE = ("refusal", "verdict", "questions", "skipped", "rows_read", "complete")


def trial_to_json(trial: Trial) -> dict[str, Any]:
    """Without the marks of rows that no screen shows."""
    return {
        **{name: getattr(trial, name) for name in AS_THEY_ARE},
        "sheets": [sheet_as_json(sheet) for sheet in trial.sheets],
        "samples": list(map(as_shown, trial.samples)),
        "causes": {code: asdict(cause) for code, cause in trial.causes.items()},
        "offers": [[*place, offer.code, amount(offer.price), offer.currency] for place, offer in trial.offers.items()],
        "marks": [[*place, *mark] for place, mark in trial.marks.items() if place[1] <= SHOWN_ROWS],
    }


def trial_from_json(kept: Mapping[str, Any]) -> Trial:
    return Trial(
        **{name: kept[name] for name in AS_THEY_ARE},
        sheets=[sheet_from(sheet) for sheet in kept["sheets"]],
        samples=[item(values) for values in kept["samples"]],
        causes={code: Cause(**cause) for code, cause in kept["causes"].items()},
        offers={
            (sheet, row): Offer(code, price(text), currency) for sheet, row, code, text, currency in kept["offers"]
        },
        marks={(sheet, row): Mark(kind, text) for sheet, row, kind, text in kept["marks"]},
    )


def as_shown(item: Item) -> list[Any]:
    """As JSON has it, without what no screen shows of a sample."""
    facts = item.facts._asdict()
    if item.facts.price_breaks:
        facts["price_breaks"] = [list(map(amount, each)) for each in item.facts.price_breaks]
    kept = item._replace(valid_from=None, valid_until=None)._asdict()
    kept |= {"notes": list(map(text_of, item.notes)), "facts": list(map(amount, facts.values()))}
    return list(map(amount, kept.values()))


def amount(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def price(text: Any) -> Decimal | None:
    return None if text is None else Decimal(text)


def item(values: list[Any]) -> Item:
    found = Item(*values)
    return found._replace(
        price=price(found.price),
        retail_price=price(found.retail_price),
        category_path=tuple(found.category_path),
        stock=Stock(*found.stock) if found.stock else None,
        notes=tuple(Message(str(text)) for text in found.notes),
        facts=item_facts_of(found.facts),
    )


def item_facts_of(values: Sequence[Any]) -> ItemFacts:
    kept = dict(zip(ItemFacts._fields, values, strict=True))
    found = {name: price(value) if name in _AMOUNTS else value for name, value in kept.items()}
    if kept["price_breaks"]:
        found["price_breaks"] = tuple(PriceBreak(*map(Decimal, each)) for each in kept["price_breaks"])
    return ItemFacts._make(found.values())
