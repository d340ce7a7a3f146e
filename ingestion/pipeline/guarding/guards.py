"""Fifth stage: the guards look at what the list would change. What is suspicious waits, the rest goes in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from statistics import median as middle
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import SupplierItem
from ingestion.lists import sources
from ingestion.models import IngestionRun
from ingestion.pipeline.columns import PRICE_BREAKS
from ingestion.pipeline.comparing.compare import count_differences
from ingestion.pipeline.context import Context, Differences, Staged
from ingestion.pipeline.guarding.causes import name_causes
from ingestion.pipeline.statements import Statements
from ingestion.pricegrid import RowKind

SQL = Statements(Path(__file__).parent / "sql")
SHORTEST_LIST = 10  # rows; whether a shorter one lacks something, nobody can say
FEWEST_PRICES = 5  # a middle of fewer prices says nothing
TRUSTED_MEDIAN = (Decimal("0.5"), Decimal(2))  # a whole list that goes farther is itself suspicious
USUAL_RUNS = 5
ALIKE_NAMES = 0.3  # names that have fewer of their trigrams in common are those of different things
UNLIKE_PERCENT = 10  # a price that changed by more, beside the list as a whole, is that of another thing


class Rate(NamedTuple):
    """A currency that the list has changed into another, and how."""

    old: str
    new: str
    ratio: Decimal | None  # the middle of the ratios of the amounts
    items: int = 0


def ignored(context: Context, staged: Staged) -> int:
    """Failed rows of causes that nobody wants to see."""
    source = context.run.source_id
    return count_ignored(source=source) if staged.failed and source else 0


def guard(context: Context) -> Context:
    """Changes `delta`: held rows get another fate, items of a list that is too short are not missing."""
    guards, found = sources.guards_of(context.run.source), context.found
    context = replace(context, guarded=replace(context.guarded, is_complete=context.adopts))
    if guards.shock_percent is not None and context.staged.mode != "stock" and found.changed:
        context = hold_shocks(context, Decimal(guards.shock_percent))
    if found.changed and PRICE_BREAKS.name in context.staged.has:
        context = tell_retiered(context)
    if found.missing and guards.minimum_share is not None:
        context = spare_missing(context, guards.minimum_share)
    return context


def hold_shocks(context: Context, shock: Decimal) -> Context:
    matched = context.staged.successful - context.found.new
    median = median_of(matched)
    context = replace(context, guarded=replace(context.guarded, median=median))
    low, high = TRUSTED_MEDIAN
    is_trusted = low <= median <= high and matched >= FEWEST_PRICES
    usual = median if is_trusted else Decimal(1)
    has, others = context.staged.has, hold_other_items(median=usual)
    held = hold(shock=shock, median=usual, honest=list(honest_rates(matched, shock))) + others
    if PRICE_BREAKS.name in has:
        held += hold_breaks(shock=shock, median=usual, has=has)
    if not held:
        return context
    remember(has=has)
    name_causes(median)
    found = count_differences(has=has)
    return said(context, *texts_of_held(found, shock, others=count_other_items() if others else 0))


def texts_of_held(found: Differences, shock: Decimal, *, others: int) -> Iterator[str]:
    """What waits, and what a person has decided on before; nothing of prices that were accepted then."""
    if others:
        text = ngettext(
            "%(count)d code may mean another item now, name and price are unlike: it is held for review.",
            "%(count)d codes may mean other items now, names and prices are unlike: they are held for review.",
            others,
        )
        yield text % {"count": others}
    if waiting := found.held - found.rejected - others:
        text = ngettext(
            "%(count)d price is held for review: it changed by more than %(shock)s %%, or into another currency.",
            "%(count)d prices are held for review: they changed by more than %(shock)s %%, or into another currency.",
            waiting,
        )
        yield text % {"count": waiting, "shock": f"{shock.normalize():f}"}
    if found.rejected:
        text = ngettext(
            "%(count)d price stays as it is: a person has rejected the new one before.",
            "%(count)d prices stay as they are: a person has rejected the new ones before.",
            found.rejected,
        )
        yield text % {"count": found.rejected}


def tell_retiered(context: Context) -> Context:
    """Price breaks that appear, vanish or are for other quantities go in where no price moves too far, with a word."""
    appeared, vanished, others = count_retiered()
    texts = {
        ngettext("%(count)d item has price breaks now.", "%(count)d items have price breaks now.", appeared): appeared,
        ngettext(
            "%(count)d item has no price breaks any more.", "%(count)d items have no price breaks any more.", vanished
        ): vanished,
        ngettext(
            "%(count)d item has price breaks for other quantities than before.",
            "%(count)d items have price breaks for other quantities than before.",
            others,
        ): others,
    }
    told = [text % {"count": count} for text, count in texts.items() if count]
    return said(context, *told) if told else context


def said(context: Context, *texts: str) -> Context:
    """A guard has changed `delta`: why, and what is left."""
    guarded = replace(context.guarded, said=(*context.guarded.said, *texts))
    return replace(context, guarded=guarded, found=count_differences(has=context.staged.has))


def median_of(matched: int) -> Decimal:
    """Of all prices that were known before, the unchanged ones included."""
    changed = count_prices()
    if changed * 2 <= matched:
        return Decimal(1)
    return median(unchanged=matched - changed)


def honest_rates(matched: int, shock: Decimal) -> Iterator[Rate]:
    """Another currency for most of the list, at a rate: the same amounts in another currency are no such thing."""
    for rate in currencies():
        is_general = rate.items >= FEWEST_PRICES and rate.items * 2 > matched
        if is_general and rate.ratio and abs(rate.ratio - 1) * 100 > shock:
            yield rate


def spare_missing(context: Context, share: int) -> Context:
    """Where the list is much shorter than usual, or has other codes altogether, its silence says nothing.

    What is struck out stands there nevertheless: the list is none the shorter for it.
    """
    listed = SupplierItem.objects.from_source(context.run.source_id or 0).listed().count()
    length = context.staged.total + context.understanding.skipped.get(RowKind.WITHDRAWN, 0)
    usual = usual_length(context.run) or listed
    missing, new = context.found.missing, context.found.new
    is_short = usual >= SHORTEST_LIST and length * 100 < share * usual
    is_other = listed >= SHORTEST_LIST and (listed - missing) * 100 < share * listed and new * 2 > missing
    if is_short:
        text = _(
            "The list has %(rows)d rows, usually there are %(usual)d: %(missing)d items that it does not have were not "
            "marked missing."
        )
    elif is_other:
        text = _(
            "%(missing)d of %(listed)d items are not in the list, but %(new)d new ones are: has the supplier other "
            "codes now? No item was marked missing."
        )
    else:
        return context
    spare_all()
    context = replace(context, guarded=replace(context.guarded, is_complete=False))
    return said(context, text % {"rows": length, "usual": usual, "missing": missing, "listed": listed, "new": new})


def usual_length(run: IngestionRun) -> int:
    """The middle of the source's last complete lists."""
    stored = IngestionRun.objects.of_source(run.source_id).stored_lists()
    earlier = stored.of_full_lists().filter(total_rows__gt=0)
    return int(middle(list(earlier.order_by("-id").values_list("total_rows", flat=True)[:USUAL_RUNS]) or [0]))


