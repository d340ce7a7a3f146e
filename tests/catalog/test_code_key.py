"""The key that the database makes of a code is the one by which the reading library compares codes."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ingestion.pricegrid import code_key
from tests.factories import SupplierItemFactory

pytestmark = pytest.mark.django_db
OLDEST = unicodedata.ucd_3_2_0  # what the oldest Unicode knows has one form in every version
LETTERS = st.characters(max_codepoint=0x36F, exclude_characters="\0")


def keys_of(codes: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT catalog_code_key(c) FROM unnest(%s::text[]) WITH ORDINALITY t(c, at) ORDER BY at", [codes]
        )
        return [key for (key,) in cursor.fetchall()]


def test_every_character_has_the_same_key() -> None:
    known = (chr(code) for code in range(1, sys.maxunicode) if not 0xD800 <= code < 0xE000)
    codes = [f"A{char}1" for char in known if OLDEST.category(char) not in ("Cn", "Co")]
    assert len(codes) > 90_000
    assert [pair for pair in zip(codes, keys_of(codes), strict=True) if pair[1] != code_key(pair[0])][:10] == []


class Keys(TestCase):
    @settings(max_examples=50, deadline=None)
    @given(st.lists(st.text(LETTERS, max_size=300), min_size=1, max_size=20))
    def test_any_codes_have_the_same_keys(self, codes: list[str]) -> None:
        assert keys_of(codes) == list(map(code_key, codes))


def test_an_item_has_one_code_however_it_is_written() -> None:
    item = SupplierItemFactory(supplier_sku="КМ\u2011100")
    item.refresh_from_db()
    assert (item.supplier_sku, item.sku_key) == ("КМ\u2011100", "KM100")
    with pytest.raises(IntegrityError), transaction.atomic():
        SupplierItemFactory(supplier=item.supplier, supplier_sku="km 100")
    assert SupplierItemFactory(supplier=item.supplier, supplier_sku="km 0100").sku_key == "KM0100"
