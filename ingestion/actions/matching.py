"""Items are matched: by what was decided of them before, by exact keys, by likeness; nobody needs to be there.

What only looks alike is compared before the supplier is held, and what was found is stored in blocks while it is: a
list of the supplier waits for seconds at the most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max

from catalog.linking.audit import close_if_due
from catalog.linking.by_likeness import Proposed, match_by_likeness
from catalog.linking.keys import link_by_keys, suppliers_by_keys
from catalog.linking.learning import telling
from catalog.linking.models import ItemLink
from catalog.linking.remembered import link_remembered
from catalog.linking.scope import ItemScope
from ingestion.models import IngestionRun, MatchingTask
from ingestion.models.facts import MatchingCounts
from ingestion.runs.matching import ask_for_training
from ingestion.runs.supplier_lock import work_on

Step = Callable[[ItemScope], Mapping[str, int]]
PROPOSED, LEFT = "proposed", "left"


@contextmanager
def while_held(supplier_id: int, *, dry_run: bool = False) -> Iterator[None]:
    """One transaction, in which no list of the supplier goes in; waits for one that does right now."""
    with work_on(supplier_id, wait=True), transaction.atomic():
        yield
        transaction.set_rollback(dry_run)


def match_run(run: IngestionRun) -> MatchingCounts:
    """What a run brought, and what other suppliers have with the same keys."""
    if run.supplier_id is None or run.undone_by_id is not None:
        return MatchingCounts()
    scope = ItemScope(run.supplier_id, run.pk)
    is_closed = close_if_due(run.supplier_id) is not None
    for step in (by_memory, by_keys):
        with while_held(scope.supplier_id):
            step(scope)
    for other in sorted(suppliers_by_keys(scope)):
        with while_held(other):
            by_keys(ItemScope(other))
    found = match_by_likeness(scope, by=None, held=lambda: while_held(scope.supplier_id))
    return matching_counts(run, found, gate_closed=is_closed)


def matching_counts(run: IngestionRun, found: Proposed, *, gate_closed: bool) -> MatchingCounts:
    """Of all links of what the run brought: the matching of another run may have made some before."""
    links = ItemLink.objects.in_force().automatic().filter(run_id=run.pk).order_by()
    made = dict(links.values_list("method").annotate(Count("pk")))
    method = ItemLink.Method
    return MatchingCounts(
        remembered=made.get(method.REMEMBERED, 0),
        by_key=made.get(method.BARCODE, 0) + made.get(method.PART_NUMBER, 0),
        by_gate=made.get(method.GATE, 0),
        by_score=made.get(method.SCORE, 0),
        proposed=found.items,
        left=found.left,
        gate_closed=gate_closed,
    )


def by_memory(scope: ItemScope) -> Mapping[str, int]:
    return link_remembered(scope, by=None)


def by_keys(scope: ItemScope) -> Mapping[str, int]:
    return {} if close_if_due(scope.supplier_id) else link_by_keys(scope, by=None)


def by_likeness(scope: ItemScope) -> Mapping[str, int]:
    found = match_by_likeness(scope, by=None)
    return {**found.linked, PROPOSED: found.items, LEFT: found.left}


STEPS: tuple[Step, ...] = (by_memory, by_keys, by_likeness)  # what keys say of any comes before what looks alike


def ask_for_training_if_due(*, at: datetime) -> bool:
    """Whether so much was decided since the last training, however that ended, that a new one was asked for."""
    last = MatchingTask.objects.trainings().aggregate(at=Max("asked_at"))["at"]
    decided = telling().filter(at__gt=last) if last else telling()
    is_due = settings.MATCHING_TRAIN_AFTER and decided.count() >= settings.MATCHING_TRAIN_AFTER
    return bool(is_due and ask_for_training(at=at))
