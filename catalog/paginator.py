"""Pages of large tables: not counted where an estimate serves, and joined only for the rows that are shown."""

from __future__ import annotations

import json
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

EXACT_BELOW = 20_000  # rows; nobody turns four hundred pages
FEW = 1_000  # rows; too few to believe it: a list that seems to fit on one page is shown whole
CHEAP_BELOW = 20_000  # the planner's units, some tens of milliseconds


class EstimatingPaginator(Paginator[Any]):
    """Counts where the planner expects few rows, or not many at little cost; else its estimate serves."""

    object_list: QuerySet[Any]

    @cached_property
    def count(self) -> int:
        rows = self.object_list.order_by().values("pk")
        explained = rows.explain(format="json")
        if not explained:  # no row can match: nothing was asked
            return 0
        plan = json.loads(explained)[0]["Plan"]
        estimate = int(plan["Plan Rows"])
        if estimate > (EXACT_BELOW if plan["Total Cost"] < CHEAP_BELOW else FEW):
            return estimate
        return rows[: EXACT_BELOW + 1].count()  # the planner may be wrong

    def _get_page(self, rows: QuerySet[Any], number: int, paginator: Paginator[Any]) -> Page[Any]:
        """First the keys of the rows, then the rows with all that is shown of them.

        In one query the planner may join, carry and sort every row that fits the filters, to show fifty of them.
        """
        keys = list(rows.values_list("pk", flat=True))
        return Page(self.object_list.filter(pk__in=keys), number, paginator)
