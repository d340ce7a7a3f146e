"""What became a fact is no characteristic, too; what a cell says beyond its fact is kept."""

import pytest

from ingestion.pricegrid.records import ItemFacts
from ingestion.pricegrid.rows.left_over import SAYS_MORE, text_left_over, texts_left_over
from tests.ingestion.pricegrid.grids import items_of

LIST = """Code;Name;Brand;EAN;Pack size;Lead time;Weight;VAT %;Country of origin;Price EUR excl. VAT;Colour
A-1;Bolt M1;Acme;4006381333931;10;5 days;1,5 kg;19;DE;1,50;red
A-2;Bolt M2;Acme;5901234123457;12x500ml;2-3 weeks;0,5 kg;7;Germany;2,50;blue
A-3;Bolt M3;;4006381333932;10;on request;0,5 kg;19;DE;2,60;red
A-4;Bolt M4;Acme;9780306406157;20;3 days;2 kg;19;FR;2,70;red"""


def test_every_fact_of_a_column_has_its_rule():
    assert set(SAYS_MORE) == set(ItemFacts._fields) - {"price_breaks", "tax_included"}


@pytest.mark.parametrize("with_rows_of_their_own", [False, True])
def test_a_fact_is_kept_once(with_rows_of_their_own):
    rows = LIST.splitlines()
    items = items_of([row.split(";") for row in (rows[:2] if with_rows_of_their_own else rows)])
    assert items[0].characteristics == {"Colour": "red"}
    assert (items[0].facts.brand, items[0].facts.tax_rate, items[0].facts.country) == ("Acme", 19, "DE")


def test_what_a_cell_says_beyond_its_fact_stays():
    _, second, third, _ = items_of([row.split(";") for row in LIST.splitlines()])
    assert second.characteristics == {"Pack size": "12x500ml", "Lead time": "2-3 weeks", "Colour": "blue"}
    assert (second.facts.pack_size, second.facts.lead_time, second.facts.country) == (12, 21, "DE")
    assert third.characteristics == {"EAN": "4006381333932", "Lead time": "on request", "Colour": "red"}


@pytest.mark.parametrize(
    ("fact", "text", "stays"),
    [
        ("brand", "Black & Decker", False),
        ("minimum_order", "1 000", False),
        ("minimum_order", "5 cartons", True),
        ("weight", "1.5 kg", False),
        ("weight", "1.5 kg net", True),
        ("lead_time", "3 Tage", False),
        ("lead_time", "2-3 Wochen", True),
        ("unit", "pcs", False),
        ("unit", "box (10 pcs)", True),
        ("country", "Germany / EU", True),
        ("link", "https://a.example/1", False),
        ("picture", "https://a.example/1.png https://a.example/2.png", True),
        ("barcode", "4006381333931", False),
        ("barcode", "4006381333931, 5901234123457", True),
        ("tax_rate", "19 %", False),
        ("tax_rate", "19 % (reduced from 2027: 7 %)", True),
    ],
)
def test_a_text_stays_where_the_fact_does_not_say_it_all(fact, text, stays):
    kept = text if stays else ""
    assert text_left_over(fact, "read", text) == kept
    assert list(texts_left_over(fact, ["read", None], [text, text])) == [kept, text]
    assert any(texts_left_over(fact, ["read"], [text])) == stays
    assert text_left_over(fact, None, text) == text
