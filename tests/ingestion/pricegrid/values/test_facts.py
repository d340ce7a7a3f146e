"""Barcodes, quantities, weights, countries, lead times, units and addresses, as cells write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.pricegrid.values.barcode import check_digit, read_barcode
from ingestion.pricegrid.values.country import read_country
from ingestion.pricegrid.values.lead_time import lead_time_reader, read_lead_time
from ingestion.pricegrid.values.link import read_link
from ingestion.pricegrid.values.quantity import pack_reader, read_quantity
from ingestion.pricegrid.values.unit import is_strength, read_unit, unit_of_weight
from ingestion.pricegrid.values.weight import read_weight, weight_reader
from ingestion.pricegrid.vocabulary import vocabulary

bodies = st.integers(10**6, 10**13 - 1).map(str)
barcodes = bodies.map(lambda body: body + check_digit(body))


@given(barcodes)
def test_a_barcode_is_read_from_texts_and_numbers(code):
    known = read_barcode(code)
    assert known is not None
    assert len(known) == 14
    if len(code) != 10:  # which may be an ISBN
        assert known == code.zfill(14)
        assert known == read_barcode(int(code)) == read_barcode(float(code)) == read_barcode(f"EAN: {code}")
        assert known == read_barcode(f"{code[:3]}-{code[3:]}") == read_barcode(f"{code}.0")


@given(barcodes, st.data())
def test_another_digit_makes_it_none(code, data):
    place = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != code[place]]))
    changed = code[:place] + other + code[place + 1 :]
    if len(code) != 10:
        assert read_barcode(changed) is None


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("036000291452", "00036000291452"),
        (36000291452, "00036000291452"),
        ("73513537", "00000073513537"),
        ("4.006381333931E+12", "04006381333931"),
        ("4,00638E+12", None),
        ("0-306-40615-2", "09780306406157"),
        ("ISBN 080442957X", "09780804429573"),
        ("0-306-40615-3", None),
        ('="4006381333931"', "04006381333931"),
        ("4006381333931, 5901234123457", None),
        ("0000000000000", None),
        ("A-4006381333931", None),
        (True, None),
        (None, None),
        (4006381333931.5, None),
    ],
)
def test_barcodes(cell, code):
    assert read_barcode(cell) == code


pieces = st.sampled_from(["шт", "шт.", "pcs", "Stk.", "szt.", "ks", "db", "buc", "adet", "kpl", "pz", "uds", "un"])


@given(st.integers(1, 10**6), pieces, st.sampled_from(["", "от ", "ab ", "from ", "min. ", "≥ "]))
def test_a_quantity_is_read_back(number, unit, before):
    assert read_quantity(f"{before}{number} {unit}") == number


@given(st.integers(1000, 10**6 - 1), st.sampled_from([(" ", ","), (".", ","), (",", "."), ("'", ".")]))
def test_a_quantity_is_read_back_in_every_notation(number, signs):
    group, decimal = signs
    assert read_quantity(f"{number:,}".replace(",", group), decimal=decimal) == number


@pytest.mark.parametrize("cell", ["", "0", "-5", "10-20", "on request", "1/24", "6x4", 0, True, None, "ca. viel"])
def test_what_is_no_quantity(cell):
    assert read_quantity(cell) is None


@pytest.mark.parametrize(
    ("cell", "size"),
    [
        ("12x0,5 l", 12),
        ("6 x 1.5 L", 6),
        ("уп. 50", 50),
        ("24 шт", 24),
        ("500 g", None),
        ("6x4", None),
        (12, 12),
        (0.33, None),
    ],
)
def test_packs(cell, size):
    assert pack_reader(",")(cell) == size


@given(st.integers(1, 10**6))
def test_a_weight_is_the_same_in_each_unit(grams):
    kilograms = Decimal(grams) / 1000
    assert read_weight(f"{grams} g", unit=None) == kilograms
    assert read_weight(grams, unit="g") == kilograms
    assert read_weight(f"{kilograms}".replace(".", ",") + " кг", unit=None, decimal=",") == kilograms


@pytest.mark.parametrize(
    ("header", "cell", "weight"),
    [
        ("Вес, г", "250", "0.25"),
        ("Weight (lb)", "2", "0.907185"),
        ("Gewicht kg", "0,5", "0.5"),
        ("Weight", "12 oz", "0.340194"),
        ("Weight", "250", None),
        ("Weight kg", "heavy", None),
        ("Weight kg", "0", None),
        ("Weight kg", "1-2 kg", None),
    ],
)
def test_weights(header, cell, weight):
    assert weight_reader(header, ",")(cell) == (None if weight is None else Decimal(weight))


def test_a_header_names_one_unit_of_weight_or_none():
    assert unit_of_weight("Вес нетто, кг") == "kg"
    assert unit_of_weight("kg / lb") is None
    assert unit_of_weight("Weight kg/m") is None


COUNTRIES = {
    "DE": "Deutschland|Germany|Германия|Allemagne|Niemcy|Německo|Tyskland|Saksa|Almanya|德国|ドイツ|DE|DEU|Németország",
    "CN": "China|Китай|КНР|Chine|Chiny|Čína|Kina|Çin|中国|PRC|Made in China|Китай (CN)|CN - China",
    "CZ": "Czech Republic|Чехия|Tschechien|Česko|República Checa|Csehország",
    "GB": "UK|United Kingdom|Великобритания|Great Britain|Royaume-Uni",
}


@pytest.mark.parametrize(
    ("code", "name"), [(code, name) for code, all_ in COUNTRIES.items() for name in all_.split("|")]
)
def test_countries(code, name):
    assert read_country(name) == code


def test_names_of_countries_mean_one_country():
    assert all(len(set(vocabulary().phrases("countries").exact(code))) == 1 for code in ("AT", "FR", "NO", "IT", "IN"))


@pytest.mark.parametrize("name", ["", "EU", "Китай/Россия", "north", "DE, AT", "various", None, 276, "Germany (CN)"])
def test_what_is_no_country(name):
    assert read_country(name) is None


UNITS_OF_TIME = [("days", 1), ("дней", 1), ("Tage", 1), ("jours", 1), ("giorni", 1), ("dní", 1), ("gün", 1), ("天", 1)]
UNITS_OF_TIME += [("weeks", 7), ("нед.", 7), ("Wochen", 7), ("semaines", 7), ("týdny", 7), ("hafta", 7), ("months", 30)]


@given(
    st.integers(1, 30), st.integers(0, 20), st.sampled_from(UNITS_OF_TIME), st.sampled_from(["-", " - ", "–", "..."])
)
def test_a_lead_time_is_read_back(least, more, unit, dash):
    word, days = unit
    assert read_lead_time(f"{least} {word}") == least * days
    assert read_lead_time(f"{least}{dash}{least + more} {word}") == (least + more) * days


@pytest.mark.parametrize(
    ("header", "cell", "days"),
    [
        ("Lead time", 7, 7),
        ("Lieferzeit (Wochen)", "2", 14),
        ("Срок поставки, нед.", "2-3", 21),
        ("Lead time", "up to 5 days", 5),
        ("Lead time", "48 часов", 2),
        ("Lead time", "in stock", None),
        ("Lead time", "sofort", None),
        ("Lead time", "3-1 days", None),
        ("Lead time", 2.5, None),
        ("Lead time", 0, None),
        ("Lead time", "5 apples", None),
    ],
)
def test_lead_times(header, cell, days):
    assert lead_time_reader(header)(cell) == days


@pytest.mark.parametrize(
    ("cell", "unit"),
    [("шт.", "piece"), ("Stk", "piece"), ("упак", "pack"), ("m²", "m2"), ("пар", "pair"), ("бухта", "бухта")],
)
def test_units(cell, unit):
    assert read_unit(cell) == unit


@pytest.mark.parametrize("cell", ["12", "", 5, "x" * 21])
def test_what_is_no_unit(cell):
    assert read_unit(cell) is None


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("https://shop.example/a.jpg", "https://shop.example/a.jpg"),
        ("www.shop.example/a", "http://www.shop.example/a"),
        ("https://a.example/1.jpg; https://a.example/2.jpg", "https://a.example/1.jpg"),
        ("see https://a.example", None),
        ("a.jpg", None),
        (None, None),
    ],
)
def test_addresses(cell, address):
    assert read_link(cell) == address


@pytest.mark.parametrize("text", ["mg", "mg/ml", "mcg", "mg/5 ml", "IU", "%", "г/мл", "мг"])
def test_units_of_strength(text):
    assert is_strength(text)


@pytest.mark.parametrize("text", ["g", "kg", "100g", "ml", "pcs", "m", "box", "г", "метр", "мешок"])
def test_units_of_what_is_sold(text):
    assert not is_strength(text)
