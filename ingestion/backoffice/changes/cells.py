"""What a change looks like on every screen that shows some: old beside new, field by field."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import SupplierItem
from catalog.money import show_basis, show_money
from ingestion.backoffice.kit.item_facts import show_breaks, show_days, show_number, show_tax, show_weight
from ingestion.backoffice.kit.screens import link, moment
from ingestion.models import Change
from ingestion.texts import notes_from_json

KIND_COLOURS = {
    "new": "success",
    "price_up": "warning",
    "price_down": "info",
    "currency": "warning",
    "details": "default",
    "missing": "default",
    "returned": "success",
    "held": "danger",
    "failed": "danger",
    "removed": "default",
    "conflict": "warning",
}
STATE_COLOURS = {
    "planned": "info",
    "applied": "success",
    "undone": "default",
    "held": "warning",
    "accepted": "success",
    "rejected": "danger",
    "superseded": "default",
    "left_alone": "default",
}
AMOUNT_COLUMNS = ("current_price", "retail_price")
BASIS_COLUMNS = ("currency", "per_quantity")
MOMENTS = ("missing_since", "last_listed_at")
INNER = ("source_id", "product_id", "missing_at_list", "listed", "sku_is_derived", "created_run_id", "updated_at")
LABELLED = (Change.Kind, Change.State, Change.Cause)
_LONGEST = 80
SHORT = 30  # stays on one line
_BATCH = 2000


class _Difference(NamedTuple):
    """One field of an item before and after, as texts."""

    label: str
    before: str
    after: str


def _differences(change: Change, *, left_out: Container[str] = INNER) -> Iterator[_Difference]:
    """Prices first; of characteristics only those that differ. Of a row that failed: why."""
    if change.kind == Change.Kind.FAILED:
        yield _Difference("", "", str(change.new.get("message", "")))
        return
    old, new = flat(change.old), flat(change.new)
    for name in dict.fromkeys([*(each for each in AMOUNT_COLUMNS if each in old or each in new), *old, *new]):
        if name in left_out or old.get(name) == new.get(name):
            continue
        if name in BASIS_COLUMNS and "current_price" in {*old, *new}:
            continue  # the amounts carry them
        yield _Difference(
            label_of(name), shown_value(name, change.old, change.new), shown_value(name, change.new, change.old)
        )


def flat(values: Mapping[str, Any]) -> dict[str, Any]:
    """The amounts with their currency, so that one of them is never compared without it."""
    basis = (values.get("currency"), values.get("per_quantity"))
    amounts = {name: (values[name], *basis) for name in AMOUNT_COLUMNS if values.get(name) is not None}
    return {**values, **amounts}


def label_of(name: str) -> str:
    if name in {field.name for field in SupplierItem._meta.concrete_fields}:  # noqa: SLF001 - public in Django
        return str(SupplierItem._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001
    return name


def of_number(show: Callable[[Decimal | None], str]) -> Callable[[Any], str]:
    return lambda value: show(_amount(value))


SHOWN_AS: Mapping[str, Callable[[Any], str]] = {
    **dict.fromkeys(("pack_size", "minimum_order", "order_multiple", "tax_rate"), of_number(show_number)),
    "weight": of_number(show_weight),
    "lead_time": show_days,
    "tax_included": lambda value: str(_("yes") if value else _("no")),
    "price_breaks": lambda value: show_breaks(value, ""),
}


def shown_value(name: str, values: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    value = values.get(name)
    if value is None or value == "":
        return "-"
    currency = values.get("currency") or other.get("currency") or ""
    if name in AMOUNT_COLUMNS:
        return show_money(Decimal(str(value)), currency, values.get("per_quantity") or 1)
    if name in SHOWN_AS:
        return SHOWN_AS[name](value)
    if name in MOMENTS:
        return moment(parse_datetime(str(value)))
    if name == "availability":
        return str(SupplierItem.Availability(value).label)
    return shown_json(value, other.get(name)) if isinstance(value, dict | list) else str(value)


def shown_json(value: dict[str, Any] | list[Any], theirs: Any) -> str:
    """Characteristics that differ, or notes."""
    if isinstance(value, list):
        return " ".join(notes_from_json(value))
    return shown_pairs(value, theirs if isinstance(theirs, dict) else {})


def shown_pairs(values: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    pairs = [f"{key}: {value}" for key, value in sorted(values.items()) if other.get(key) != value]
    return ", ".join(pairs) or "-"


def side_by_side(change: Change) -> SafeString:
    """Old beside new, a line for each field."""
    if change.kind == Change.Kind.FAILED:
        return format_html("{}", change.new.get("message", ""))
    return format_html_join(
        "",
        '<div class="rev-difference{}"><span class="rev-field">{}</span> <span class="rev-old">{}</span>'
        ' <span aria-hidden="true">→</span> <strong class="rev-new">{}</strong></div>',
        ((shortness(each), each.label, _cut(each.before), _cut(each.after)) for each in _differences(change)),
    )


def with_notes(change: Change, stored: Any) -> SafeString:
    """Old beside new, and what else the list says of the item: “from” counts also where it said so before."""
    texts = [] if "notes" in change.new else notes_from_json(stored)
    return side_by_side(change) + format_html_join("", '<div class="rev-note">{}</div>', ((text,) for text in texts))


def shortness(difference: _Difference) -> str:
    return " is-short" if len(difference.before + difference.after) <= SHORT else ""


def cause_text(change: Change) -> str:
    """The likely cause, in the words of the values where they say it better: "now per 100, was per 1"."""
    says = {Change.Cause.BASIS: shown_basis_of, Change.Cause.TAX_SIDE: shown_tax_of}.get(Change.Cause(change.cause))
    if says:
        return _("now %(new)s, was %(old)s") % {"new": says(change.new), "old": says(change.old)}
    return str(change.get_cause_display()) if change.cause else ""


def shown_basis_of(values: Mapping[str, Any]) -> str:
    return show_basis(values.get("per_quantity") or 1)


def shown_tax_of(values: Mapping[str, Any]) -> str:
    rate = values.get("tax_rate")
    return show_tax(None if rate is None else Decimal(str(rate)), values.get("tax_included"))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def signed(value: Any) -> str:
    """A change in per cent with its sign."""
    return "" if value is None else f"{Decimal(str(value)):+,.1f} %"


def item_name(change: Change, items: Mapping[int, SupplierItem]) -> str:
    """As the catalog has it, else as the list says."""
    item = items.get(change.item_id or 0)
    return item.name if item else listed_name(change)


def listed_name(change: Change) -> str:
    return str(change.new.get("name") or change.old.get("name") or "")


EXPORTED_COLUMNS = (
    gettext_lazy("run"), gettext_lazy("kind"), gettext_lazy("state"), gettext_lazy("supplier SKU"),
    gettext_lazy("name"), gettext_lazy("old price"), gettext_lazy("new price"),
    gettext_lazy("currency"), gettext_lazy("change in per cent"),
    gettext_lazy("likely cause"), gettext_lazy("other fields"),
    gettext_lazy("sheet"), gettext_lazy("row"), gettext_lazy("decided by"), gettext_lazy("comment"),
    gettext_lazy("old price was for"), gettext_lazy("new price is for"),
)  # fmt: skip


def exported_lines(changes: QuerySet[Change]) -> Iterator[list[Any]]:
    """Changes as lines of a table to take away; amounts are numbers there. Each label is translated once."""
    kinds, states, causes = ({value: str(label) for value, label in each.choices} for each in LABELLED)
    for some in batched(changes.select_related("decided_by").iterator(chunk_size=_BATCH), _BATCH):
        items = items_of(some)
        for change in some:
            yield [
                change.run_id,
                kinds[change.kind],
                states[change.state],
                change.supplier_sku,
                item_name(change, items),
                _amount(change.old.get("current_price")),
                _amount(change.new.get("current_price")),
                change.new.get("currency") or change.old.get("currency") or "",
                change.percent,
                causes[change.cause] if change.cause else "",
                other_fields(change),
                change.sheet or "",
                change.row_number,
                str(change.decided_by or ""),
                change.comment,
                change.old.get("per_quantity"),
                change.new.get("per_quantity"),
            ]


def other_fields(change: Change) -> str:
    """What has no column of its own."""
    found = _differences(change, left_out=(*INNER, "current_price", *BASIS_COLUMNS))
    return "; ".join(f"{each.label}: {each.before} -> {each.after}" if each.label else each.after for each in found)


def _amount(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def batched(found: Iterable[Change], size: int) -> Iterator[list[Change]]:
    remaining = iter(found)
    while some := list(islice(remaining, size)):
        yield some


def items_of(changes: Iterable[Change]) -> dict[int, SupplierItem]:
    """The items that changes are about; one query for all of them."""
    numbers = {change.item_id for change in changes if change.item_id is not None}
    return SupplierItem.objects.in_bulk(numbers)


def item_link(change: Change) -> str:
    """The code, leading to its item where there is one."""
    if change.item_id is None or (change.state == Change.State.PLANNED and change.kind == Change.Kind.NEW):
        return change.supplier_sku
    return link(reverse("admin:catalog_supplieritem_change", args=[change.item_id]), change.supplier_sku)
