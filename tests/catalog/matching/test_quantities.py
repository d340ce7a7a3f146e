import pytest

from catalog.matching.quantities import agree, quantities_of


@pytest.mark.parametrize(
    ("text", "dimension", "value"),
    [
        ("Шампунь 0,5 л", "volume", 0.5),
        ("Shampoo 500ml", "volume", 0.5),
        ("Кофе 250 г", "mass", 0.25),
        ('TV 42"', "length", 1.0668),
        ("Fernseher 42 Zoll", "length", 1.0668),
        ("Чайник 2 кВт", "power", 2000),
        ("SSD 1TB", "storage", 1000),
        ("Диск 512 ГБ", "storage", 512),
        ("Akku 2,0 Ah", "charge", 2),
        ("Картридж 1 600 стр.", "yield", 1600),
        ("Screws 100 pcs", "pack", 100),
    ],
)
def test_units_are_put_on_one_scale(text, dimension, value):
    assert quantities_of(text)[0][dimension] == pytest.approx((value,))


def test_a_colour_letter_is_no_metre_and_a_model_no_volt():
    assert quantities_of("CRG 064 M")[0] == {}
    assert quantities_of("V220 CE285A")[0] == {}


def test_values_agree_within_three_per_cent():
    assert agree((1.0,), (1.02,))
    assert not agree((1.0,), (1.1,))
