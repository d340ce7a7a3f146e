"""Taking a run back, at any time: one transaction, on record as a run, which can itself be taken back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.linking.links import settle
from catalog.linking.with_run import link_again, take_back_of
from catalog.models import Category
from catalog.offers import refresh_touched
from ingestion.errors import ConfigurationError
from ingestion.models import IngestionRun
from ingestion.models.facts import RemovedCategory
from ingestion.pipeline.applying.changes import figures_of
from ingestion.pipeline.statements import Statements
from ingestion.runs import creation
from ingestion.runs.supplier_lock import work_on
from suppliers.models import PriceListSource
from suppliers.revision import raise_revision

RunKind = IngestionRun.Kind
SQL = Statements(Path(__file__).parent / "sql")
CONFLICTS_SHOWN = 200
NOBODY = -1  # an id that no item has


class Conflict(NamedTuple):
    """An item that is left alone, and why (a `Change.Cause`)."""

    item_id: int
    supplier_sku: str
    reason: str


class UndoPlan(NamedTuple):
    """What an undo would do: values set back, items removed and put back, items left alone (the first by name)."""

    restored: int
    removed: int
    put_back: int
    conflict_count: int
    conflicts: list[Conflict]


class Chain(NamedTuple):
    """The run at the beginning of undoings of undoings, and whether it is in force once this one is undone, too."""

    root: IngestionRun
    in_force: bool


def can_be_undone(run: IngestionRun) -> bool:
    """Whether it stored something (what ran before there were change-sets, or found nothing to do, did not)."""
    is_done = run.is_taken_in and not run.dry_run and run.has_change_set
    return is_done and run.undone_by_id is None and run.supplier_id is not None


def preview(run: IngestionRun) -> UndoPlan:
    """What `undo` would do now; nothing is written."""
    run = undone_with(run)
    chain = chain_of(run)
    with transaction.atomic():
        if is_to_go(chain):
            take_back_of(run_id=chain.root.pk, by=None, at=timezone.now())
        fill_undoing(run)
        restored, removed, put_back, conflicts = SQL.row("count_undoing")
        found = [Conflict(*row) for row in SQL.rows("obstacles", {"limit": CONFLICTS_SHOWN})]
        transaction.set_rollback(True)
    return UndoPlan(restored, removed, put_back, conflicts, found)


def undo(run: IngestionRun, *, by: User | None, comment: str = "", at: datetime | None = None) -> IngestionRun:
    """What the run did is as before; what a later run or a person changed since is left alone, as conflicts.

    Raises SupplierBusy while a run of the supplier is at work, ConfigurationError where there is nothing to undo.
    """
    assert run.supplier_id is not None
    started, at = time.monotonic(), at or timezone.now()
    with work_on(run.supplier_id), transaction.atomic():
        run.refresh_from_db()
        if not can_be_undone(run):
            raise ConfigurationError(_("Run #%d cannot be undone: it stored nothing, or is undone already.") % run.pk)
        undone = undone_with(run)
        undoing = creation.create_done(
            RunKind.UNDO, supplier=run.supplier, source=run.source, by=by, at=at, comment=comment, undoes=undone
        )
        removed = take_back(undone, undoing, at)
        summary = replace(figures_of(undoing), categories=removed)
        creation.sum_up(undoing, summary, seconds=time.monotonic() - started)
    run.refresh_from_db()
    return undoing


def take_back(run: IngestionRun, undoing: IngestionRun, at: datetime) -> tuple[RemovedCategory, ...]:
    """Says which categories are gone now."""
    chain = chain_of(run)
    params = {"undo": undoing.pk, "run": run.pk, "root": chain.root.pk, "in_force": chain.in_force, "at": at}
    if is_to_go(chain):
        take_back_of(run_id=chain.root.pk, by=undoing.started_by, at=at, undone_by_run_id=undoing.pk)
    fill_undoing(run)
    SQL.execute("insert_undo_changes", params)
    if chain.in_force:
        put_categories_back(run)
        SQL.execute("insert_removed_products")
        SQL.execute("insert_removed_items")
    SQL.execute("restore_history" if chain.in_force else "withdraw_history", params)
    SQL.execute("revert_items", params)
    SQL.execute("mark_undone", params)
    settle_questions(chain, params)
    SQL.execute("remove_items")
    settle([item for (item,) in SQL.rows("given_another_product")], run_id=undoing.pk, at=at)
    if chain.in_force and chain.root.kind == RunKind.INGESTION:
        link_again(undone_by_run_id=run.pk, by=undoing.started_by, at=at)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    removed = () if chain.in_force else tuple(removed_categories(chain.root))
    refresh_touched("SELECT product_id FROM undoing WHERE deed = 'revert' AND product_id IS NOT NULL")
    note_with_source(chain)
    mark_undone(chain, undoing)
    raise_revision(chain.root.supplier_id)
    return removed


def fill_undoing(run: IngestionRun) -> None:
    summary = run.summed_up()
    first, last = (summary and summary.new_span) or (NOBODY, NOBODY)
    params = {"run": run.pk, "supplier": run.supplier_id, "first_new": first, "last_new": last}
    if run.kind != RunKind.INGESTION:
        params |= {"first_new": NOBODY, "last_new": NOBODY}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'; SET LOCAL jit = off")
    SQL.execute("undoing", params)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE undoing")


def chain_of(run: IngestionRun) -> Chain:
    in_force = False
    while run.kind == RunKind.UNDO and run.undoes is not None:
        run, in_force = run.undoes, not in_force
    return Chain(run, in_force)


def undone_with(run: IngestionRun) -> IngestionRun:
    """What brought a run back is undone by undoing that run: also what the first undoing had to leave alone."""
    chain = chain_of(run)
    return run if chain.in_force else chain.root


def is_to_go(chain: Chain) -> bool:
    """Whether links that were made of the run's items without a person go with it."""
    return chain.root.kind == RunKind.INGESTION and not chain.in_force


