"""The one answer to lists whose currency nothing says: kept with their supplier or source, and their runs go on."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from ingestion.errors import ConfigurationError
from ingestion.models import IngestionRun
from ingestion.runs import life_cycle, queue
from suppliers.models import PriceListSource, Supplier


class KeptWith(StrEnum):
    """Whose lists are in that currency, where they do not say one themselves."""

    SUPPLIER = "supplier"
    SOURCE = "source"


@transaction.atomic
def set_currency(run: IngestionRun, currency: str, *, kept_with: KeptWith, by: User) -> list[IngestionRun]:
    """The runs that go on: this one, and the others that wait for the same answer.

    Raises ConfigurationError where it was answered meanwhile, or cancelled.
    """
    holder = holder_of(run, kept_with)
    if holder.default_currency not in ("", currency):
        text = _("The default currency of “%(name)s” was set to %(currency)s meanwhile: look there first.")
        raise ConfigurationError(text % {"name": holder, "currency": holder.default_currency})
    holder.default_currency = currency
    holder.save(update_fields=["default_currency", "updated_at"])
    comment = _("%(person)s says that the prices are in %(currency)s.") % {"person": by, "currency": currency}
    go_on(run, comment)
    others = []
    for other in IngestionRun.objects.waiting_for(IngestionRun.WaitsFor.CURRENCY).filter(**{kept_with: holder}):
        with suppress(ConfigurationError):
            go_on(other, comment)
            others.append(other)
    return [run, *others]


def holder_of(run: IngestionRun, kept_with: KeptWith) -> Supplier | PriceListSource:
    """Locked until the transaction ends."""
    if kept_with is KeptWith.SOURCE and run.source_id:
        return PriceListSource.objects.select_for_update(of=("self",), no_key=True).get(pk=run.source_id)
    if kept_with is KeptWith.SUPPLIER and run.supplier_id:
        return Supplier.objects.select_for_update(no_key=True).get(pk=run.supplier_id)
    raise ConfigurationError(_("The supplier or the source of this run was deleted."))


def go_on(run: IngestionRun, comment: str) -> None:
    if run.waits_for != IngestionRun.WaitsFor.CURRENCY:
        raise ConfigurationError(_("Run #%d does not wait for a currency any more.") % run.pk)
    try:
        life_cycle.resume(run, comment=comment)
    except life_cycle.RunMoved as moved:
        raise ConfigurationError(_("Somebody else has answered this run meanwhile, or cancelled it.")) from moved
    run.parsing_logs.all().delete()  # the run writes what it finds again
    queue.enqueue(run, again=True)
