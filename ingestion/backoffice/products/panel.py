"""What the page of a product shows under its form of itself: its category, and how it moved through its life cycle."""

from __future__ import annotations

from django.utils.translation import gettext as _

from catalog.models import Category, Product
from ingestion.backoffice.kit.screens import Section, moment, section

_SHOWN = 50


def category_path(category: Category | None) -> str:
    """A category with the one above it, which is what a list has room for."""
    if category is None:
        return "-"
    return f"{category.parent.name} > {category.name}" if category.parent else category.name


def status_history(product: Product) -> Section:
    changes = product.status_changes.select_related("by")
    rows = (
        (moment(change.at), change.by or "-", change.get_from_status_display(), change.get_to_status_display())
        for change in changes[:_SHOWN]
    )
    return section(_("Status history"), [_("at"), _("by"), _("from"), _("to")], rows)
