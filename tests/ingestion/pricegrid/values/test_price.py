from datetime import date
from decimal import Decimal

import pytest

from ingestion.pricegrid.cells.grid import CellError, Formula
from ingestion.pricegrid.values.price import PriceReader, decimal_sign_of_cells, parse_price


@pytest.mark.parametrize(
    ("raw", "amount", "currency"),
    [
        ("1480", "1480", None),
        ("1 480,50", "1480.50", None),
        ("1\u00a0480,50", "1480.50", None),
        ("1\u202f480,50", "1480.50", None),
        ("1.480,50", "1480.50", None),
        ("1,480.50", "1480.50", None),
        ("1'480.50", "1480.50", None),
        ("1’480.50", "1480.50", None),
        ("1,23,456.00", "123456.00", None),
        ("1.234.567", "1234567", None),
        (".50", "0.50", None),
        ("0,375", "0.375", None),
        ("$12.50", "12.50", "USD"),
        ("12,50 €", "12.50", "EUR"),
        ("12,50€", "12.50", "EUR"),
        ("12€50", "12.50", "EUR"),
        ("1 480,00р.", "1480.00", "RUB"),
        ("1 480 руб.", "1480", "RUB"),
        ("12.5 BYN", "12.5", "BYN"),
        ("25,00 грн", "25.00", "UAH"),
        ("₴ 25", "25", "UAH"),
        ("199,99 zł", "199.99", "PLN"),
        ("1 200 Kč", "1200", "CZK"),
        ("1 200,- Kč", "1200", "CZK"),
        ("4 990 Ft", "4990", "HUF"),
        ("12,30 лв.", "12.30", "BGN"),
        ("55,00 lei", "55.00", "RON"),
        ("R 1 250.00", "1250.00", "ZAR"),
        ("R$ 1.250,00", "1250.00", "BRL"),
        ("AR$ 1.250,00", "1250.00", "ARS"),
        ("CHF 12.-", "12", "CHF"),
        ("Fr. 1'250.00", "1250.00", "CHF"),
        ("1 500 тг", "1500", "KZT"),
        ("1 234,-", "1234", None),
        ("1 234=", "1234", None),
        ("1200/-", "1200", None),
        ("12,50 с НДС", "12.50", None),
        ("12,50 € HT", "12.50", "EUR"),
        ("12,50/шт", "12.50", None),
        ("12,50 za szt.", "12.50", None),
        ("١٢٣", "123", None),
        ("１２.５０", "12.50", None),
    ],
)
def test_notations(raw, amount, currency):
    price = parse_price(raw)
    assert (price.amount, price.currency, price.problem) == (Decimal(amount), currency, None)


@pytest.mark.parametrize(
    ("raw", "amount"),
    [
        (12, "12"),
        (1480.5, "1480.5"),
        (0.1 + 0.2, "0.3"),
        (12.34565, "12.3457"),
        (12.34564999, "12.3456"),
        (1e9, "1000000000"),
        (0.0001, "0.0001"),
    ],
)
def test_numbers_of_a_spreadsheet(raw, amount):
    assert parse_price(raw)[:3] == (Decimal(amount), None, None)


@pytest.mark.parametrize("number_format", ['#,##0.00\\ "грн."', "#,##0.00 [$₴-422]", "[$UAH] 0.00"])
def test_the_number_format_names_the_currency(number_format):
    assert parse_price(12.5, number_format=number_format).currency == "UAH"


