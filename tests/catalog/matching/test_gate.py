import pytest

from catalog.matching import Record
from catalog.matching.gate import conflicts, is_model
from catalog.matching.things import thing_of


@pytest.mark.parametrize("code", ["24port", "1080p", "4x6", "1234", "t30"])
def test_what_counts_things_is_no_model(code):
    assert not is_model(code)


@pytest.mark.parametrize("code", ["dhp453", "2886c001", "961464", "t305"])
def test_a_model_is_one(code):
    assert is_model(code)


@pytest.mark.parametrize(
    ("one", "other", "what"),
    [
        ("Картридж синий", "Cartridge yellow", "colour"),
        ("Saw 18 V", "Saw 36 V", "voltage"),
        ("Кофе 250 г", "Coffee 1 kg", "mass"),
        ("Pens 10 pcs", "Pens", "pack"),
        ("Toner original", "Тонер совместимый", "origin"),
        ("Toner mit Chip", "Тонер без чипа", "chip"),
    ],
)
def test_what_two_names_contradict_each_other_in(one, other, what):
    here, there = thing_of(Record("1", one)), thing_of(Record("2", other))
    assert conflicts(here, there) == conflicts(there, here) == [what]


def test_blue_and_cyan_are_one_colour_to_some():
    assert not conflicts(thing_of(Record("1", "Чернила синий")), thing_of(Record("2", "Чернила голубой")))
