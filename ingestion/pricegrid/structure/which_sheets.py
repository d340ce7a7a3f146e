"""Which sheets of a book are read: every list once, of several versions of one list the newest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from ingestion.pricegrid.cells.grid import Book
from ingestion.pricegrid.cells.merges import grid_rows
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.problems import lists as problems
from ingestion.pricegrid.records import ListRefused, Message
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.structure.plan import Plan, body_keys, plan_sheet
from ingestion.pricegrid.values.dates import Day, newest_date
from ingestion.pricegrid.vocabulary import vocabulary

SAME_ITEMS = 0.5  # sheets that share so many of their items are versions of one list
COMPARED_ROWS = 5_000
_NUMBERED = re.compile(r"[^\W\d_]+[\s_]*\d*")
_MODES = ("full", "prices", "stock")

HIDDEN = gettext_noop("The sheet is hidden")
NOT_NAMED = gettext_noop("Another sheet was set for this source")
_NOT_A_LIST = gettext_noop("The sheet's name says that it is no price list")
OTHER_MODE = gettext_noop("Another sheet holds names and prices")
SAME_AS = gettext_noop(
    "It lists the same items as the sheet %(sheet)s, which is newer, in the supplier's currency or comes first"
)


def choose_sheets(book: Book, hints: Hints) -> list[Plan]:
    """A plan for every sheet, in the book's order; the chosen ones are marked. Refuses where none can be read."""
    _check_names(book, hints)
    is_text = len(book.sheets) == 1 and book.sheets[0].is_text
    plans = [plan_sheet(sheet, hints, is_text=is_text) for sheet in book.sheets]
    readable = [plan for plan in plans if not _set_aside(plan, hints) and plan.layout]
    if not readable:
        raise _refusal(plans)
    mode = min((_MODES.index(plan.layout.mode) for plan in readable if plan.layout), default=0)
    lists = _named_like_lists([plan for plan in readable if _is_mode(plan, _MODES[mode])], hints)
    chosen = lists if hints.sheet_name else _newest_of_each(lists, hints)
    for plan in chosen:
        plan.understanding.chosen = True
    if len(chosen) > 1:
        _name_categories(chosen)
    return plans


def _check_names(book: Book, hints: Hints) -> None:
    names = {sheet.name for sheet in book.sheets}
    for name in hints.sheet_name:
        if name not in names and not book.sheets[0].is_text:
            message = problems.NO_SUCH_SHEET.message(name=name, names=", ".join(sorted(names)))
            raise ListRefused(message, "ConfigurationError", answerable=True)


def _set_aside(plan: Plan, hints: Hints) -> bool:
    """Sheets that are not looked at, whatever they hold."""
    if hints.sheet_name and not plan.sheet.is_text:
        if plan.sheet.name in hints.sheet_name:
            return False
        plan.understanding.reason = Message(NOT_NAMED)
        return True
    if plan.sheet.state != "visible":
        plan.understanding.reason = Message(HIDDEN)
        return True
    return False


def _is_mode(plan: Plan, mode: str) -> bool:
    same = plan.layout is not None and plan.layout.mode == mode
    if not same:
        plan.understanding.reason = Message(OTHER_MODE)
    return same


def _named_like_lists(plans: list[Plan], hints: Hints) -> list[Plan]:
    """Without the sheets whose names say that they are no lists, unless that leaves nothing."""
    others = [plan for plan in plans if vocabulary().phrases("sheets.not_lists").meanings(plan.sheet.name)]
    if hints.sheet_name or len(others) == len(plans):
        return plans
    for plan in others:
        plan.understanding.reason = Message(_NOT_A_LIST)
    return [plan for plan in plans if plan not in others]


def _newest_of_each(plans: list[Plan], hints: Hints) -> list[Plan]:
    """One sheet of every group of sheets that list the same items."""
    keys = {
        id(plan): body_keys(plan, list(islice(grid_rows(plan.sheet), COMPARED_ROWS)))
        for plan in plans
        if len(plans) > 1
    }
    chosen: list[Plan] = []
    for plan in sorted(plans, key=lambda plan: _preference(plan, hints), reverse=True):
        better = next((other for other in chosen if _same_items(keys[id(plan)], keys[id(other)])), None)
        if better is None:
            chosen.append(plan)
        else:
            plan.understanding.reason = Message(SAME_AS, {"sheet": better.sheet.name})
    return [plan for plan in plans if plan in chosen]


def _same_items(keys: set[str], others: set[str]) -> bool:
    return len(keys & others) >= SAME_ITEMS * min(len(keys), len(others)) > 0


def _preference(plan: Plan, hints: Hints) -> tuple[bool, bool, Day, bool]:
    """The supplier's currency, no name like "archive", the newest date, a name like "price list"; else the first."""
    layout = plan.layout
    local = bool(layout and hints.default_currency and layout.currency == hints.default_currency)
    first = layout.header.data_start if layout else 0
    above = [cell for row in plan.sample.rows if row.number < first for cell in row.cells]
    day = newest_date([plan.sheet.name]) if any(newest_date([plan.sheet.name])) else newest_date(above)
    is_old = bool(vocabulary().phrases("sheets.old").meanings(plan.sheet.name))
    preferred = bool(vocabulary().phrases("sheets.preferred").meanings(plan.sheet.name))
    return local, not is_old, day, preferred


def _name_categories(plans: Sequence[Plan]) -> None:
    """Of several lists, each one's name is the category of its items, unless it is only "Sheet 2"."""
    for plan in plans:
        name = plan.sheet.name.strip()
        generic = vocabulary().phrases("sheets.generic").starts(name) and _NUMBERED.fullmatch(name)
        if not generic:
            plan.put_below(name)


def _refusal(plans: Sequence[Plan]) -> ListRefused:
    """The problem of the sheet that holds most, or that there is nothing."""
    visible = [plan for plan in plans if plan.sheet.state == "visible"] or list(plans)
    largest = max(visible, key=lambda plan: len(plan.sample.rows), default=None)
    if largest is None or not largest.sample.rows:
        return ListRefused(problems.NOTHING.message())
    reason = largest.understanding.reason
    refusal = ListRefused(reason, answerable=reason.code != problems.NO_ITEMS.code)
    refusal.sheets = [plan.understanding for plan in plans]
    return refusal
