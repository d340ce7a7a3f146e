"""Which sheets of a book are read: every list once, of several versions of one list the newest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingestion.pricegrid.cells.grid import Book
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.problems import lists as problems
from ingestion.pricegrid.records import ListRefused, Message
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.structure.group_rates import group_rates
from ingestion.pricegrid.structure.in_force import is_for_later
from ingestion.pricegrid.structure.plan import Plan, plan_sheet
from ingestion.pricegrid.structure.same_items import Relation, offers_of, own_items, relation
from ingestion.pricegrid.values.dates import Day, newest_date
from ingestion.pricegrid.vocabulary import vocabulary

_AMOUNTS = 0.8  # a column of so many numbers, of which some have decimals, may be one of prices
_DECIMALS = 0.05
_FEW = 0.05  # of the items of a version: they may only be spelt otherwise
_NUMBERED = re.compile(r"[^\W\d_]+[\s_]*\d*")
_MODES = ("full", "prices", "stock")
_UNANSWERABLE = (problems.NO_ITEMS.code, problems.WITHOUT_PRICES.code)

HIDDEN = gettext_noop("The sheet is hidden")
NOT_NAMED = gettext_noop("Another sheet was set for this source")
_NOT_A_LIST = gettext_noop("The sheet's name says that it is no price list")
_RATES = gettext_noop("The sheet holds the discounts of groups")
OTHER_MODE = gettext_noop("Another sheet holds names and prices")


def choose_sheets(book: Book, hints: Hints) -> list[Plan]:
    """A plan for every sheet, in the book's order; the chosen ones are marked. Refuses where none can be read."""
    _check_names(book, hints)
    hints = replace(hints, group_rates=group_rates(book.sheets))
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
    if not hints.sheet_name:
        _say_what_is_left_out(plans, chosen)
    if len(chosen) > 1:
        _name_categories(chosen)
        _ask_about_later(chosen, hints)
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
    if plan.sheet.name in plan.hints.group_rates.sheets and not plan.sheet.is_text:
        plan.understanding.reason = Message(_RATES)
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
    """One sheet of every group of sheets that are versions of one list.

    Where a sheet only repeats some items of another, at their prices, both are read: each item is taken once.
    """
    if len(plans) < 2:
        return plans
    offers = {id(plan): offers_of(plan) for plan in plans}
    chosen: list[Plan] = []
    for plan in sorted(plans, key=lambda plan: _preference(plan, hints), reverse=True):
        found = ((other, relation(plan, offers[id(plan)], other, offers[id(other)])) for other in chosen)
        better = next((other for other, kind in found if kind in (Relation.VERSION, Relation.WITHIN)), None)
        if better is None:
            chosen.append(plan)
        else:
            plan.understanding.reason = problems.SAME_ITEMS.message(sheet=better.sheet.name)
    return [plan for plan in plans if plan in chosen]


def _say_what_is_left_out(plans: Sequence[Plan], chosen: Sequence[Plan]) -> None:
    """A note where items stand only on a sheet that is not read; a question where it could be read just as well."""
    left_out = [plan for plan in plans if plan not in chosen and plan.sheet.state == "visible"]
    read = [offers_of(plan) for plan in chosen] if left_out else []
    first = chosen[0].understanding
    for plan in left_out:
        reason, name = plan.understanding.reason, plan.sheet.name
        if plan.sheet.name in plan.hints.group_rates.sheets:
            continue
        if plan.layout is None:
            doubts = [problems.ANOTHER_SHEET.message(sheet=name, reason=reason)] if _may_be_a_list(plan) else []
            first.doubts = [*first.doubts, *doubts]
            continue
        offers = offers_of(plan)
        own = own_items(offers, read)
        is_version = reason.code == problems.SAME_ITEMS.code and not any(_is_older(plan, other) for other in chosen)
        if is_version and own > _FEW * len(offers):
            first.doubts = [*first.doubts, problems.SHEET_WITH_OTHERS.message(sheet=name, count=own, reason=reason)]
        elif own:
            first.notes = [*first.notes, problems.SHEET_LEFT_OUT.message(sheet=name, count=own, reason=reason)]


def _may_be_a_list(plan: Plan) -> bool:
    """Whether a sheet that is not understood has a header, and amounts of money below it."""
    shapes = [guess.shape for guess in plan.understanding.columns if guess.shape]
    amounts = (shape["numeric"] >= _AMOUNTS and shape["fractions"] > _DECIMALS for shape in shapes)
    return bool(plan.understanding.header_rows) and any(amounts)


def _preference(plan: Plan, hints: Hints) -> tuple[bool, bool, bool, Day, bool]:
    """The supplier's currency, in force already, no name like "archive", the newest date, a name like "price list"."""
    layout = plan.layout
    local = bool(layout and hints.default_currency and layout.currency == hints.default_currency)
    preferred = bool(vocabulary().phrases("sheets.preferred").meanings(plan.sheet.name))
    later = is_for_later(plan.understanding.valid_from, hints)
    return local, not later, not _is_named_old(plan), _day_of(plan), preferred


def _is_older(plan: Plan, other: Plan) -> bool:
    """Whether a sheet says so itself: by its date, or by a name like "archive"."""
    day = _day_of(plan)
    if is_for_later(plan.understanding.valid_from, plan.hints):
        return False
    return _is_named_old(plan) or (any(day) and day < _day_of(other))


def _is_named_old(plan: Plan) -> bool:
    return bool(vocabulary().phrases("sheets.old").meanings(plan.sheet.name))


def _day_of(plan: Plan) -> Day:
    """The date in the sheet's name, else the newest one above the table."""
    named = newest_date([plan.sheet.name])
    if any(named):
        return named
    first = plan.layout.header.data_start if plan.layout else 0
    return newest_date(cell for row in plan.sample.rows if row.number < first for cell in row.cells)


def _ask_about_later(chosen: Sequence[Plan], hints: Hints) -> None:
    """One list is in force, or it is not yet: of prices of both kinds only a person can say which are to go in."""
    later = [plan.understanding for plan in chosen if is_for_later(plan.understanding.valid_from, hints)]
    if len(later) < len(chosen):
        for sheet in later:
            message = problems.SHEET_FOR_LATER.message(sheet=sheet.name or "", day=str(sheet.valid_from))
            sheet.doubts = [*sheet.doubts, message]


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
    refusal = ListRefused(reason, answerable=reason.code not in _UNANSWERABLE)
    refusal.sheets = [plan.understanding for plan in plans]
    return refusal
