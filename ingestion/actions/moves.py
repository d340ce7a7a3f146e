"""A list that came in under the wrong supplier."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from ingestion.actions.uploads import receive_upload
from ingestion.errors import ConfigurationError
from ingestion.lists.storage import open_whole
from ingestion.models import IngestionRun
from ingestion.runs import life_cycle, queue
from suppliers.models import PriceListSource, Supplier


def likely_supplier(run: IngestionRun) -> Supplier | None:
    """Whose list the run's may be; None where it does not wait for that, or was not uploaded."""
    pk = run.understood().likely_supplier
    asks = run.status == IngestionRun.Status.WAITING and run.waits_for in (
        IngestionRun.WaitsFor.PLAUSIBILITY,
        IngestionRun.WaitsFor.QUALITY,
    )
    is_upload = run.price_list is not None and (run.source is None or run.source.kind == PriceListSource.Kind.UPLOAD)
    return Supplier.objects.filter(pk=pk, is_active=True).first() if asks and pk and is_upload else None


@transaction.atomic
def move_to_likely_supplier(run: IngestionRun, *, by: User) -> IngestionRun:
    """The same file as a list of that supplier, as a run of its own; this run ends, and has stored nothing.

    Raises ConfigurationError where the run was answered meanwhile.
    """
    supplier = likely_supplier(run)
    if supplier is None or run.price_list is None:
        raise ConfigurationError(_("Run #%d does not wait for another supplier any more.") % run.pk)
    try:
        queue.cancel(run, by=by)
    except life_cycle.RunMoved as moved:
        raise ConfigurationError(_("Somebody else has answered this run meanwhile, or cancelled it.")) from moved
    with open_whole(run.price_list) as whole:
        file = File(whole, run.price_list.original_name)
        moved_to = receive_upload(file=file, supplier=supplier, by=by, dry_run=run.dry_run, priority=run.priority)
    text = _("%(person)s moved the list to %(supplier)s: run #%(number)d.")
    said = text % {"person": by, "supplier": supplier, "number": moved_to.pk}
    IngestionRun.objects.filter(pk=run.pk).update(comment=said)
    return moved_to
