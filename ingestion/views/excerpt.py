"""One row of a run's list among its neighbours, as the file shows it and as the run has opened it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from ingestion.errors import ConfigurationError
from ingestion.lists.opened import ToRead, checked
from ingestion.models import IngestionRun, PreparedView
from ingestion.parsers.registry import get_parser
from ingestion.pricegrid import Book, Hints
from ingestion.views import grid, prepared
from ingestion.views.kinds import Kind, Made, Watch, register
from ingestion.views.looks import as_asked

NEIGHBOURS = 8


def read_by(run: IngestionRun) -> ToRead:
    """The run's list as the run reads it. Raises ConfigurationError where it is gone, or has no cells."""
    if run.price_list is None:
        raise ConfigurationError(_("The list of this run is not known any more."))
    return checked(run.price_list, get_parser(run.parser_type), run.source_config)


def excerpt(book: Book, hints: Hints, sheet: str, row: int) -> dict[str, Any]:
    shown = next((each for each in book.sheets if each.name == sheet), book.sheets[0])
    found = grid.grid_of(shown, limit=2 * NEIGHBOURS + 1, first=max(1, row - NEIGHBOURS))
    return {"sheet": shown.name, "grid": grid.as_json(found)}


def make_row(view: PreparedView, watch: Watch) -> Made:
    if view.run is None:
        raise ConfigurationError(_("The list of this run is not known any more."))
    reading = as_asked(view, read_by(view.run))
    return Made(reading.read(partial(excerpt, sheet=view.params["sheet"], row=view.params["row"]), watch))


def ask_row(run: IngestionRun, sheet: str, row: int, *, by: User) -> PreparedView:
    """Raises IngestionError where there is nothing to look at, or too much is asked."""
    params = {"sheet": sheet, "row": row, "depends": read_by(run).depends}
    return prepared.ask(ROW.name, by=by, run=run, params=params)


ROW = register(Kind("row", make_row, ("ingestion.view_ingestionrun",)))
