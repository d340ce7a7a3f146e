"""Pages of large tables: not counted where an estimate serves, and joined only for the rows that are shown."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db import connections, transaction
from django.db.models import QuerySet
from django.utils.functional import cached_property

EXACT_BELOW = 20_000  # rows; nobody turns four hundred pages
FEW = 1_000  # rows; too few to believe it: a list that seems to fit on one page is shown whole
CHEAP_BELOW = 20_000  # the planner's units, some tens of milliseconds


class Expected(NamedTuple):
    """What the planner expects of a query."""

    rows: int
    cost: float
    sorts: bool = False  # all rows, before the first can be shown


def expected(rows: QuerySet[Any]) -> Expected:
    explained = rows.explain(format="json")
    if not explained:  # no row can match: nothing was asked
        return Expected(0, 0)
    plan = json.loads(explained)[0]["Plan"]
    return Expected(plan["Plan Rows"], plan["Total Cost"], '"Node Type": "Sort"' in explained)


class EstimatingPaginator(Paginator[Any]):
    """Reads all keys where the planner expects few, or not many at little cost; else its estimate serves.

    Keys come first, then the rows with all that is shown of them: in one query the planner may join, carry and sort
    every row that fits the filters, to show fifty of them. And where all keys are read, it cannot bet on finding fifty
    soon when it walks through a whole table in the order of the list, which it loses where few rows fit or none.
    """

    object_list: QuerySet[Any]

    @cached_property
    def estimate(self) -> int:
        """0 where the keys are read and counted."""
        found = expected(self.object_list.order_by().values("pk"))
        return found.rows if found.rows > (EXACT_BELOW if found.cost < CHEAP_BELOW else FEW) else 0

    @cached_property
    def keys(self) -> list[Any]:
        return list(self.ordered_keys[: EXACT_BELOW + 1])  # the planner may be wrong

    @property
    def ordered_keys(self) -> QuerySet[Any]:
        return self.object_list.values_list("pk", flat=True)

    @cached_property
    def count(self) -> int:
        return self.estimate or len(self.keys)

    def page(self, number: int | str) -> Page[Any]:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = self.stretch(first) if self.estimate else self.keys[first : first + self.per_page]
        return Page(self.object_list.filter(pk__in=keys), number, self)

    def stretch(self, first: int) -> list[Any]:
        """The second half is read from the end: the last page of a long list is as near as the first."""
        end = min(first + self.per_page, self.count)
        if first <= self.count // 2:
            return read(self.ordered_keys[first:end])
        return read(self.ordered_keys.reverse()[self.count - end : self.count - first])


def read(keys: QuerySet[Any]) -> list[Any]:
    """Those of a page. Where an index gives them in their order, workers only read far ahead of it, for nothing."""
    if expected(keys).sorts:
        return list(keys)
    with transaction.atomic(using=keys.db), connections[keys.db].cursor() as cursor:
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        return list(keys)
