"""The screens of ingestion, one module each: they declare, they do not decide."""

from ingestion.admin import changes, held, items, logs, people, price_lists, prices, products, runs, sources, suppliers

__all__ = [
    "changes",
    "held",
    "items",
    "logs",
    "people",
    "price_lists",
    "prices",
    "products",
    "runs",
    "sources",
    "suppliers",
]
