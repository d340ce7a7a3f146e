"""Products as XLSX and CSV, out and in. An import passes the same checks as the form, the life cycle included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets

from catalog import offers
from catalog.exports import as_written, without_formula
from catalog.linking.models import AbsorbedProduct
from catalog.models import Category, Product

COMPUTED = ("lowest_price", "is_available")  # exported for people, never imported
SMALLEST = Decimal("0.0001")


class CategoryPathWidget(widgets.Widget):
    """A category by its full name: `Tools > Drills`."""

    def __init__(self) -> None:
        super().__init__()
        self.path_of = Category.objects.paths()
        self.id_of = {path: pk for pk, path in self.path_of.items()}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Category | None:
        path = str(value or "").strip()
        if not path:
            return None
        if path not in self.id_of:
            raise ValueError(_("There is no category “%(path)s”: create it first, or write another.") % {"path": path})
        return Category(pk=self.id_of[path], name=path)

    def render(self, value: Category | None, obj: Any = None, **kwargs: Any) -> str:
        return self.path_of.get(value.pk, "") if value else ""


class MoneyWidget(widgets.DecimalWidget):
    """An amount with its four decimals, however the file writes it."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Decimal | None:
        try:
            amount: Decimal | None = super().clean(value, row, **kwargs)
            return amount if amount is None else amount.quantize(SMALLEST, ROUND_HALF_UP)
        except InvalidOperation:
            raise ValueError(_("“%(value)s” is no amount: write it like 12.50.") % {"value": value}) from None


class UnitPriceWidget(widgets.DecimalWidget):
    """With four decimals as any amount, unless the price of one has more."""

    def render(self, value: Decimal | None, obj: Any = None, **kwargs: Any) -> Any:
        if value is not None and value == round(value, 4):
            value = value.quantize(SMALLEST)
        return super().render(value, obj, **kwargs)


class StatusWidget(widgets.CharWidget):
    """Left empty, the status stays as it is."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str | None:
        return str(value or "").strip().lower() or None


def money(name: str) -> fields.Field:
    return fields.Field(attribute=name, column_name=name, widget=MoneyWidget())


def edits_since(moment: datetime, codes: Iterable[Any]) -> dict[str, str]:
    """Who edited which of these products since; nobody edits more of them until the transaction ends."""
    chosen = Product.objects.filter(internal_sku__in={str(as_written(code)) for code in codes})
    keys = list(chosen.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    edits = Product.history.filter(id__in=keys, history_date__gt=moment).order_by("history_date")
    return {each.internal_sku: str(each.history_user or "-") for each in edits.select_related("history_user")}


class ProductResource(resources.ModelResource):
    retail_price = money("retail_price")
    wholesale_price = money("wholesale_price")
    lowest_price = fields.Field(attribute="lowest_price", column_name="lowest_price", widget=UnitPriceWidget())
    status = fields.Field(attribute="status", column_name="status", widget=StatusWidget(), saves_null_values=False)

    class Meta:
        model = Product
        fields = (
            "internal_sku",
            "name",
            "category",
            "status",
            "retail_price",
            "wholesale_price",
            "currency",
            "lowest_price",
            "is_available",
        )
        export_order = fields
        import_id_fields = ("internal_sku",)
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        use_transactions = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.edits: dict[str, str] = {}  # codes of products that others edited while the import was looked at
        self.meant: dict[str, str] = {}  # internal SKUs of products that became one with another, and that one's
        self.rows: Counter[str] = Counter()  # by the product that they are of
        self.fields["category"] = fields.Field(
            attribute="category", column_name="category", widget=CategoryPathWidget(), default=None
        )

    def get_import_fields(self) -> list[Any]:
        return [field for field in super().get_import_fields() if field.attribute not in COMPUTED]

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        if not dataset.headers or "internal_sku" not in dataset.headers:
            raise ValidationError(_("The file has no column “internal_sku”: export products to see the columns."))

        codes = {str(as_written(code)) for code in dataset["internal_sku"]}
        self.meant = AbsorbedProduct.objects.in_force().meant_by(codes)
        self.rows = Counter(self.meant.get(code, code) for code in codes)
        if shown_at := kwargs.get("shown_at"):
            self.edits = edits_since(shown_at, self.rows)

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        for column, value in row.items():
            row[column] = as_written(value)
        row["internal_sku"] = self.meant_by(row["internal_sku"])
        if by := self.edits.get(row["internal_sku"]):
            facts = {"sku": row["internal_sku"], "by": by}
            raise ValidationError(_("%(sku)s was edited by %(by)s since this was shown: look at it again.") % facts)

    def meant_by(self, code: str) -> str:
        """The internal SKU of a product that became one with another means that one, of which there is one row."""
        meant = self.meant.get(code, code)
        if meant != code and self.rows[meant] > 1:
            facts = {"sku": code, "product": meant}
            raise ValidationError(_("%(sku)s is %(product)s by now, of which the file has another row.") % facts)
        return meant

    def validate_instance(
        self,
        instance: Product,
        import_validation_errors: Any = None,
        validate_unique: bool = True,  # noqa: FBT001, FBT002 - the library's signature
    ) -> None:
        """Without ten more statements a row for what fields and `clean` say already; the database judges at the end."""
        errors = dict(import_validation_errors or {})
        try:
            instance.full_clean(exclude=errors.keys(), validate_unique=False, validate_constraints=False)
        except ValidationError as refusal:
            errors = refusal.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """The lowest price is that of offers in the product's own currency, which the file may have changed."""
        offers.refresh(row.object_id for row in result.rows if row.import_type == row.IMPORT_TYPE_UPDATE)

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("category")

    def export_field(self, field: Any, instance: Any, **kwargs: Any) -> Any:
        return without_formula(super().export_field(field, instance, **kwargs))
