"""Products that go out: a few at once, many by a worker, row by row."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from catalog.models import Product
from catalog.resources import ProductResource
from ingestion.backoffice.kit.export import counted, request_of, workbook_of
from ingestion.errors import ConfigurationError
from ingestion.models import PreparedView
from ingestion.views.kinds import Made, ViewKind, Watch, register_kind

_BATCH = 2_000
ENCODING = "utf-8-sig"  # without its mark Excel takes UTF-8 for something else


def _make_export(view: PreparedView, watch: Watch) -> Made:
    """In a worker: the products as their person sees them now."""
    request, screen = request_of(view), admin.site.get_model_admin(Product)
    if not (request.user.is_active and request.user.is_staff and screen.has_export_permission(request)):  # type: ignore[attr-defined]
        raise ConfigurationError(_("You may not see this list any more."))
    try:
        found = screen.get_export_queryset(request)  # type: ignore[attr-defined]
    except PermissionDenied as error:
        raise ConfigurationError(_("You may not see this list any more.")) from error
    if view.params["items"]:
        found = found.filter(pk__in=view.params["items"])
    kind, resource = view.params["kind"], ProductResource()
    rows = counted(rows_of(resource, found, is_typed=kind == "xlsx"), found.count(), watch)
    headers = resource.get_export_headers()
    file = workbook_of("products", headers, rows) if kind == "xlsx" else csv_of(headers, rows)
    return Made(file=file, file_name=view.params["name"])


def rows_of(resource: ProductResource, found: QuerySet[Product], *, is_typed: bool) -> Iterator[list[Any]]:
    for product in found.select_related("category").iterator(chunk_size=_BATCH):
        yield resource.export_resource(product, force_native_type=is_typed)


def csv_of(headers: Iterable[str], rows: Iterable[Sequence[Any]]) -> IO[bytes]:
    """As an open file that is gone when it is closed."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever keeps it closes it
    text = io.TextIOWrapper(file, encoding=ENCODING, newline="")
    writer = csv.writer(text)
    writer.writerow(headers)
    writer.writerows(rows)
    text.flush()
    text.detach()
    return file


PRODUCTS_EXPORT = register_kind(
    ViewKind("product_export", _make_export, ("catalog.view_product",), seconds=1800, is_private=True)
)
