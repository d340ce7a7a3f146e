"""The screens of ingestion, one module each: they declare, they do not decide."""

from ingestion.admin import logs, people, price_lists, runs, sources, suppliers

__all__ = ["logs", "people", "price_lists", "runs", "sources", "suppliers"]
