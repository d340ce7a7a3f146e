"""What a run that has not started waits for, in words: no run stands still without a reason on its page."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from ingestion.models import IngestionRun
from ingestion.runs import order, queue
from ingestion.runs.supplier_lock import is_at_work, suppliers_at_work

_Status = IngestionRun.Status


def reason(run: IngestionRun, *, at: datetime | None = None) -> str:
    """Empty for a run that does not wait for a worker."""
    at = at or timezone.now()
    if run.status == _Status.RUNNING:
        is_held = is_at_work(run.supplier_id, suppliers_at_work())
        return "" if is_held else _("Its worker is gone: it is put back to the queue within seconds.")
    if run.status != _Status.QUEUED:
        return ""
    earlier = order.blocked_by(run)
    if earlier is not None:
        return _("Waits for run #%d of the same source: its list was received earlier.") % earlier.pk
    if run.due_at > at:
        seconds = max(round((run.due_at - at).total_seconds()), 1)
        return _("The next attempt begins in %(seconds)d s.") % {"seconds": seconds}
    at_work = IngestionRun.objects.of_supplier(run.supplier_id).running().first()
    if at_work is not None:
        return _("Waits for run #%d of the same supplier, which is at work.") % at_work.pk
    return without_worker()


def without_worker() -> str:
    state = queue.state()
    if state is None:
        return _("Waits for a worker. The queue's server does not answer: it starts a little later than usual.")
    if not state.workers:
        return _("Waits for a worker: none is alive. Start one (manage.py rqworker).")
    return _("Waits for a worker.")
