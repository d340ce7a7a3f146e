"""First stage: the raw bytes are there, stored once per content, so that any run can be explained or repeated later."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from ingestion.errors import ConfigurationError
from ingestion.lists.storage import store, verify
from ingestion.models import FileState, IngestionRun, PriceList
from ingestion.parsers.registry import get_parser


def receive(run: IngestionRun, *, at: datetime) -> PriceList:
    """The price list of a run: uploaded before, or fetched now and kept with the run."""
    parser = get_parser(run.parser_type)
    parser.check(run.source_config)
    if run.price_list is None or (parser.is_remote and must_be_fetched_again(run, run.price_list)):
        if not parser.is_remote:
            raise ConfigurationError(_("The file of this run was deleted: upload the price list again."))
        fetched = parser.fetch(run.source_config)
        with fetched.content as content:
            run.price_list = store(
                content, fetched.file_name, supplier=run.supplier, source=run.source, by=run.started_by, at=at
            )
        run.save(update_fields=["price_list"])
    return run.price_list


def must_be_fetched_again(run: IngestionRun, price_list: PriceList) -> bool:
    """A snapshot that is damaged is taken anew, unless a person has seen it and counts on what it said."""
    return run.applies is None and not run.is_confirmed and verify(price_list) is not FileState.WHOLE


def is_known(run: IngestionRun, price_list: PriceList) -> bool:
    """Whether this content, read in the same way, is what the source's last run has taken in."""
    earlier = (
        IngestionRun.objects.of_supplier(run.supplier_id)
        .of_source(run.source_id)
        .stored()
        .filter(kind__in=(IngestionRun.Kind.INGESTION, IngestionRun.Kind.UNDO))
        .order_by("-id")
        .values("price_list__sha256", "parser_type", "source_config")
        .first()
    )
    now = {"price_list__sha256": price_list.sha256, "parser_type": run.parser_type, "source_config": run.source_config}
    return earlier is not None and dict(earlier) == now
