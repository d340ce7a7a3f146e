"""What is offered to us, and what we sell."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from catalog import search_texts  # noqa: F401 - Django looks for models here
from catalog.facts import FACT_CONSTRAINTS, ItemFactColumns
from catalog.linking import models as linking_models
from catalog.querysets import CategoryQuerySet, PriceHistoryQuerySet, ProductQuerySet, SupplierItemQuerySet
from suppliers.models import CURRENCY_PATTERN, PriceListSource, Supplier, currency_code


def money(verbose_name: Any, **options: Any) -> models.DecimalField[Any, Any]:
    """An amount of money: numeric(14, 4), never below zero."""
    return models.DecimalField(
        verbose_name, max_digits=14, decimal_places=4, validators=[MinValueValidator(0)], **options
    )


def per_quantity() -> models.PositiveIntegerField[Any, Any]:
    """The basis of a price: for how many it is."""
    return models.PositiveIntegerField(
        _("price is for"), default=1, db_default=1, validators=[MinValueValidator(1)], help_text=_("How many.")
    )


def unit_money(verbose_name: Any, **options: Any) -> models.DecimalField[Any, Any]:
    """The price of one: numeric(20, 8), for prices may be for a thousand."""
    return models.DecimalField(verbose_name, max_digits=20, decimal_places=8, **options)


class Category(models.Model):
    """One node of the tree of categories."""

    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    name = models.CharField(_("name"), max_length=255)
    needs_review = models.BooleanField(
        _("needs review"), default=False, help_text=_("Made from a supplier's list; nobody has looked at it yet.")
    )
    created_run_id = models.BigIntegerField(_("made by run"), null=True, blank=True, editable=False)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                name="category_name_unique",
                nulls_distinct=False,
                violation_error_message=_("There is a category with this name here already."),
            ),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="category_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class Product(models.Model):
    """The company's own item. Only `catalog.lifecycle` changes its status; the database refuses any other way."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ACTIVE = "active", _("Active")
        ARCHIVED = "archived", _("Archived")

    internal_sku = models.CharField(_("internal SKU"), max_length=64)
    name = models.CharField(_("name"), max_length=500)
    category = models.ForeignKey(
        Category,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="products",
        db_constraint=False,
        verbose_name=_("category"),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    retail_price = money(_("retail price"), null=True, blank=True)
    wholesale_price = money(_("wholesale price"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True, validators=[currency_code])
    lowest_price = unit_money(
        _("lowest supplier price"),
        null=True,
        blank=True,
        editable=False,
        help_text=_(
            "The lowest current price of one among the listed items of its suppliers, in the product's currency and "
            "without tax."
        ),
    )
    is_available = models.BooleanField(_("available"), default=False, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)
    history = HistoricalRecords(excluded_fields=["lowest_price", "is_available"])

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["internal_sku"],
                name="product_sku_unique",
                violation_error_message=_("There is a product with this internal SKU already."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "active", "archived"]), name="product_status_known"
            ),
            models.CheckConstraint(
                condition=Q(currency="") | Q(currency__regex=CURRENCY_PATTERN), name="product_currency_is_iso"
            ),
            models.CheckConstraint(
                condition=(Q(retail_price__isnull=True) | Q(retail_price__gte=0))
                & (Q(wholesale_price__isnull=True) | Q(wholesale_price__gte=0)),
                name="product_prices_not_negative",
            ),
        ]
        indexes = [models.Index(fields=["status", "-created_at", "-id"], name="product_by_status")]
        permissions = [
            ("promote_product", _("Can promote products to active")),
            ("archive_product", _("Can archive products")),
        ]

    def __str__(self) -> str:
        return f"{self.internal_sku} {self.name}"

    def clean(self) -> None:
        """Says in words what the database would refuse."""
        super().clean()
        known = Product.objects.filter(pk=self.pk).values_list("status", "internal_sku").first()
        stored, code = known or (self.Status.DRAFT, None)
        if self.internal_sku != code and (absorbed := linking_models.AbsorbedProduct.objects.of_sku(self.internal_sku)):
            message = _("%(sku)s became one with %(product)s: write another internal SKU, or undo the merge.")
            facts = {"sku": absorbed.internal_sku, "product": absorbed.product.internal_sku}
            raise ValidationError({"internal_sku": ValidationError(message, "absorbed", facts)})
        if self.status != stored:
            message = _("The status is %(stored)s and cannot be set to %(status)s: use Promote, Archive or Reactivate.")
            raise ValidationError(message, "lifecycle", {"stored": stored, "status": self.status})


