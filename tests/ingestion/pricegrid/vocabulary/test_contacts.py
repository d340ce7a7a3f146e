from __future__ import annotations

import time

import pytest

from ingestion.pricegrid.vocabulary.contacts import is_contact, without_addresses


@pytest.mark.parametrize(
    "text",
    [
        "desk@bs-dealer.example",
        "39 (067) 481-11-30  (+Viber)",
        "+44 20 7946 0011 (WhatsApp)",
        "067-48-111-30",
        "Tel: 0212 555 12 34",
        "8 (800) 200-00-00",
        "www.price-usd.com",
        "eur-dealer.com.ua",
    ],
)
def test_addresses_and_telephone_numbers_are_contacts(text: str) -> None:
    assert is_contact(text)


@pytest.mark.parametrize(
    "text",
    ["Art.Nr.", "Цена, EUR", "10-49 pcs", "1 000 000 руб.", "4006381333931", "2026-11-29", "01.02.2026", "Preis (EUR)"],
)
def test_headers_amounts_and_dates_are_none(text: str) -> None:
    assert not is_contact(text)
    assert without_addresses(text) == text


def test_only_the_address_is_taken_away() -> None:
    assert without_addresses("Price in EUR, ask a@b-usd.example").split() == ["Price", "in", "EUR,", "ask"]


@pytest.mark.parametrize("text", ["a" * 50_000, "a." * 50_000, "+1" * 50_000, "a@" * 50_000, "www." * 20_000])
def test_long_texts_take_no_time(text: str) -> None:
    start = time.perf_counter()
    is_contact(text)
    without_addresses(text)
    assert time.perf_counter() - start < 2
