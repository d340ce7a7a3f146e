"""First stage: the raw bytes are there, stored once per content, so that any run can be explained or repeated later."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from ingestion.errors import ConfigurationError
from ingestion.lists.storage import store, verify
from ingestion.models import FileState, IngestionRun, PriceList
from ingestion.models.facts import RunOutcome
from ingestion.parsers.registry import get_parser
from ingestion.pipeline.context import Context
from ingestion.pipeline.outcome import Overtaken, nothing_to_do
from ingestion.runs import life_cycle, order
from suppliers.models import Supplier


def receive(context: Context) -> Context | Overtaken | RunOutcome:
    """Ends the run where its list is older than one that is stored, or the one that was stored last."""
    run = context.run
    price_list = received_list(run, at=context.at)
    revision = look_again(run)
    newer = order.overtaken_by(run)
    if newer is not None:
        return Overtaken(newer)
    if not run.force and is_known(run, price_list):
        return nothing_to_do()
    return replace(context, revision=revision)


def look_again(run: IngestionRun) -> int:
    """Who waited for the supplier sees what others did. What a dry run found holds for its own catalog only.

    Says at which revision the supplier's items are.
    """
    if run.source:
        run.source.refresh_from_db()
    revision = Supplier.objects.values_list("revision", flat=True).get(pk=run.supplier_id or 0)
    if run.applies and run.applies.revision != revision:
        life_cycle.make_dry(run)
    return revision


def received_list(run: IngestionRun, *, at: datetime) -> PriceList:
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
