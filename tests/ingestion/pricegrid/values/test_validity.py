"""When prices are in force: what lists of many countries say above their tables, and what they do not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.values.validity import ALWAYS, Period, period_in, period_of

NEW_YEAR, END_OF_MARCH = date(2027, 1, 1), date(2027, 3, 31)


@pytest.mark.parametrize(
    "text",
    [
        "Prices effective January 1, 2027",
        "w.e.f. 01-Jan-2027",
        "Gültig ab 01.01.2027",
        "Preise ab Januar 2027",
        "Tarif applicable à partir du 1er janvier 2027",
        "Listino valido dal 1 gennaio 2027",
        "Precios vigentes desde el 1 de enero de 2027",
        "Preços válidos a partir de 01/01/2027",
        "Prijzen geldig vanaf 1 januari 2027",
        "Gyldig fra 1. januar 2027",
        "Giltig fr.o.m. 2027-01-01",
        "Hinnasto 1.1.2027 alkaen",
        "kehtib alates 01.01.2027",
        "Cennik obowiązuje od 1 stycznia 2027 r.",
        "Ceny platné od 1. 1. 2027",
        "Cijene vrijede od 1. siječnja 2027.",
        "Цены действительны с 1 января 2027 г.",
        "Ціни дійсні з 01.01.2027",
        "Цени валидни от 01.01.2027 г.",
        "Prețuri valabile de la 1 ianuarie 2027",
        "Árlista érvényes: 2027. január 1-től",
        "Ο τιμοκατάλογος ισχύει από 1 Ιανουαρίου 2027",
        "Fiyatlar 01.01.2027 tarihinden itibaren geçerlidir",
        "الأسعار سارية من 01/01/2027",
        "2027年1月1日から適用",
        "价格自2027年1月1日起生效",
        "2027년 1월 1일부터 적용",
        "ราคามีผลตั้งแต่วันที่ 1 มกราคม 2570",
        "Bảng giá áp dụng từ ngày 01/01/2027",
        "Harga berlaku mulai 1 Januari 2027",
    ],
)
def test_the_first_day(text):
    assert period_in(text) == Period(NEW_YEAR)


@pytest.mark.parametrize(
    "text",
    [
        "01.01. - 31.03.2027",
        "01.01.2027-31.03.2027",
        "Preisliste gültig vom 01.01.2027 bis 31.03.2027",
        "Valid from 1 January 2027 to 31 March 2027",
        "Цены действительны с 1 января 2027 г. по 31.03.2027",
        "Lista válida de 01/01/2027 a 31/03/2027",
        "سارية من 01/01/2027 حتى 31/03/2027",
        "Oferta ważna od 1.01.2027 do 31.03.2027",
    ],
)
def test_both_days(text):
    assert period_in(text) == Period(NEW_YEAR, END_OF_MARCH)


def test_the_last_day():
    assert period_in("valid until 31 March 2027") == Period(None, END_OF_MARCH)
    assert period_in("Preise gültig bis März 2027") == Period(None, END_OF_MARCH)


@pytest.mark.parametrize(
    "text",
    [
        "Phone 8 495 01 01 2027",
        "Bestellungen bis 15.12.2026 werden geliefert",
        "Registered 01.01.2027",
        "ISO 9001:2015",
        "1234 2027",
        "",
        "Drill 18 V 2.0 Ah",
    ],
)
def test_nothing(text):
    assert period_in(text) == ALWAYS


@pytest.mark.parametrize("text", ["Tarif au 01/01/2027", "Precios al 01/01/2027", "Listino al 1.1.2027"])
def test_the_day_of_a_list_is_not_its_last(text):
    assert period_in(text) == Period(NEW_YEAR, is_sure=False)


@pytest.mark.parametrize("text", ["Price list 2027", "Preisliste 01.01.2027", "price list 20270101"])
def test_a_date_of_which_nothing_is_said_is_not_sure(text):
    assert period_in(text) == Period(NEW_YEAR, is_sure=False)


def test_a_day_and_a_month_that_may_be_the_other_way_round_are_not_sure():
    assert not period_in("valid from 03/04/2027").is_sure
    assert period_in("valid from 03/25/2027") == Period(date(2027, 3, 25))
    assert period_in("gültig ab 03.04.2027") == Period(date(2027, 4, 3))


def test_what_is_sure_wins_over_what_is_not():
    texts: list[Cell] = ["Preisliste 2026", "gültig ab 01.01.2027", 5, None, "gültig bis 31.03.2027"]
    assert period_of(texts) == Period(NEW_YEAR, END_OF_MARCH)


NOTATIONS = {
    "de": ("gültig ab {0:%d.%m.%Y} bis {1:%d.%m.%Y}",),
    "en": ("valid from {0:%Y-%m-%d} until {1:%Y-%m-%d}",
           "valid from {0:%d %B %Y} to {1:%d %B %Y}", "{0:%d-%b-%Y} - {1:%d-%b-%Y}"),
    "ru": ("цены действуют с {0:%d.%m.%Y} по {1:%d.%m.%Y}", "с {0:%d.%m.%y} по {1:%d.%m.%y}"),
    "pl": ("ceny ważne od {0:%d.%m.%Y} do {1:%d.%m.%Y}",),
    "hu": ("érvényes: {0:%Y.%m.%d}-tól {1:%Y.%m.%d}-ig",),
    "ja": ("有効期間 {0:%Y年%m月%d日}から{1:%Y年%m月%d日}まで", "{0:%Y/%m/%d}～{1:%Y/%m/%d}"),
    "fi": ("voimassa {0:%d.%m.%Y} alkaen {1:%d.%m.%Y} saakka",),
}  # fmt: skip
days = st.dates(date(2020, 1, 1), date(2039, 1, 1))


@given(st.sampled_from([one for some in NOTATIONS.values() for one in some]), days, st.integers(1, 800))
def test_what_is_written_is_read_back(notation, start, length):
    end = start + timedelta(length)
    assert period_in(notation.format(start, end)) == Period(start, end)


def test_years_are_those_of_a_company_or_a_season_unless_words_say_that_prices_are_in_force_for_them():
    assert period_in("Company Ltd, 1995 - 2025") == Period(date(1995, 1, 1), is_sure=False)
    assert period_in("Price list 2024-2025") == Period(date(2024, 1, 1), date(2025, 12, 31), is_sure=False)
    assert period_of(["Catalogue 2025-2026", "Prices valid from 01.01.2027"]) == Period(NEW_YEAR)
    assert period_in("Catalogue 2025-2026, prices valid from 01.01.2027") == Period(NEW_YEAR)


def test_of_days_that_are_not_sure_the_last_is_asked_about():
    assert period_of(["Company 1995-2025", "Price list 2027"]) == Period(NEW_YEAR, is_sure=False)