class DraftProduct(Product):
    """The drafts that wait for a review: a screen of its own."""

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = _("draft product")
        verbose_name_plural = _("draft products")


class ProductStatusChange(models.Model):
    """The record of one move in a product's life cycle: who, when, from, to."""

    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="status_changes", verbose_name=_("product")
    )
    from_status = models.CharField(_("from"), max_length=10, choices=Product.Status)
    to_status = models.CharField(_("to"), max_length=10, choices=Product.Status)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("status change")
        verbose_name_plural = _("status changes")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["-at", "-id"], name="status_change_newest_first")]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.from_status} -> {self.to_status}"


class SupplierItem(ItemFactColumns):
    """One line of one supplier's list, known by supplier and key of its SKU, however it is written."""

    class Availability(models.TextChoices):
        UNKNOWN = "", _("not said")
        IN_STOCK = "in_stock", _("in stock")
        ON_ORDER = "on_order", _("on order")
        OUT_OF_STOCK = "out_of_stock", _("out of stock")

    supplier = models.ForeignKey(
        Supplier,
        on_delete=models.CASCADE,
        related_name="items",
        db_index=False,
        db_constraint=False,
        verbose_name=_("supplier"),
    )
    source = models.ForeignKey(
        PriceListSource,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="items",
        db_index=False,
        db_constraint=False,
        verbose_name=_("source"),
    )
    product = models.ForeignKey(
        Product,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name=_("product"),
    )
    supplier_sku = models.CharField(_("supplier SKU"), max_length=255)
    sku_key = models.GeneratedField(
        expression=models.Func(models.F("supplier_sku"), function="catalog_code_key"),
        output_field=models.CharField(max_length=255),
        db_persist=True,
    )
    sku_is_derived = models.BooleanField(
        _("derived SKU"), default=False, help_text=_("The list has no codes: this one was derived from the name.")
    )
    name = models.CharField(_("name"), max_length=500)
    current_price = money(_("current price"))
    currency = models.CharField(_("currency"), max_length=3, validators=[currency_code])
    per_quantity = per_quantity()
    unit_price = models.GeneratedField(
        # A division for each of a hundred thousand rows can be felt; nearly all are prices of one.
        expression=models.Case(
            models.When(per_quantity__gt=1, then=models.F("current_price") / models.F("per_quantity")),
            default=models.F("current_price"),
        ),
        output_field=unit_money(_("price of one")),
        db_persist=True,
    )
    retail_price = money(_("retail price"), null=True, blank=True)
    stock = models.IntegerField(
        _("stock"), null=True, blank=True, help_text=_("The quantity, or the least of it where the list says '>20'.")
    )
    availability = models.CharField(
        _("availability"), max_length=12, choices=Availability, default=Availability.UNKNOWN, blank=True
    )
    characteristics = models.JSONField(_("characteristics"), default=dict, blank=True)
    notes = models.JSONField(
        _("notes"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("What the list says beside the values, and what was repaired: codes and values, empty for most."),
    )
    missing_since = models.DateTimeField(
        _("missing since"), null=True, blank=True, help_text=_("Since when its source's list does not have it.")
    )
    last_listed_at = models.DateTimeField(
        _("last listed at"),
        null=True,
        blank=True,
        help_text=_("Of a missing item: the last complete list that had it. Empty while it is listed."),
    )
    missing_at_list = models.PositiveIntegerField(
        _("missing at list"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("The number of its source's complete list that did not have it first."),
    )
    listed = models.JSONField(
        _("as listed"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Of fields that a person changed by hand: the last value that a list gave."),
    )
    created_run_id = models.BigIntegerField(_("made by run"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    history = HistoricalRecords(excluded_fields=["sku_key", "unit_price"])
    objects = SupplierItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("supplier item")
        verbose_name_plural = _("supplier items")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["supplier", "sku_key"], name="supplier_item_sku_unique"),
            models.CheckConstraint(condition=Q(current_price__gte=0), name="supplier_item_price_not_negative"),
            models.CheckConstraint(
                condition=Q(retail_price__isnull=True) | Q(retail_price__gte=0),
                name="supplier_item_retail_not_negative",
            ),
            models.CheckConstraint(condition=Q(currency__regex=CURRENCY_PATTERN), name="supplier_item_currency_is_iso"),
            models.CheckConstraint(condition=Q(per_quantity__gte=1), name="supplier_item_price_is_for_some"),
            *FACT_CONSTRAINTS,
        ]
        indexes = [
            # For `@>` alone: half the size of one that finds keys too. New entries wait in its pending list, which the
            # reconciler merges in bulk: merging them while they come would cost a quarter of a first load.
            GinIndex(
                fields=["characteristics"],
                name="supplier_item_characteristics",
                opclasses=["jsonb_path_ops"],
                gin_pending_list_limit=2_000_000,
            ),
            models.Index(fields=["unit_price"], name="supplier_item_by_unit_price"),
            # A list without the fact adds nothing to these.
            models.Index(
                OpClass(Upper("brand"), name="text_pattern_ops"),
                name="supplier_item_by_brand",
                condition=Q(brand__isnull=False),
            ),
            models.Index(fields=["barcode"], name="supplier_item_by_barcode", condition=Q(barcode__isnull=False)),
            models.Index(fields=["country", "id"], name="supplier_item_by_country", condition=Q(country__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.supplier_sku} {self.name}"

    @property
    def last_ingested_at(self) -> datetime | None:
        """The source's last complete run, or for a missing item the last one that had it (read, not stored per row)."""
        if self.missing_since:
            return self.last_listed_at
        return self.source.last_ingested_at if self.source else None

    @property
    def is_discontinued(self) -> bool:
        """Missing from as many complete lists of its source as make it so."""
        if self.source is None or self.missing_since is None or self.missing_at_list is None:
            return False
        return self.source.complete_lists - self.missing_at_list + 1 >= self.source.discontinued_after


class PriceHistory(models.Model):
    """One price of one supplier item from one time on: the first price, and every change.

    It is the truth of what was once in force: what was withdrawn is marked, and outlives an item that an undone run had
    made (so the database does not hold it to the item; if that undo is undone, the item comes back with its number).
    """

    supplier_item = models.ForeignKey(
        SupplierItem,
        on_delete=models.CASCADE,
        related_name="price_history",
        db_index=False,
        db_constraint=False,
        verbose_name=_("supplier item"),
    )
    price = money(_("price"))
    currency = models.CharField(_("currency"), max_length=3, validators=[currency_code])
    per_quantity = per_quantity()
    recorded_at = models.DateTimeField(_("recorded at"))
    run_id = models.BigIntegerField(_("run"), null=True, blank=True, editable=False)
    sheet = models.CharField(_("sheet"), max_length=255, null=True, blank=True, editable=False)  # noqa: DJ001
    row_number = models.PositiveIntegerField(_("row"), null=True, blank=True, editable=False)
    withdrawn_by_run_id = models.BigIntegerField(_("withdrawn by run"), null=True, blank=True, editable=False)

    objects = PriceHistoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("price")
        verbose_name_plural = _("price history")
        ordering = ["-recorded_at", "-id"]
        indexes = [
            models.Index(fields=["supplier_item", "-recorded_at"], name="price_history_newest_first"),
            models.Index(fields=["recorded_at"], name="price_history_by_moment"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(price__gte=0), name="price_history_not_negative"),
            models.CheckConstraint(condition=Q(per_quantity__gte=1), name="price_history_is_for_some"),
        ]

    def __str__(self) -> str:
        return f"{self.price} {self.currency}"

    @property
    def unit_price(self) -> Decimal:
        """The price of one, by which prices are compared."""
        price: Decimal = self.price / self.per_quantity
        return price
