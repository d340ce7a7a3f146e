"""Whether a list is what it seems to be, asked before anything of it is compared: the wrong supplier, rows for titles.

The statements look at few rows and categories, so they take no time worth mentioning beside the reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext_noop

from catalog.models import SupplierItem
from ingestion.lists import sources
from ingestion.models import IngestionRun
from ingestion.pipeline.statements import Statements
from ingestion.pricegrid import Message
from ingestion.pricegrid.problems import register

SQL = Statements(Path(__file__).parent / "sql")
SPREAD_ROWS = 300  # rows, at most twice as many
SHOWN = 5  # names of categories
CROWD = 20  # so few new categories are nothing to ask about, unless the source's own limit says so

WRONG_SUPPLIER = register(
    "list.wrong_supplier",
    None,
    gettext_noop(
        "Wrong supplier? Of %(looked_at)s items looked at, %(own)s have a code of %(supplier)s, and %(others)s have "
        "code and name of items of %(other)s."
    ),
)
MANY_CATEGORIES = register(
    "list.many_categories",
    None,
    gettext_noop(
        "The list would make %(count)s new categories for %(items)s new items, such as %(names)s. Are these "
        "categories, or rows that were taken for titles?"
    ),
)


class Plausibility(NamedTuple):
    questions: tuple[Message, ...] = ()
    likely_supplier: int | None = None  # another one, whose list it may be


class NewCategories(NamedTuple):
    items: int  # that are new to the supplier
    total: int
    names: list[str]  # some of them


def plausibility_of(run: IngestionRun, rows: int) -> Plausibility:
    """Nothing of a list of which a person has said already that it may go in."""
    if run.quality_accepted or not rows:
        return Plausibility()
    other = _likely_supplier(run, rows)
    questions = [*([other.question] if other else []), *_category_questions(run)]
    return Plausibility(tuple(questions), other.pk if other else None)


class _Other(NamedTuple):
    pk: int
    question: Message


def _likely_supplier(run: IngestionRun, rows: int) -> _Other | None:
    """None where the list has enough codes of its supplier, or its supplier has had none yet: then nothing is known."""
    bars, supplier = settings.INGESTION_WRONG_SUPPLIER, run.supplier_id
    earlier = SupplierItem.objects.filter(supplier=supplier).values("pk")[: bars["rows"]].count()
    if rows < bars["rows"] or earlier < bars["rows"]:
        return None
    step = max(rows // SPREAD_ROWS, 1)
    looked_at, own = own_codes(supplier=supplier, step=step)
    if looked_at < bars["rows"] or own * 100 >= bars["own"] * looked_at:
        return None
    for pk, name, others in others_items(supplier=supplier, step=step):
        if others * 100 >= bars["others"] * looked_at:
            facts = {"looked_at": looked_at, "own": own, "supplier": run.supplier_name, "others": others, "other": name}
            return _Other(pk, WRONG_SUPPLIER.message(**facts))
    return None


def _category_questions(run: IngestionRun) -> Iterator[Message]:
    """A limit of the source is a limit; without one, also more categories than every other new item has."""
    own = sources.guards_of(run.source).max_new_categories
    limit = settings.INGESTION_MAX_NEW_CATEGORIES if own is None else own
    if unknown_categories() <= min(limit, CROWD):
        return
    found = new_categories(supplier=run.supplier_id)
    is_crowd = own is None and found.total > CROWD and found.total * 2 > found.items
    if found.total > limit or is_crowd:
        names = ", ".join(f"“{name}”" for name in found.names)
        yield MANY_CATEGORIES.message(count=found.total, items=found.items, names=names)


def own_codes(*, supplier: int | None, step: int) -> tuple[int, int]:
    """How many rows were looked at, each so-manieth of the list, and how many have a code of the supplier."""
    looked_at, own = SQL.row("own_codes", {"supplier": supplier, "step": step, "most": 2 * SPREAD_ROWS})
    return looked_at, own


def others_items(*, supplier: int | None, step: int) -> list[tuple[int, str, int]]:
    """The other supplier that has most of these rows as items, with its name and how many; none where nobody has."""
    found = SQL.rows("others_items", {"supplier": supplier, "step": step, "most": 2 * SPREAD_ROWS})
    return [(pk, name, count) for pk, name, count in found]


def unknown_categories() -> int:
    return int(SQL.row("unknown_categories")[0])


def new_categories(*, supplier: int | None) -> NewCategories:
    return NewCategories(*SQL.row("new_categories", {"supplier": supplier, "shown": SHOWN}))
