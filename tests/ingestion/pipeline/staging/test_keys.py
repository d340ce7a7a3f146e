"""Keys in the stage are those of the catalog, whoever makes them."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingestion.pipeline.staging.batch_lines import Keys
from ingestion.pipeline.staging.lines import Lines, blocks
from ingestion.pipeline.staging.stage import copy, create_stage, make_keys
from ingestion.pricegrid import LONGEST_CODE, Batch, Part, code_key, code_keys

LETTERS = st.characters(codec="utf-8", max_codepoint=0x36F)
NEW = "\U0001ccd6"  # looks like a letter to those who know Unicode 16


def batch_of(codes: list[str]) -> Batch:
    count = len(codes)
    names, paths = ["Pump"] * count, [()] * count
    return Batch(range(1, count + 1), codes, names, ["1"] * count, ["EUR"] * count, None, None, paths, {}, None, None)


def staged(*parts: Part) -> list[tuple[str, str, str]]:
    """Code, key, and the key that the catalog would have."""
    lines = Lines("full")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS stage")
        create_stage()
        with copy() as rows:
            for block in blocks(map(lines.of, parts)):
                rows.write(block)
        if lines.keys.left:
            make_keys()
        cursor.execute("SELECT supplier_sku, sku_key, catalog_code_key(supplier_sku) FROM stage ORDER BY line")
        return list(cursor.fetchall())


@pytest.mark.django_db
@given(codes=st.lists(st.text(LETTERS, min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_keys_are_those_of_the_catalog(codes):
    batch = batch_of(codes)
    found = staged(batch, *batch.items())
    assert [key for _, key, _ in found] == [key for _, _, key in found]


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["---", f"km-{NEW}", "KM\\1", "KM\x1f1", "ﷺ" * 100])
def test_also_of_odd_codes(code):
    batch = batch_of(["KM-1", code])
    found = staged(batch, *batch.items())
    assert [key for _, key, _ in found] == [key for _, _, key in found] == 2 * ["KM1", found[1][2]]


def test_what_is_beyond_doubt_is_not_left_to_the_database():
    keys = Keys()
    codes = ["SKU-001", "КМ 1", "Ｋ－００１", "コード-1"]
    assert keys.of_all(codes) == list(map(keys.of, codes)) == list(map(code_key, codes))
    assert not keys.left
    assert keys.of_all(["A-1", f"A-{NEW}", "-"]) == ["A1", "", ""]
    assert keys.left == 2


@given(st.lists(st.text(max_size=LONGEST_CODE), max_size=5) | st.just(["ﷺ" * 100, "A"]))
def test_keys_of_many_codes_are_those_of_each(codes):
    assert list(code_keys(codes)) == list(map(code_key, codes))
