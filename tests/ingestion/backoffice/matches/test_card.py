"""Names are compared word by word, however a word is written."""

import pytest

from catalog.models import SupplierItem
from ingestion.backoffice.matches.card import facts, goods_facts, words_beside


def marked(name, other):
    return [word.text for word in words_beside(name, other) if word.is_alone]


@pytest.mark.parametrize(
    ("name", "other", "alone"),
    [
        ("Drill 18 V, blue", "drill 18V", ["blue"]),
        ("drill 18V", "Drill 18 V, blue", []),
        ("Makita DCD-18", "MAKITA (DCD18)", []),
        ("Screw 3,5 mm", "Screw 35 mm", ["3,5"]),
        ("Дрель Makita", "Drel Makita", []),
        ("Saw - red", "Saw", ["red"]),
        ("", "Saw", []),
    ],
)
def test_what_only_one_side_says_is_marked(name, other, alone):
    assert marked(name, other) == alone


def test_a_fact_differs_only_from_the_same_fact():
    found = facts({"brand": "Makita", "colour": "blue", "volt": "18"}, {"brand": "MAKITA", "colour": "red"})
    assert [fact.differs for fact in found] == [False, True, False]


def test_what_is_said_twice_stands_once():
    told = {"Brand": "MAKITA", "EAN": "4006381333931", "Colour": "blue"}
    item = SupplierItem(brand="Makita", barcode="04006381333931", characteristics=told)
    assert goods_facts(item) == {"brand": "Makita", "barcode": "04006381333931", "Colour": "blue"}
