from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.pricegrid.cells.grid import CellError, Formula
from ingestion.pricegrid.records import Stock
from ingestion.pricegrid.values.stock import IN_STOCK, ON_ORDER, OUT_OF_STOCK, parse_stock


@pytest.mark.parametrize(
    ("raw", "quantity", "availability"),
    [
        (12, 12, IN_STOCK),
        (12.7, 12, IN_STOCK),
        (0, 0, OUT_OF_STOCK),
        (-3, 0, OUT_OF_STOCK),
        ("12", 12, IN_STOCK),
        ("1 200", 1200, IN_STOCK),
        ("12 шт.", 12, IN_STOCK),
        ("12 pcs", 12, IN_STOCK),
        ("12 szt.", 12, IN_STOCK),
        ("12 ks", 12, IN_STOCK),
        (">20", 20, IN_STOCK),
        ("> 20", 20, IN_STOCK),
        ("более 20", 20, IN_STOCK),
        ("more than 20", 20, IN_STOCK),
        ("más de 20", 20, IN_STOCK),
        ("powyżej 20", 20, IN_STOCK),
        ("10+", 10, IN_STOCK),
        ("<5", None, IN_STOCK),
        ("менее 5", None, IN_STOCK),
        ("skladem >5 ks", 5, IN_STOCK),
    ],
)
def test_numbers(raw, quantity, availability):
    assert parse_stock(raw) == Stock(quantity, availability)


WORDS = {
    IN_STOCK: """
        + | ++ | есть | в наличии | да | yes | in stock | ja | lagernd | en stock | oui | sí | disponible | sim |
        em estoque | disponível no armazém | disponibile | sì | tak | dostępny | skladem | ano | áno | op voorraad |
        evet | stokta | în stoc | в наличност | raktáron | i lager | på lager | varastossa | διαθέσιμο | na zalihi |
        є | так | ёсць
    """,
    ON_ORDER: """
        под заказ | ожидается | on request | auf Anfrage | sur commande | bajo pedido | sob encomenda |
        su ordinazione | na zamówienie | na objednávku | op bestelling | la comandă | по поръчка | beställningsvara
        | наявність по запиту | під замовлення
    """,
    OUT_OF_STOCK: """
        - | нет | нет в наличии | no | out of stock | nein | ausverkauft | rupture | non | agotado | esgotado | não
        | esaurito | brak | nie | vyprodáno | ne | uitverkocht | nee | hayır | tükendi | epuizat | изчерпан |
        elfogyott | slutsåld | udsolgt | utsolgt | loppu | εξαντλήθηκε | rasprodano | немає | няма
    """,
}


@pytest.mark.parametrize("availability", WORDS)
def test_words(availability):
    for word in WORDS[availability].split("|"):
        stock = parse_stock(word)
        assert stock, word
        assert stock.availability == availability, word


@pytest.mark.parametrize(
    "raw", [None, "", "Mon-Fri", "blue", "¹", CellError("#N/A"), Formula(), float("nan"), "12 x 24 mm"]
)
def test_what_says_nothing_of_stock(raw):
    assert parse_stock(raw) is None


def test_other_kinds():
    assert parse_stock(True) == Stock(None, IN_STOCK)
    assert parse_stock(date(2030, 1, 1)) == Stock(None, ON_ORDER)


@given(st.text(max_size=30) | st.integers() | st.floats() | st.booleans())
def test_quantities_fit_the_database(raw):
    stock = parse_stock(raw)
    if stock is not None and stock.quantity is not None:
        assert 0 <= stock.quantity < 2**31
        assert (stock.quantity > 0) == (stock.availability == IN_STOCK)
