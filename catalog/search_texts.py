"""What items and products are found by: `catalog.search` writes and reads it."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ItemText(models.Model):
    """Of a supplier item: code, name, part number and barcode in capitals."""

    item = models.OneToOneField(
        "catalog.SupplierItem", on_delete=models.CASCADE, primary_key=True, db_constraint=False, related_name="+"
    )
    text = models.TextField()

    class Meta:
        verbose_name = _("search text of an item")
        verbose_name_plural = _("search texts of items")
        default_permissions = ()
        indexes = [GinIndex(OpClass("text", name="gin_trgm_ops"), name="item_text_trigrams")]

    def __str__(self) -> str:
        return self.text


class ProductText(models.Model):
    """Of a product: internal SKU and name in capitals."""

    product = models.OneToOneField(
        "catalog.Product", on_delete=models.CASCADE, primary_key=True, db_constraint=False, related_name="+"
    )
    text = models.TextField()

    class Meta:
        verbose_name = _("search text of a product")
        verbose_name_plural = _("search texts of products")
        default_permissions = ()
        indexes = [GinIndex(OpClass("text", name="gin_trgm_ops"), name="product_text_trigrams")]

    def __str__(self) -> str:
        return self.text


class SearchBacklog(models.Model):
    """A span of ids whose search texts are to be written: triggers note it, `catalog.search` works it off."""

    class Kind(models.TextChoices):
        ITEM = "item", _("supplier item")
        PRODUCT = "product", _("product")

    kind = models.CharField(max_length=10, choices=Kind)
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("search texts to write")
        verbose_name_plural = _("search texts to write")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(first_id__lte=models.F("last_id")), name="search_span_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_id}..{self.last_id}"
