"""How many of a supplier's items are offers of products that are more than their own drafts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import Count

from catalog.linking.models import ItemLink
from catalog.models import SupplierItem


class LinkedShare(NamedTuple):
    """Of the listed items of a supplier."""

    items: int
    by_method: Mapping[str, int]

    @property
    def linked(self) -> int:
        return sum(self.by_method.values())


def linked_share(supplier_id: int) -> LinkedShare:
    listed = SupplierItem.objects.listed().filter(supplier=supplier_id)
    links = ItemLink.objects.in_force().filter(item__supplier=supplier_id, item__missing_since=None)
    linked = links.exclude(method=ItemLink.Method.SPLIT).order_by().values_list("method").annotate(Count("pk"))
    return LinkedShare(listed.count(), dict(linked))
