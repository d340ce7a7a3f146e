"""What people see of a stored list: its grid, what settings give on it, and what they change on the last lists."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ingestion.errors import ConfigurationError, IngestionError
from ingestion.lists import sources
from ingestion.lists.opened import OpenedList, open_with
from ingestion.models import PreparedView, PriceList
from ingestion.pricegrid import Book, Hints, ListRefused, understand
from ingestion.pricegrid.verdict import Examined
from ingestion.texts import text_of
from ingestion.views import grid, kept_trial, prepared
from ingestion.views.comparison import SettingsComparison, difference, last_lists
from ingestion.views.kinds import Made, ViewKind, Watch, register_kind
from ingestion.views.trial import Trial, try_list
from ingestion.views.understood import understood
from suppliers.models import PriceListSource

Settings = Mapping[str, Any]
OnWait = Callable[[], None] | None
SEES_LISTS = ("ingestion.view_pricelist",)
EXAMPLES = 2
CHANGED = gettext_lazy("The settings of the source were changed meanwhile: load the page again.")


def list_of(view: PreparedView) -> PriceList:
    if view.price_list is None:
        raise ConfigurationError(_("The list was deleted."))
    return view.price_list


def as_asked(view: PreparedView) -> OpenedList:
    """The view's list. Raises where settings changed since it was asked for."""
    opened = open_with(list_of(view), view.params["settings"])
    refuse_other(view, opened.depends)
    return opened


def refuse_other(view: PreparedView, depends: Any) -> None:
    """Where what a view follows from changed between question and answer, its key would promise another result."""
    if as_kept(depends) != view.params["depends"]:
        raise ConfigurationError(CHANGED)


def as_kept(depends: Any) -> Any:
    return json.loads(json.dumps(depends))


def ask_about(kind: str, price_list: PriceList, settings: Settings, *, by: User, **params: Any) -> PreparedView:
    """Raises IngestionError where the settings are wrong, or too much is asked."""
    depends = open_with(price_list, settings).depends
    asked = {**params, "settings": dict(settings), "depends": depends}
    return prepared.request_view(kind, by=by, price_list=price_list, params=asked)


# The grid


def first_look(book: Book, hints: Hints, sheet: str) -> dict[str, Any]:
    """The grid of the asked-for sheet, else of the first that is read."""
    names = [each.name for each in book.sheets]
    asked = sheet if sheet in names else first_read(book, hints)
    shown = next((each for each in book.sheets if each.name == asked), None)
    return {
        "sheets": names if any(names) else [],
        "sheet": asked,
        "grid": grid.grid_to_json(grid.grid_of(shown)) if shown else None,
    }


def first_read(book: Book, hints: Hints) -> str:
    """The name of the first sheet that is read; where none is, of the first that people can see."""
    try:
        chosen = [index for index, found in enumerate(understand(book, hints).sheets) if found.chosen]
    except ListRefused:
        chosen = [index for index, sheet in enumerate(book.sheets) if sheet.state == "visible"]
    return book.sheets[chosen[0]].name if chosen else ""


def make_grid(view: PreparedView, watch: Watch) -> Made:
    return Made(as_asked(view).read_apart(partial(first_look, sheet=view.params["sheet"]), watch))


def ask_grid(price_list: PriceList, settings: Settings, sheet: str, *, by: User) -> PreparedView:
    return ask_about(GRID.name, price_list, settings, by=by, sheet=sheet)


GRID = register_kind(ViewKind("grid", make_grid, SEES_LISTS))


# What settings give


def try_settings(price_list: PriceList, settings: Settings, on_wait: OnWait = None) -> Trial:
    """Never raises over the list itself: what refuses it is part of the answer."""
    try:
        return try_reading(open_with(price_list, settings), on_wait)
    except IngestionError as refusal:
        return Trial(refusal=text_of(refusal.message))


def try_reading(opened: OpenedList, on_wait: OnWait = None) -> Trial:
    try:
        return kept_trial.trial_from_json(opened.examine_apart(tried, on_wait))
    except (ListRefused, IngestionError) as refusal:
        return Trial(refusal=text_of(refusal.message))