# The statements: each function runs the file of its name in `sql/`.


def count_ignored(*, source: int) -> int:
    """Failed rows of causes that nobody wants to see."""
    return int(SQL.row("count_ignored", {"source": source})[0])


def count_prices() -> int:
    return int(SQL.row("count_prices")[0])


def count_retiered() -> tuple[int, int, int]:
    appeared, vanished, others = SQL.row("count_retiered")
    return appeared, vanished, others


def median(*, unchanged: int) -> Decimal:
    return Decimal(SQL.row("median", {"unchanged": unchanged})[0])


def currencies() -> list[Rate]:
    return [Rate(old, new, ratio, items) for old, new, items, ratio in SQL.rows("currencies")]


def hold_other_items(*, median: Decimal) -> int:
    """How many. `median` is the list's own change (1 is none)."""
    return SQL.execute("hold_other_items", {"alike": ALIKE_NAMES, "unlike": UNLIKE_PERCENT, "median": median})


def count_other_items() -> int:
    return int(SQL.row("count_other_items")[0])


def hold(*, shock: Decimal, median: Decimal | int, honest: Sequence[Rate]) -> int:
    """How many prices are held. `shock` is in per cent, `median` the list's own change (1 is none)."""
    params = {
        "shock": shock,
        "median": median,
        "old_currencies": [rate.old for rate in honest],
        "new_currencies": [rate.new for rate in honest],
        "rates": [rate.ratio for rate in honest],
    }
    return SQL.execute("hold", params)


def hold_breaks(*, shock: Decimal, median: Decimal, has: Collection[str]) -> int:
    """How many items, in whose price breaks the price for some quantity goes too far."""
    return SQL.execute("hold_breaks", {"shock": shock, "median": median}, has)


def remember(*, has: Collection[str]) -> None:
    SQL.execute("remember", has=has)


def spare_all() -> None:
    SQL.execute("spare_all")
