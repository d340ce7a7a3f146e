"""Reads of the catalog, named by meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import connection, models
from django.db.models import Case, F, Max, Min, Q, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Round

from suppliers.models import PriceListSource

if TYPE_CHECKING:
    from catalog.models import Category, PriceHistory, Product, SupplierItem  # noqa: F401

PATH_SEPARATOR = " > "
UNIT_PRICE = models.DecimalField(max_digits=20, decimal_places=8)

SUBTREE = """
WITH RECURSIVE subtree AS (
    SELECT id FROM catalog_category WHERE id = %s
    UNION
    SELECT child.id FROM catalog_category child JOIN subtree ON child.parent_id = subtree.id
)
SELECT id FROM subtree
"""

PATHS = """
WITH RECURSIVE paths AS (
    SELECT id, name::text AS path FROM catalog_category WHERE parent_id IS NULL
    UNION ALL
    SELECT child.id, paths.path || %s || child.name FROM catalog_category child JOIN paths ON child.parent_id = paths.id
)
SELECT id, path FROM paths
"""


# Arrays, because a join or a subquery makes the planner walk a whole table backwards in the hope of an early hit.
OF_SUPPLIER = """
catalog_pricehistory.supplier_item_id = ANY(ARRAY(SELECT id FROM catalog_supplieritem WHERE supplier_id = %s))
"""
OFFERED_BY = """
catalog_product.id = ANY(ARRAY(SELECT product_id FROM catalog_supplieritem WHERE supplier_id = %s))
"""


def subtree(category_id: int) -> list[int]:
    """The category itself and everything below it: read at once, for the planner knows how common given ones are."""
    with connection.cursor() as cursor:
        cursor.execute(SUBTREE, [category_id])
        return [row[0] for row in cursor.fetchall()]


class CategoryQuerySet(models.QuerySet["Category"]):
    def awaiting_review(self) -> Self:
        """Those that lists brought and nobody has looked at."""
        return self.filter(needs_review=True)

    def mark_reviewed(self) -> int:
        """How many were not yet."""
        return self.awaiting_review().update(needs_review=False)

    def paths(self) -> dict[int, str]:
        """The full name of every category, from the root down."""
        with connection.cursor() as cursor:
            cursor.execute(PATHS, [PATH_SEPARATOR])
            return dict(cursor.fetchall())


class ProductQuerySet(models.QuerySet["Product"]):
    def awaiting_review(self) -> Self:
        return self.filter(status="draft")

    def in_subtree(self, category_id: int) -> Self:
        """Products of a category or of any category below it."""
        return self.filter(category_id__in=subtree(category_id))

    def offered_by(self, supplier_id: int) -> Self:
        """Each product once, however many of the supplier's items belong to it."""
        return self.filter(RawSQL(OFFERED_BY, (supplier_id,), models.BooleanField()))  # noqa: S611

    def categorised(self) -> Self:
        return self.filter(category__isnull=False)

    def without_category(self) -> Self:
        return self.filter(category__isnull=True)


class SupplierItemQuerySet(models.QuerySet["SupplierItem"]):
    def listed(self) -> Self:
        """Items that the last complete list of their source had."""
        return self.filter(missing_since__isnull=True)

    def missing(self) -> Self:
        return self.filter(missing_since__isnull=False)

    def from_source(self, source_id: int) -> Self:
        """Items have an index by supplier, none by source: a source's items are all its supplier's."""
        supplier = PriceListSource.objects.filter(pk=source_id).values_list("supplier", flat=True).first()
        return self.filter(source=source_id, supplier=supplier)

    def discontinued(self) -> Self:
        """Missing from as many complete lists of their source as make them so."""
        lists_without = F("source__complete_lists") - F("missing_at_list") + 1
        return self.missing().filter(source__discontinued_after__lte=lists_without)

    def noted(self) -> Self:
        """Of which their list says something that must not be overlooked."""
        return self.filter(notes__isnull=False)

    def without_notes(self) -> Self:
        return self.filter(notes__isnull=True)

    def of_brand(self, beginning: str) -> Self:
        """Whatever its case."""
        return self.filter(brand__isnull=False, brand__istartswith=beginning.replace("\0", ""))

    def from_country(self, code: str) -> Self:
        """ISO 3166-1."""
        return self.filter(country=code.upper().replace("\0", ""))

    def on_side_of_tax(self, side: bool | None) -> Self:  # noqa: FBT001 - as the column is
        return self.filter(tax_included=side)

    def with_barcode(self) -> Self:
        return self.filter(barcode__isnull=False)

    def without_barcode(self) -> Self:
        return self.filter(barcode__isnull=True)

    def with_product(self) -> Self:
        return self.filter(product__isnull=False)

    def without_product(self) -> Self:
        return self.filter(product__isnull=True)

    def with_price_range(self) -> Self:
        """Adds the lowest and highest price of one in the item's current currency that it ever had."""
        same_currency = Q(price_history__currency=F("currency"))
        of_one = F("price_history__price") / F("price_history__per_quantity")
        return self.annotate(
            lowest_ever=Min(of_one, filter=same_currency, output_field=UNIT_PRICE),
            highest_ever=Max(of_one, filter=same_currency, output_field=UNIT_PRICE),
        )

    def with_net_unit_price(self) -> Self:
        """Adds what offers are compared by: the price of one, without tax where it is known to be in it."""
        gross = 1 + F("tax_rate") / 100
        net = Case(
            When(tax_included=True, tax_rate__gt=0, then=Round(F("unit_price") / gross, precision=8)),
            default=F("unit_price"),
            output_field=UNIT_PRICE,
        )
        return self.annotate(net_unit_price=net)


class PriceHistoryQuerySet(models.QuerySet["PriceHistory"]):
    def of_supplier(self, supplier_id: int) -> Self:
        return self.filter(RawSQL(OF_SUPPLIER, (supplier_id,), models.BooleanField()))  # noqa: S611