def settle_questions(chain: Chain, params: dict[str, Any]) -> None:
    """What was held belongs to the list that said it."""
    if chain.root.kind == RunKind.DECISION:
        SQL.execute("reopen_accepted", params)
    elif chain.root.kind == RunKind.INGESTION:
        SQL.execute("open_holds" if chain.in_force else "close_holds", params)
    SQL.execute("keep_newest_holds", {"supplier": chain.root.supplier_id})


def removed_categories(root: IngestionRun) -> Iterator[RemovedCategory]:
    """Removes level by level, from the leaves up."""
    while removed := SQL.rows("remove_categories", {"root": root.pk}):
        yield from (RemovedCategory(*row) for row in removed)


def put_categories_back(run: IngestionRun) -> None:
    """Those that the undone undo had removed, from the root down."""
    root = chain_of(run).root
    summary = run.summed_up()
    removed = sorted(summary.categories, key=lambda category: category.pk) if summary else []
    known = set(Category.objects.filter(pk__in=[each.parent for each in removed]).values_list("pk", flat=True))
    for each in removed:
        if each.parent is None or each.parent in known:
            again = Category(
                pk=each.pk, parent_id=each.parent, name=each.name, needs_review=True, created_run_id=root.pk
            )
            Category.objects.bulk_create([again], ignore_conflicts=True)
            known |= set(Category.objects.filter(pk=each.pk).values_list("pk", flat=True))


def note_with_source(chain: Chain) -> None:
    """How many complete lists the source has had, and when the last one was."""
    root, summary = chain.root, chain.root.summed_up()
    if root.kind != RunKind.INGESTION or summary is None or not summary.is_complete or root.source_id is None:
        return
    stored = IngestionRun.objects.of_source(root.source_id).stored_lists()
    others = stored.complete().exclude(pk=root.pk)
    own = [root.started_at] if chain.in_force else []
    newest = max(filter(None, [*others.values_list("started_at", flat=True), *own]), default=None)
    step = 1 if chain.in_force else -1
    PriceListSource.objects.filter(pk=root.source_id).update(
        complete_lists=F("complete_lists") + step, last_ingested_at=newest
    )


def mark_undone(chain: Chain, undoing: IngestionRun) -> None:
    """Of all the undoing of a run only the newest can be taken back now, or the run itself where it is in force."""
    former, level = set[int](), {chain.root.pk}
    while level := set(IngestionRun.objects.filter(undoes__in=level).values_list("pk", flat=True)):
        former |= level
    IngestionRun.objects.filter(pk__in=former - {undoing.pk}, undone_by=None).update(undone_by=undoing)
    IngestionRun.objects.filter(pk=chain.root.pk).update(undone_by=None if chain.in_force else undoing)
