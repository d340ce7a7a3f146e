"""How a source is read: its parser, its reading settings, what is known about its lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import chain, count
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ingestion.models import IngestionRun, PriceList
from ingestion.models.facts import Understanding
from ingestion.parsers.base import Parser
from ingestion.parsers.registry import get_parser, parser_for
from ingestion.pricegrid import HEAD_BYTES, Hints
from suppliers.models import PriceListSource, Supplier

GOOGLE_SHEETS = "google_sheets"


def upload_sources(supplier: Supplier) -> QuerySet[PriceListSource]:
    """Those that lists are uploaded for."""
    return supplier.sources.filter(kind=PriceListSource.Kind.UPLOAD, is_active=True)


@transaction.atomic
def upload_source(supplier: Supplier) -> PriceListSource:
    """The source of lists that come without one, from the command line say: the supplier's first upload source."""
    one_at_a_time(supplier)
    known = known_upload_source(supplier)
    return known or supplier.sources.create(kind=PriceListSource.Kind.UPLOAD, name=free_name(supplier, _("Price list")))


@transaction.atomic
def sheet_source(supplier: Supplier, address: str, tab: str = "") -> PriceListSource:
    """The source of a Google Sheet's address (and tab)."""
    one_at_a_time(supplier)
    known = known_sheet_source(supplier, address, tab)
    return known or supplier.sources.create(name=free_name(supplier, tab or "Google Sheet"), **sheet_at(address, tab))


def known_upload_source(supplier: Supplier) -> PriceListSource | None:
    return upload_sources(supplier).order_by("id").first()


def known_sheet_source(supplier: Supplier, address: str, tab: str = "") -> PriceListSource | None:
    return supplier.sources.filter(**sheet_at(address, tab)).order_by("id").first()


def sheet_at(address: str, tab: str) -> dict[str, Any]:
    return {"kind": PriceListSource.Kind.GOOGLE_SHEET, "sheet_url": address, "sheet_name": tab}


def one_at_a_time(supplier: Supplier) -> None:
    """Until the transaction ends, nobody else makes a source of this supplier."""
    Supplier.objects.select_for_update(no_key=True).get(pk=supplier.pk)


def free_name(supplier: Supplier, wanted: str) -> str:
    taken = {name.lower() for name in supplier.sources.values_list("name", flat=True)}
    names = chain([wanted], (f"{wanted} {number}" for number in count(2)))
    return next(name for name in names if name.lower() not in taken)


def parser_of(source: PriceListSource | None, price_list: PriceList | None) -> Parser:
    """Of a stored list, or of whatever the source has."""
    if price_list is None:
        return parser_of_file(source, "", bytes)
    return parser_of_file(source, price_list.original_name, lambda: head_of_list(price_list))


def parser_of_file(source: PriceListSource | None, file_name: str, head: Callable[[], bytes]) -> Parser:
    """The source's own parser; where it has none, the one that claims the file."""
    if source and source.parser_type:
        return get_parser(source.parser_type)
    if source and source.kind == PriceListSource.Kind.GOOGLE_SHEET:
        return get_parser(GOOGLE_SHEETS)
    return parser_for(file_name, head)


def head_of_list(price_list: PriceList) -> bytes:
    """Empty where the file is gone: the run that wants to read it says so."""
    try:
        with price_list.file.open("rb") as stored:
            head: bytes = stored.read(HEAD_BYTES)
    except FileNotFoundError:
        return b""
    return head


def config_of(source: PriceListSource | None) -> dict[str, Any]:
    """The reading settings that staff gave: the mapping profile, and over it what the source itself says.

    What is left out is found in the list.
    """
    if source is None:
        return {}
    profile = source.profile
    return with_source(source, profile.settings if profile else {})


def with_source(source: PriceListSource | None, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Mapping settings as the reading settings of a source, whose own words win."""
    if source is None:
        return dict(settings)
    given = {
        name: value for name, value in (("sheet_url", source.sheet_url), ("sheet_name", source.sheet_name)) if value
    }
    mapping = {**settings.get("column_mapping", {}), **source.config.get("column_mapping", {})}
    return {**settings, **given, **source.config, **({"column_mapping": mapping} if mapping else {})}


def hints_of(run: IngestionRun | PriceList) -> Hints:
    """A run is read for the day on which it was started, or on which its list takes force; a list for today."""
    if isinstance(run, PriceList):
        return known_of(run.supplier, run.source, file_name=run.original_name, today=timezone.localdate(), before=run)
    name = run.price_list.original_name if run.price_list else ""
    started = timezone.localdate(run.started_at or timezone.now())
    today = max(started, run.takes_force_on or started)
    return known_of(run.supplier, run.source, file_name=name, today=today, before=run.price_list)


def known_of(
    supplier: Supplier | None,
    source: PriceListSource | None,
    *,
    file_name: str,
    today: date,
    before: PriceList | None = None,
) -> Hints:
    """What is known besides the reading settings; a list's own words win over the supplier's currency."""
    of_source, of_supplier = (each.default_currency if each else "" for each in (source, supplier))
    return Hints(
        default_currency=of_source or of_supplier or None,
        default_decimal_sign=(source.decimal_sign if source else "") or None,
        zero_is_price=bool(source and source.zero_is_price),
        file_name=file_name,
        today=today,
        earlier_columns=earlier_columns(source, before),
    )


def earlier_columns(source: PriceListSource | None, before: PriceList | None) -> dict[str, str]:
    """As what the last stored list was read, by its headers; nothing where a person has said it in a profile."""
    if source is None or source.profile:
        return {}
    stored = IngestionRun.objects.of_source(source).stored_lists()
    if before is not None:
        stored = stored.filter(price_list__lt=before)
    kept = stored.order_by("-price_list_id").values_list("understanding", flat=True).first()
    return Understanding.from_json(kept).by_header() if kept else {}


def profile_in_force(source: PriceListSource | None) -> dict[str, Any]:
    profile = source.profile if source else None
    return dict(profile.settings) if profile else {}


def guards_of(source: PriceListSource | None) -> PriceListSource:
    """A list without a source has the guards that a new one would have."""
    return source or PriceListSource()
