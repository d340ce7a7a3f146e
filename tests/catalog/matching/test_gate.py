import pytest

from catalog.matching import Record
from catalog.matching.gate import conflicts, is_model, names_both
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
        ("Toner Q2612A huismerk", "Toner Q2612A", "origin"),
        ("Drill DHP453 refurbished", "Drill DHP453", "state"),
        ("Photo Studio Upgrade", "Photo Studio", "edition"),
        ("Photo Studio Deluxe", "Photo Studio Premium", "edition"),
        ("Camera A350 body", "Camera A350", "bundle"),
    ],
)
def test_what_two_names_contradict_each_other_in(one, other, what):
    here, there = thing_of(Record("1", one)), thing_of(Record("2", other))
    assert conflicts(here, there) == conflicts(there, here) == [what]


def test_blue_and_cyan_are_one_colour_to_some():
    assert not conflicts(thing_of(Record("1", "Чернила синий")), thing_of(Record("2", "Чернила голубой")))


@pytest.mark.parametrize(
    ("code", "one", "other"),
    [
        ("kxtg6700b", "Handset for Panasonic KX-TG6700B", "Panasonic KX-TG6700B phone"),
        ("8446t3", "Seryor A 8446T3", "Seryor M 8446T3"),
        ("r1500", "ИБП Ippon R1500", "Powercom R1500 UPS"),
    ],
    ids=["of what it fits", "the letter beside it is another", "of a series, and no brand is said"],
)
def test_a_shared_code_that_does_not_make_them_the_same(code, one, other):
    here, there = thing_of(Record("1", one)), thing_of(Record("2", other))
    assert not names_both(code, here, there)
    assert not names_both(code, there, here)


def test_an_accessory_has_a_code_of_its_own_behind_a_dash():
    here, there = thing_of(Record("1", "Case for iPod A1238 - TPE4120")), thing_of(Record("2", "Case TPE4120"))
    assert names_both("tpe4120", here, there)


def test_a_brand_that_one_side_says_stands_in_the_name_of_the_other():
    vaba, other = Record("1", "Drum M046N", brand="Vaba"), Record("2", "Tekxon drum M046N")
    assert conflicts(thing_of(vaba), thing_of(other)) == ["brand"]
    assert not conflicts(thing_of(vaba), thing_of(Record("3", "Vaba drum M046N")))
