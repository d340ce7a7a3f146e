"""Batches become the lines that their items would become one by one."""

from __future__ import annotations

import json
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.pipeline.columns import COPIED
from ingestion.pipeline.staging.lines import Lines
from ingestion.pricegrid import Batch, PriceBreak, Stock

COLUMNS = [column.name for column in COPIED]
JSON = COLUMNS.index("characteristics")
texts = st.sampled_from(
    ["A", "SKU-1", 'a "quoted" 5% \\ text', "tab\there", "line\nend", "\0", " ", "", "Ёлка", "x" * 501]
)
likely = st.one_of(st.sampled_from(["A1", "B2", "Śnieżka & Co"]), texts)
prices = st.sampled_from(["1", "12.50", "0.0001", "9999999999.9999", "0", "", "99999999999", "1E+2", "-1"])
stocks = st.none() | st.builds(
    Stock, st.none() | st.integers(-3, 2**31), st.sampled_from(["", "in_stock", "on_order", "perhaps"])
)
paths = st.sampled_from([(), ("a",), ("a", "b"), ("tab\t",)])


BREAKS = [
    (),
    (PriceBreak(Decimal(10), Decimal("1.20")),),
    (PriceBreak(Decimal(1), Decimal("1.50")), PriceBreak(Decimal(100), Decimal("1.1"))),
    (PriceBreak(Decimal(5), Decimal(-1)), PriceBreak(Decimal(6), Decimal(1))),
]


@st.composite
def batches(draw: st.DrawFn) -> Batch:
    count = draw(st.integers(1, 6))

    def some(values: st.SearchStrategy) -> list:
        return draw(st.lists(values, min_size=count, max_size=count))

    labels = draw(st.lists(st.sampled_from(["Colour", "50 % off", 'a "b"', "Größe"]), unique=True, max_size=3))
    first = draw(st.sampled_from([1, 7, 0]))
    return Batch(
        range(first, first + count),
        some(likely),
        some(likely),
        some(st.sampled_from(["1.50", "12"]) | prices.filter(bool)),
        some(st.sampled_from(["EUR", "RUB", "EUR", "euro", None])),
        draw(st.none() | st.just(some(st.sampled_from(["", "3.20"])))),
        draw(st.none() | st.just(some(stocks))),
        some(paths),
        {label: some(texts.filter(lambda text: len(text) < 50 and text != "\0")) for label in labels},
        draw(st.none() | st.just(some(st.sampled_from([{}, {"Weight": "5 kg"}, {"Colour": 'red "x"'}])))),
        draw(st.sampled_from([None, "Sheet 1", "tab\t"])),
        breaks=draw(st.none() | st.just(some(st.sampled_from(BREAKS)))),
    )


def read(line: str) -> list[object]:
    """A line's fields; JSON by its meaning, numbers by their worth."""
    fields: list[object] = list(line.split("\t"))
    assert len(fields) == len(COLUMNS)
    fields[JSON] = json.loads(line.split("\t")[JSON].replace("\\\\", "\\") or "null")
    price = fields[COLUMNS.index("price")]
    fields[COLUMNS.index("price")] = Decimal(str(price)) if price else None
    return fields


@given(batches())
@settings(max_examples=500)
def test_a_batch_gives_the_lines_of_its_items(batch):
    at_once, one_by_one = Lines("full"), Lines("full")
    lines = at_once.of(batch).split("\n")
    assert list(map(read, lines)) == [read(one_by_one.of(item)) for item in batch.items()]
    assert at_once.has == one_by_one.has
    assert (at_once.items, at_once.failed, at_once.errors) == (one_by_one.items, one_by_one.failed, one_by_one.errors)
    assert at_once.samples == one_by_one.samples


def test_a_row_number_beyond_all_is_an_error_of_its_row_alone():
    three = ["A", "B", "C"]
    batch = Batch([2, 10**11, 4], three, three, ["1"] * 3, ["EUR"] * 3, None, None, [()] * 3, {}, None, None)
    lines = Lines("full")
    assert len(lines.of(batch).split("\n")) == 3
    assert (lines.items, lines.errors.total()) == (2, 1)
