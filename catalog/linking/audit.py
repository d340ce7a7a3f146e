"""How far links that were made without a person are to be trusted, by what people found when they looked at them.

Per supplier: of the pairs that keys, the gate or a score had linked, those that a person confirmed are right, those
that were taken back or decided to be different are wrong. Where even the upper end of the interval of their precision
lies below the bound, and not by one wrong link alone, the gate closes: nothing of the supplier is linked without a
person, until one opens it again. Then only what was looked at since counts.
"""

from __future__ import annotations

from datetime import datetime
from math import sqrt
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from catalog.linking.links import NOW
from catalog.linking.models import ClosedGate, ItemLink, PairDecision

BY_CHANCE = 1  # wrong link proves nothing
SURE_WITHIN = 1.96  # standard deviations: 95 %
AUDITED = tuple(str(each) for each in ItemLink.AUTOMATIC if each != ItemLink.Method.REMEMBERED)
LOOKED_AT = """
WITH opened AS (
    SELECT supplier_id, max(opened_at) AS at FROM catalog_closedgate WHERE opened_at IS NOT NULL GROUP BY supplier_id
), linked AS (
    SELECT l.supplier_id, l.sku_key, {linked} AS product_id,
        max(l.undone_at) FILTER (WHERE l.undone_by_run_id IS NULL AND NOT EXISTS (
            SELECT FROM catalog_itemlink again WHERE again.item_id = l.item_id AND again.product_id = l.product_id
                AND again.undone_at IS NULL AND again.replaced_by_id IS NULL
        )) AS undone_at
    FROM catalog_itemlink l
    WHERE l.method = ANY(%(methods)s) AND (%(supplier)s::bigint IS NULL OR l.supplier_id = %(supplier)s) AND (
        l.undone_at IS NOT NULL AND l.undone_by_run_id IS NULL OR EXISTS (
            SELECT FROM catalog_pairdecision c
            WHERE c.supplier_id = l.supplier_id AND c.sku_key = l.sku_key AND c.withdrawn_at IS NULL
        )
    )
    GROUP BY 1, 2, 3
), decided AS (
    SELECT DISTINCT ON (1, 2, 3) c.supplier_id, c.sku_key, {decided} AS product_id, c.verdict, c.at
    FROM catalog_pairdecision c
    WHERE c.withdrawn_at IS NULL AND (%(supplier)s::bigint IS NULL OR c.supplier_id = %(supplier)s)
    ORDER BY 1, 2, 3, c.at DESC, c.id DESC
)
SELECT l.supplier_id, count(*) FILTER (WHERE d.verdict = 'same') AS right,
    count(*) FILTER (WHERE d.verdict IS DISTINCT FROM 'same') AS wrong
FROM linked l LEFT JOIN decided d USING (supplier_id, sku_key, product_id) LEFT JOIN opened o USING (supplier_id)
WHERE coalesce(d.at, l.undone_at) > coalesce(o.at, '-infinity') AND d.verdict IS DISTINCT FROM 'unsure'
GROUP BY l.supplier_id
""".replace("{linked}", NOW.format(id="l.product_id")).replace("{decided}", NOW.format(id="c.product_id"))


class Interval(NamedTuple):
    lowest: float
    highest: float


def wilson(right: int, count: int) -> Interval:
    """In which a share lies that was seen `right` times of `count`, with 95 %.

    >>> [round(each, 3) for each in wilson(381, 381)], wilson(0, 0)
    ([0.99, 1.0], Interval(lowest=0.0, highest=1.0))
    """
    if not count:
        return Interval(0.0, 1.0)
    share, square = right / count, SURE_WITHIN * SURE_WITHIN
    middle = share + square / (2 * count)
    reach = SURE_WITHIN * sqrt(share * (1 - share) / count + square / (4 * count * count))
    whole = 1 + square / count
    return Interval(max((middle - reach) / whole, 0.0), min((middle + reach) / whole, 1.0))


class Audit(NamedTuple):
    """What people found of a supplier's automatic links."""

    right: int = 0
    wrong: int = 0

    @property
    def looked_at(self) -> int:
        return self.right + self.wrong

    @property
    def precision(self) -> float | None:
        return self.right / self.looked_at if self.looked_at else None

    @property
    def interval(self) -> Interval:
        return wilson(self.right, self.looked_at)


def audits(supplier_id: int | None = None) -> dict[int, Audit]:
    """By supplier; of those alone of whose links somebody has looked at some."""
    with connection.cursor() as cursor:
        cursor.execute(LOOKED_AT, {"methods": list(AUDITED), "supplier": supplier_id})
        return {pk: Audit(right, wrong) for pk, right, wrong in cursor.fetchall()}


def audit_of(supplier_id: int) -> Audit:
    return audits(supplier_id).get(supplier_id, Audit())


def closed_gate(supplier_id: int) -> ClosedGate | None:
    return ClosedGate.objects.in_force().filter(supplier=supplier_id).first()


def close_if_due(supplier_id: int, *, at: datetime | None = None) -> ClosedGate | None:
    """The closed gate of a supplier, closed now or before; none where its links are as right as they must be."""
    found = audit_of(supplier_id)
    if found.wrong <= BY_CHANCE or found.interval.highest >= settings.MATCHING_PRECISION:
        return closed_gate(supplier_id)
    facts = {"right": found.right, "wrong": found.wrong, "closed_at": at or timezone.now()}
    return ClosedGate.objects.in_force().get_or_create(supplier_id=supplier_id, defaults=facts)[0]


def open_gate(gate: ClosedGate, *, by: User | None, at: datetime | None = None) -> bool:
    """What people found before does not count any more. Says whether it was closed."""
    still = ClosedGate.objects.in_force().filter(pk=gate.pk)
    return bool(still.update(opened_at=at or timezone.now(), opened_by=by))


def proven_score(supplier_id: int) -> float | None:
    """The least score from which on reviews of the supplier's proposals have proven that it alone may link.

    None while that is switched off, or too few were decided, or too many of them were different.
    """
    if not settings.MATCHING_BY_SCORE:
        return None
    linked = ItemLink.objects.filter(
        supplier=supplier_id, method__in=AUDITED, sku_key=OuterRef("sku_key"), product=OuterRef("product")
    )
    decided = PairDecision.objects.in_force().filter(~Exists(linked), supplier=supplier_id, score__isnull=False)
    told = decided.exclude(verdict=PairDecision.Verdict.UNSURE).order_by("-score").values_list("score", "verdict")
    right, least = 0, None
    for count, (score, verdict) in enumerate(told, start=1):
        right += verdict == PairDecision.Verdict.SAME
        if count >= settings.MATCHING_BY_SCORE_DECISIONS and wilson(right, count).lowest >= settings.MATCHING_PRECISION:
            least = score
    return least
