"""Every move of a product through its life cycle, and who made it."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from catalog import search
from catalog.models import ProductStatusChange
from ingestion.backoffice.kit.filters import MomentFilter, PersonFilter
from ingestion.backoffice.kit.screens import ReadOnlyScreen, link
from ingestion.backoffice.kit.side_bar import SideBarPart, link_to_list

link_to_list(SideBarPart.CATALOG, 60, _("Promotions"), "verified", "catalog.productstatuschange")


@admin.register(ProductStatusChange)
class StatusChangeAdmin(ReadOnlyScreen):
    list_display = ["at", "product_link", "from_status", "to_status", "by"]
    list_display_links = None
    list_select_related = ["product", "by"]
    list_filter = [("by", PersonFilter), ("to_status", ChoicesDropdownFilter), ("at", MomentFilter)]
    search_fields = ["product__internal_sku", "product__name"]
    search = staticmethod(search.moves)

    @admin.display(description=_("product"))
    def product_link(self, change: ProductStatusChange) -> str:
        return link(reverse("admin:catalog_product_change", args=[change.product_id]), change.product)
