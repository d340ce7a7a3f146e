"""The screens of the catalog, one module each."""

from catalog.admin import categories, drafts, history, items, products

__all__ = ["categories", "drafts", "history", "items", "products"]
