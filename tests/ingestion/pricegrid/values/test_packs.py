import pytest

from ingestion.pricegrid.values.packs import pack_sizes


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("Screws 100 pcs", 100),
        ("Перчатки 12 шт", 12),
        ("Салфетки, уп. 50", 50),
        ("Гвозди упак.200", 200),
        ("Nails, pack of 25", 25),
        ("Schrauben 40 Stück", 40),
        ("Vis 30 pièces", 30),
        ("Śruby 24 szt", 24),
        ("Tape x6", 6),
    ],
)
def test_words_of_every_language_tell_a_pack(name: str, size: int) -> None:
    assert pack_sizes(name, {}) == {size: True}


def test_a_number_alone_may_be_a_pack() -> None:
    assert pack_sizes("Drill 850 W", {}) == {850: False}


@pytest.mark.parametrize("label", ["Pack", "Кол-во в упаковке", "Menge", "Sztuk w kartonie"])
def test_a_label_tells_that_a_value_is_a_pack(label: str) -> None:
    assert pack_sizes("Glue", {label: "12"}) == {12: True}


def test_what_no_label_tells_is_only_a_number() -> None:
    assert pack_sizes("Glue", {"Weight": "12", "Colour": "red"}) == {12: False}
    assert pack_sizes("Glue 1", {}) == {}
