"""Parts and thousands of a currency in headers of many languages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingestion.pricegrid.values.price_basis import basis_or_measure_of
from ingestion.pricegrid.vocabulary import vocabulary

HUNDREDTHS = (
    "Rate (paise)", "Precio en centavos", "Preço (centavos)", "Prix en centimes", "Cena v haléřích", "Cena (halierov)",
    "Preț (bani)", "Ціна, коп.", "Fiyat (kuruş)", "Qiymət (qəpik)", "Pris i øre", "Pris öre", "Verð (aurar)",
    "Hind, senti", "Hinta (snt)", "Preis in Rappen", "Price, USc", "Price (halalas)", "Giá (xu)", "单价（分）",
    "Prezzo in centesimi", "Cena (groszy)", "Cena w gr", "Cena (santīmi)", "Ár (fillér)", "Cijena u centima",
)  # fmt: skip
THOUSANDS = (
    "Ár (eFt)", "Ár ezer Ft", "Preis (T€)", "Preis in Tsd. €", "Preis (TCHF)", "Price (k€)", "Price $000",
    "Price ($'000)", "Price (£000s)", "Price £k", "Preço (mil R$)", "Pris (tkr)", "Pris (tSEK)", "Pris (TDKK)",
    "Pris (1.000 kr.)", "Pris i 1000 kr", "Cena (tis. Kč)", "Preț (mii lei)", "Цена (хил. лв)", "Нархи (минг сўм)",
    "Narxi (ming so'm)", "Qiymət (min manat)", "Hinta (t€)", "Hind (tuh €)", "Τιμή (χιλ. €)", "السعر (ألف ريال)",
    "قیمت (هزار ریال)", "Giá (ngàn đ)", "Harga (rb)", "Cena (hilj. din)", "가격(천원)", "価格(千円)", "单价(千元)",
)  # fmt: skip


@pytest.mark.parametrize("header", HUNDREDTHS)
def test_hundredths(header: str) -> None:
    assert (basis_or_measure_of(header).scale, basis_or_measure_of(header).is_sure) == (Decimal("0.01"), True)


@pytest.mark.parametrize("header", THOUSANDS)
def test_thousands(header: str) -> None:
    assert (basis_or_measure_of(header).scale, basis_or_measure_of(header).is_sure) == (1000, True)


@pytest.mark.parametrize(
    ("header", "scale"),
    [
        ("قیمت (تومان)", 10),
        ("قیمت (هزار تومان)", 10_000),
        ("Price (toman)", 10),
        ("Giá (triệu)", 10**6),
        ("Ár (MFt)", 10**6),
    ],
)
def test_tomans_and_millions(header: str, scale: int) -> None:
    assert basis_or_measure_of(header).scale == scale


@pytest.mark.parametrize("header", ["Price (ct)", "Preis ct/St", "Price (fils)", "السعر بالفلس", "Prijs x1.000"])
def test_what_may_be_something_else_is_not_sure(header: str) -> None:
    assert not basis_or_measure_of(header).is_sure


@pytest.mark.parametrize(
    "text", ["Price/t €", "€/t", "Price (24ct)", "$1000", "EUR 1,000.00", "Price $10,000", "T-shirt €"]
)
def test_what_says_nothing_of_it(text: str) -> None:
    assert (basis_or_measure_of(text).scale, basis_or_measure_of(text).is_sure) == (1, True)


def test_every_topic_is_a_number_or_a_known_part() -> None:
    assert all(topic.isdecimal() for topic, _ in vocabulary().topics("price_basis"))
    assert "price_basis" not in vocabulary().words
    assert "price_scale" not in vocabulary().words