def tried(examined: Examined) -> dict[str, Any]:
    return kept_trial.trial_to_json(try_list(examined))


def make_trial(view: PreparedView, watch: Watch) -> Made:
    return Made(kept_trial.trial_to_json(try_reading(as_asked(view), watch)))


def ask_trial(price_list: PriceList, settings: Settings, *, by: User) -> PreparedView:
    return ask_about(TRIAL.name, price_list, settings, by=by)


TRIAL = register_kind(ViewKind("trial", make_trial, SEES_LISTS))


# What a profile needs to know


def make_understood(view: PreparedView, watch: Watch) -> Made:
    as_asked(view)
    return Made(understood(list_of(view), view.params["settings"], watch)._asdict())


def ask_understood(price_list: PriceList, settings: Settings, *, by: User) -> PreparedView:
    return ask_about(UNDERSTOOD.name, price_list, settings, by=by)


UNDERSTOOD = register_kind(ViewKind("understood", make_understood, SEES_LISTS))


# The last lists of a source


class Tried(NamedTuple):
    price_list: PriceList
    difference: Mapping[str, Any]


def on_last_lists(lists: Iterable[PriceList], before: Settings, after: Settings, watch: OnWait = None) -> Any:
    """Each list under both settings, as much as a table shows of it."""
    for price_list in lists:
        both = try_settings(price_list, before, watch), try_settings(price_list, after, watch)
        yield {"price_list": price_list.pk, "difference": comparison_summary(difference(*both))}


def comparison_summary(found: SettingsComparison) -> dict[str, Any]:
    return {
        "before": trial_counts(found.before),
        "after": trial_counts(found.after),
        "prices": len(found.prices),
        "codes": len(found.codes),
        "price_examples": [
            [each.after.code, kept_trial.amount(each.before.price), kept_trial.amount(each.after.price)]
            for each in found.prices[:EXAMPLES]
        ],
        "code_examples": [[each.before.code, each.after.code] for each in found.codes[:EXAMPLES]],
        "is_worse": found.is_worse,
    }


def trial_counts(trial: Trial) -> dict[str, Any]:
    return {"items": trial.items, "errors": trial.errors, "refusal": trial.refusal}


def make_comparison(view: PreparedView, watch: Watch) -> Made:
    before, after = view.params["before"], view.params["settings"]
    found = PriceList.objects.select_related("source__supplier", "supplier").in_bulk(view.params["lists"])
    lists = [found[pk] for pk in view.params["lists"] if pk in found]
    refuse_other(view, depends_on(lists, before, after))
    tried = []
    for each in on_last_lists(lists, before, after, watch):
        tried.append(each)
        watch.progress = 100 * len(tried) / len(lists)
    return Made(tried)


def ask_comparison(price_list: PriceList, source: PriceListSource, settings: Settings, *, by: User) -> PreparedView:
    lists = last_lists(source)
    before = sources.profile_in_force(source)
    depends = depends_on(lists, before, settings)
    params = {"lists": [each.pk for each in lists], "before": before, "settings": dict(settings), "depends": depends}
    return prepared.request_view(COMPARISON.name, by=by, price_list=price_list, params=params)


def depends_on(lists: Iterable[PriceList], before: Settings, after: Settings) -> list[Any]:
    return [[read_with(each, before), read_with(each, after)] for each in lists]


def read_with(price_list: PriceList, settings: Settings) -> Any:
    try:
        return open_with(price_list, settings).depends
    except IngestionError as problem:
        return text_of(problem.message)


def tried_lists(view: PreparedView) -> list[Tried]:
    found = json.loads(view.result)
    lists = PriceList.objects.in_bulk([each["price_list"] for each in found])
    return [Tried(lists[each["price_list"]], each["difference"]) for each in found if each["price_list"] in lists]


COMPARISON = register_kind(ViewKind("last_lists", make_comparison, SEES_LISTS, seconds=180))
