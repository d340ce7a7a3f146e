"""What a column says of the quantity and of the part of the currency that its prices are in."""

from __future__ import annotations

import pytest

from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.structure.price_basis import basis_of
from tests.ingestion.pricegrid.grids import Rows, grid_of, reading_of


@pytest.mark.parametrize(
    "text",
    [
        "Price per 100",
        "Price per 1,000 pcs",
        "€/1000",
        '0.00 "EUR/100 St."',
        "Preis je 100 Stück",
        "Preis % Stk",
        "Prix HT le cent",
        "Prix au mille",
        "Precio el millar",
        "Preço por milheiro",
        "Prezzo al cento",
        "Prijs per honderd",
        "Cena za 100 szt",
        "Цена за 1000 шт",
        "Цена за сотню",
        "Price (pence)",
        "Price in cents",
        "Preis in Cent",
        "Prix en centimes",
        "Precio en centavos",
        "Цена, коп.",
        "Ціна, копійок",
        "Pris i öre",
        "Preis TEUR",
        "Preis in Tsd. EUR",
        "Цена, тыс. руб.",
        "Ціна, тис. грн",
        "Cena tys. zł",
        "Pris (tkr)",
        "Fiyat (bin TL)",
        "单价（万元）",
        "価格（千円）",
        "GBX",
        "GBp",
    ],
)
def test_said(text: str) -> None:
    assert basis_of([text])


@pytest.mark.parametrize(
    "text",
    [
        "Price",
        "Price EUR",
        "Preis pro 100 g",
        "Price / 100 ml",
        "Preis 01/2026",
        "Preise per 15.10.2026",
        "Price for 2026",
        "Net price 100%",
        "Цена за 1 шт",
        "Цена от 10 шт",
        "Cena za 1 szt",
        "Precio al cliente",
        "Prezzo al pezzo",
        "Center price",
        "GBP",
        "Preis ab 100 Stück",
        "Precio c/u",
        "Price/kg",
        "Prix unitaire",
    ],
)
def test_not_said(text: str) -> None:
    assert not basis_of([text])


def doubts(cells: Rows, **hints: object) -> list[str]:
    return [doubt.code for sheet in reading_of(grid_of(cells), **hints).sheets for doubt in sheet.doubts]


def table(header: list[str], *more: object) -> Rows:
    return [header, *([f"A-{place}", f"Washer {place}", 2.45 + place, *more] for place in range(4))]


def test_asked_about_unless_a_person_has_set_the_column() -> None:
    cells = table(["Code", "Name", "Price per 100"])
    assert doubts(cells) == [lists.PRICE_BASIS.code]
    assert not doubts(cells, column_mapping={"C": "price"})


def test_a_currency_column_of_pence() -> None:
    assert doubts(table(["Code", "Name", "Price", "Currency"], "GBp")) == [lists.PRICE_BASIS.code]
    assert not doubts(table(["Code", "Name", "Price", "Currency"], "GBP"))
