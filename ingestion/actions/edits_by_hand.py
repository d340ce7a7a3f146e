"""What staff change by hand, and how it stays: a list touches a value again only once the supplier has changed it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog import offers
from catalog.linking.links import settle
from catalog.models import PriceHistory, SupplierItem
from ingestion.models import Change, IngestionRun
from ingestion.models.facts import ChangeSummary
from ingestion.pipeline.columns import CODE, Type
from ingestion.pipeline.columns import LISTED as COLUMNS
from ingestion.runs import creation
from ingestion.runs.supplier_lock import work_on
from suppliers.revision import raise_revision

_LISTED = tuple(column.catalog for column in COLUMNS if column.change is not CODE)  # by its code an item is known
EDITABLE = (*_LISTED, "product_id")
_DECIMAL = (Type.AMOUNT, Type.WEIGHT, Type.RATE)
WITH_DECIMALS = tuple(column.catalog for column in COLUMNS if column.type in _DECIMAL)


class EditedField(NamedTuple):
    """Where hand and list differ."""

    column: str
    hand: Any
    listed: Any


def edited_fields(item: SupplierItem) -> list[EditedField]:
    listed = item.listed or {}
    return [EditedField(name, getattr(item, name), restored(name, listed[name])) for name in _LISTED if name in listed]


def follow_list(
    item: SupplierItem, columns: Iterable[str], *, by: User | None, at: datetime | None = None
) -> IngestionRun | None:
    """These values are the supplier's again."""
    listed = item.listed or {}
    return edit_item(item, {name: restored(name, listed[name]) for name in columns if name in listed}, by=by, at=at)


def edit_item(
    item: SupplierItem, values: Mapping[str, Any], *, by: User | None, at: datetime | None = None
) -> IngestionRun | None:
    """Sets columns (of EDITABLE) by hand. Returns the run that is the record of it; none where nothing changes.

    Raises ValidationError for values that an item cannot have, SupplierBusy while a list of the supplier goes in.
    """
    at = at or timezone.now()
    with work_on(item.supplier_id), transaction.atomic():
        item.refresh_from_db(from_queryset=SupplierItem.objects.select_for_update())
        before = {name: getattr(item, name) for name in (*EDITABLE, "listed")}
        changed = changed_columns(item, values)
        if not changed:
            return None
        item.listed = still_listed(item, before, changed)
        item._history_user = by  # type: ignore[attr-defined]  # noqa: SLF001 - how django-simple-history is told
        fields = {name.removesuffix("_id") for name in changed}
        item.save(update_fields=[*fields, "listed", "updated_at"])
        run = _record(item, before, [*changed, "listed"], by=by, at=at)
        if "product_id" in changed:
            settle([item.pk], run_id=run.pk, at=at)
        offers.refresh(product for product in {before["product_id"], item.product_id} if product is not None)
        raise_revision(item.supplier_id)
    return run


def changed_columns(item: SupplierItem, values: Mapping[str, Any]) -> list[str]:
    """Sets the values on the item, as the database will keep them."""
    unknown = set(values) - set(EDITABLE)
    if unknown:
        raise ValidationError(_("“%(name)s” cannot be changed by hand."), params={"name": unknown.pop()})
    before = {name: getattr(item, name) for name in values}
    for name, value in values.items():
        setattr(item, name, value)
    others = {field.name for field in item._meta.fields} - {name.removesuffix("_id") for name in values}  # noqa: SLF001
    item.clean_fields(exclude=others)
    return [name for name in values if getattr(item, name) != before[name]]


def still_listed(item: SupplierItem, before: Mapping[str, Any], changed: Iterable[str]) -> dict[str, Any] | None:
    """The list's last values of what is by hand now."""
    listed = dict(before["listed"] or {})
    for name in changed:
        if name in _LISTED:
            listed.setdefault(name, _plain(before[name]))
            if restored(name, listed[name]) == getattr(item, name):
                del listed[name]
    return listed or None


def _record(
    item: SupplierItem, before: Mapping[str, Any], columns: list[str], *, by: User | None, at: datetime
) -> IngestionRun:
    run = creation.create_done(IngestionRun.Kind.EDIT, supplier=item.supplier, source=item.source, by=by, at=at)
    kind, percent = bucket(item, before)
    Change.objects.create(
        run=run,
        kind=kind,
        state=Change.State.APPLIED,
        item_id=item.pk,
        supplier_sku=item.supplier_sku,
        old={name: _plain(before[name]) for name in columns},
        new={name: _plain(getattr(item, name)) for name in columns},
        percent=percent,
    )
    if any(getattr(item, name) != before[name] for name in ("current_price", "currency", "per_quantity")):
        PriceHistory.objects.create(
            supplier_item=item,
            price=item.current_price,
            currency=item.currency,
            per_quantity=item.per_quantity,
            recorded_at=at,
            run_id=run.pk,
        )
    creation.sum_up(run, ChangeSummary({str(kind): 1}), seconds=0)
    return run


def bucket(item: SupplierItem, before: Mapping[str, Any]) -> tuple[Change.Kind, Decimal | None]:
    old, new = before["current_price"] / before["per_quantity"], item.current_price / item.per_quantity
    if item.currency != before["currency"]:
        return Change.Kind.CURRENCY, None
    if new == old:
        return Change.Kind.DETAILS, None
    percent = round((new / old - 1) * 100, 2) if old else None
    return (Change.Kind.PRICE_UP if new > old else Change.Kind.PRICE_DOWN), percent


def _plain(value: Any) -> Any:
    """As JSON has it. Amounts of fourteen figures at most are exact as floats."""
    return float(value) if isinstance(value, Decimal) else json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def restored(name: str, value: Any) -> Any:
    return Decimal(str(value)) if name in WITH_DECIMALS and value is not None else value
