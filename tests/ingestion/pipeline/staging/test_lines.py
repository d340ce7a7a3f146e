"""Lines for COPY bring back exactly what went in."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingestion.pipeline.staging.lines import Lines, blocks
from ingestion.pipeline.staging.stage import copy, create_stage
from ingestion.pricegrid import Item, Message, RowError, Stock

pytestmark = pytest.mark.django_db

awkward = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).filter(
    lambda text: bool(text.strip("\0").strip())
)
FIELDS = "row_number, sheet, supplier_sku, name, price, stock, availability, category, characteristics"


def staged(*rows: Item | RowError) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS stage")
        create_stage()
        with copy() as rows_in:
            for block in blocks(map(Lines("full").of, rows)):
                rows_in.write(block)
        cursor.execute(f"SELECT {FIELDS} FROM stage ORDER BY line")  # noqa: S608
        return list(cursor.fetchall())


def clean(text: str) -> str:
    return text.replace("\0", "")


@given(code=awkward, name=awkward, sheet=awkward, key=awkward, value=st.text(st.characters(codec="utf-8"), max_size=12))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_text_survives(code, name, sheet, key, value):
    item = Item(
        3, code, name, Decimal("1E+2"), "EUR", None, Stock(None, "on_order"), ("a", "b"), {key: value}, sheet=sheet
    )
    ((row_number, sheet_, code_, name_, price, stock, availability, category, characteristics),) = staged(item)
    assert (row_number, sheet_, code_, name_, price) == (3, clean(sheet), clean(code), clean(name), 100)
    assert (stock, availability, category) == (None, "on_order", "a\x1fb")
    assert json.loads(characteristics) == {clean(key): clean(value)}


def test_lone_surrogate_becomes_a_question_mark():
    assert staged(Item(1, "A\ud800", "B", Decimal(1), "EUR"))[0][2] == "A?"


def test_error_row():
    ((row_number, sheet, code, *_rest),) = staged(
        RowError(None, "ParserError", Message("tab\there"), {"A": "x\ny"}, "S")
    )
    assert (row_number, sheet, code) == (None, "S", None)


def test_values_of_the_wrong_type_are_a_row_error():
    good = Item(1, "A", "B", Decimal(1), "EUR")
    wrong: list[dict[str, Any]] = [{"price": "1"}, {"characteristics": {"Size": 4}}, {"supplier_sku": 4}]
    rows = [good._replace(**values) for values in wrong]
    with connection.cursor() as cursor:
        staged(*rows)
        cursor.execute("SELECT error_type, message FROM stage ORDER BY line")
        found = cursor.fetchall()
    assert {kind for kind, _ in found} == {"ValidationError"}
    assert all("wrong type" in message for _, message in found)


def test_error_of_an_unknown_kind_is_the_parser_s():
    lines = Lines("full")
    assert lines.of(RowError(0, "Oops", Message("bad"), {"A": "1"})).split("\t")[-4:] == [
        "ParserError",
        "bad",
        "bad",
        '{"A":"1"}',
    ]
    assert lines.samples == {"ParserError": "bad"}


@pytest.mark.parametrize("text", ["plain", 'tab\t "quoted" \\ and\nnew line', "nothing\0", "half \ud800"])
def test_notes_survive(text):
    note = Message("said: %(text)s", {"text": text})
    staged(Item(1, "A-1", "Nut", Decimal(1), "EUR", notes=(note,)), Item(2, "A-2", "Bolt", Decimal(1), "EUR"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT notes FROM stage ORDER BY line")
        first, second = cursor.fetchall()
    assert json.loads(first[0]) == [{"text": f"said: {clean(text)}".replace("\ud800", "?")}]
    assert second == (None,)
