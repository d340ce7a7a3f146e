"""One row of a run's list among its neighbours, as the file shows it and as the run has opened it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from ingestion.errors import ConfigurationError
from ingestion.lists.opened import OpenedList, open_for_run
from ingestion.models import IngestionRun, PreparedView
from ingestion.pricegrid import Book, Hints
from ingestion.views import grid, prepared
from ingestion.views.kinds import Made, ViewKind, Watch, register_kind
from ingestion.views.looks import refuse_other

NEIGHBOURS = 8


def cells_of(run: IngestionRun) -> OpenedList:
    """The run's list as it was received, opened as the run opens it. Raises IngestionError where it has no cells."""
    return open_for_run(run).as_received().with_cells()


def _excerpt(book: Book, hints: Hints, sheet: str, row: int) -> dict[str, Any]:
    shown = next((each for each in book.sheets if each.name == sheet), book.sheets[0])
    found = grid.grid_of(shown, limit=2 * NEIGHBOURS + 1, first=max(1, row - NEIGHBOURS))
    return {"sheet": shown.name, "grid": grid.grid_to_json(found)}


def make_row(view: PreparedView, watch: Watch) -> Made:
    if view.run is None:
        raise ConfigurationError(_("The list of this run is not known any more."))
    opened = cells_of(view.run)
    refuse_other(view, opened.depends_of_cells)
    return Made(opened.read_apart(partial(_excerpt, sheet=view.params["sheet"], row=view.params["row"]), watch))


def ask_row(run: IngestionRun, sheet: str, row: int, *, by: User) -> PreparedView:
    """Raises IngestionError where there is nothing to look at, or too much is asked."""
    params = {"sheet": sheet, "row": row, "depends": cells_of(run).depends_of_cells}
    return prepared.request_view(ROW.name, by=by, run=run, params=params)


ROW = register_kind(ViewKind("row", make_row, ("ingestion.view_ingestionrun",)))
