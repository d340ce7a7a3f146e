"""What a header or a note says of tax."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingestion.pricegrid.values.tax import UNSAID, tax_of


@pytest.mark.parametrize(
    ("text", "included", "rate"),
    [
        ("Preis netto", False, None),
        ("Prix HT", False, None),
        ("Prix TTC", True, None),
        ("Ceny netto (VAT +23%)", False, "23"),
        ("Price incl. 20% VAT", True, "20"),
        ("Цена с НДС 20%", True, "20"),
        ("Цена без НДС", False, None),
        ("Alle Preise zzgl. 19% gesetzl. MwSt.", False, "19"),
        ("Cena brutto z VAT", True, None),
        ("税込", True, None),
        ("Preis inkl. 8,1% MwSt", True, "8.1"),
        ("ár + áfa", False, None),
        ("TVA 20 %", None, "20"),
    ],
)
def test_said(text: str, included: bool | None, rate: str | None) -> None:
    found = tax_of(text)
    assert (found.included, found.rate) == (included, rate and Decimal(rate))


@pytest.mark.parametrize("text", ["", "Price", "inkl. Versand", "Gross price", "Preis brutto", "Rabatt 20 %"])
def test_not_said(text: str) -> None:
    assert tax_of(text) == UNSAID