@pytest.mark.parametrize(
    "raw",
    [
        "",
        None,
        " ",
        "-",
        "—",
        "по запросу",
        "call",
        "n/a",
        "nous consulter",
        "auf Anfrage",
        "дог.",
        "consultar",
        "na zapytanie",
        "na dotaz",
        "op aanvraag",
        "su richiesta",
        "sob consulta",
        "fiyat sorunuz",
        "la cerere",
        "по запитване",
        "100-120",
        "100 … 120",
        "3 for 10",
        "10 / 12",
        "15%",
        "15 %",
        "12.05.2024",
        "2024-05-12",
        "00123",
        "01.02",
        "12 50",
        "1.23.4",
        "1,2,3",
        "12 шт",
        "5 kg",
        "A12",
        "A 12",
        "d12",
        "la 12",
        "NR 12",
        "x12",
        "12 A",
        "12 x",
        "¹",
        "M8 12",
        "12 € / 14 $",
        "#DIV/0!",
        "#REF!",
        CellError("#N/A"),
        Formula(),
        True,
        False,
        date(2024, 5, 12),
        float("nan"),
        float("inf"),
    ],
)
def test_what_is_no_price(raw):
    price = parse_price(raw)
    assert price.amount is None
    assert price.problem
    assert str(price.problem)
    assert str(PriceReader().read(raw).problem) == str(price.problem)


@pytest.mark.parametrize(
    "raw", ["0", "0,00", 0, 0.0, "-12", "(12,50)", "12-", -3.5, 0.00001, "0.00001", "99999999999999"]
)
def test_amounts_that_cannot_be_prices(raw):
    price = parse_price(raw)
    assert price.amount is not None
    assert price.problem


def test_percentages_by_their_format():
    assert parse_price(0.15, number_format="0%").amount is None


@pytest.mark.parametrize(
    "raw", ["от 100 руб", "from 100", "ab 100 €", "à partir de 100 €", "od 100 zł", "desde 100", "~100"]
)
def test_prices_with_a_note(raw):
    price = parse_price(raw)
    assert (price.amount, price.problem) == (100, None)
    assert price.note


@pytest.mark.parametrize("raw", ["1,234", "1.234", "12,500", "999.999"])
def test_ambiguous_is_reported(raw):
    price = parse_price(raw)
    assert (price.amount, price.ambiguous) == (None, True)
    sign = "," if "," in raw else "."
    assert parse_price(raw, decimal=sign).amount == Decimal(raw.replace(",", "."))
    assert parse_price(raw, decimal=".,"[sign == "."]).amount == Decimal(raw.replace(sign, ""))


@pytest.mark.parametrize(
    ("column", "sign"),
    [
        (["1.234", "12,50"], ","),
        (["1,234", "12.50"], "."),
        (["1,234.00", "1,500"], "."),
        (["1.234.567", "1.500"], ","),
        (["1 234,500", "1,500"], ","),
        (["0,500", "1,500"], ","),
        (["1.234", "2.500", "12.300", "950", "800"], ","),
        (["1.234", "2.500"], None),
        (["1.234", "2,500"], None),
        (["12.50", "12,50"], None),
        ([12.5, None, "1.234"], None),
        ([], None),
    ],
)
def test_the_column_decides(column, sign):
    assert decimal_sign_of_cells(column) == sign


def test_a_mixed_column_reads_each_clear_cell_by_itself():
    read = PriceReader().read
    assert [read(raw).amount for raw in ("12.50", "12,50", "1 234,5", "1,234.5", 7)] == [
        Decimal(text) for text in ("12.50", "12.50", "1234.5", "1234.5", "7")
    ]
    assert read("1.234").ambiguous


def test_currencies_without_cents_group():
    assert parse_price("13.500", currency="VND").amount is None
    assert parse_price("13.500 ₫").amount == 13500


def test_a_shared_sign_means_the_suppliers_currency():
    assert parse_price("$ 12").currency == "USD"
    assert parse_price("$ 12", currency="ARS").currency == "ARS"
    assert parse_price("12 руб", currency="BYN").currency == "BYN"
    assert parse_price("12 kr").currency is None
    assert parse_price("12 kr", currency="SEK").currency == "SEK"


@pytest.mark.parametrize("raw", [1e300, -1e300, 1.7976931348623157e308, "9" * 40, "-" + "9" * 40])
def test_a_number_too_long_to_be_rounded_is_no_price(raw):
    assert parse_price(raw).problem
