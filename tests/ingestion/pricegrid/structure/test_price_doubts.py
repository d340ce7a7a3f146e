import pytest

from ingestion.pricegrid.cells.grid import Merge
from ingestion.pricegrid.problems import lists
from tests.ingestion.pricegrid.grids import Rows, grid_of, items_of, reading_of

HEAD = ["Code", "Name"]


def asked(cells: Rows, hidden: set[int] = frozenset(), **hints: object) -> list[str]:  # type: ignore[assignment]
    grid = grid_of(cells)
    grid.hidden_columns = set(hidden)
    return [doubt.code for sheet in reading_of(grid, **hints).sheets for doubt in sheet.doubts]


def rows(*amounts: tuple[object, ...]) -> Rows:
    return [[f"A-{place}", f"Drill {place}", *row] for place, row in enumerate(amounts)]


@pytest.mark.parametrize(
    ("price", "rate"),
    [
        ("Preis", "Rabatt %"),
        ("Price", "Discount"),
        ("Prix", "Remise %"),
        ("Precio", "Dto."),
        ("Цена", "Скидка, %"),
        ("Cena", "Sleva"),
        ("Prezzo", "Sconto"),
        ("单价", "折扣率"),
    ],
)
def test_a_discount_that_nothing_shows_to_be_taken_off(price, rate):
    table = rows((21.0, 40), (22.5, 40), (23.0, 35), (24.75, 25))
    assert asked([[*HEAD, price, rate], *table]) == [lists.DISCOUNT_LEFT.code]
    assert not asked([[*HEAD, price, rate], *table], column_mapping={"C": "price"})


def test_a_discount_that_is_taken_off_already():
    table = rows((20.0, 40, 12.0), (30.0, 50, 15.0), (10.0, 10, 9.0))
    assert not asked([[*HEAD, "List price", "Discount %", "Net price"], *table])


@pytest.mark.parametrize("header", ["Discount group", "Rabattgruppe", "Code remise", "Grupa rabatowa"])
def test_a_group_of_discounts_is_no_rate(header):
    assert not asked([[*HEAD, "Price", header], *rows((20.5, "A"), (30.5, "B"), (10.5, "A"))])
    assert not asked([[*HEAD, "Price", header], *rows((20.5, 10), (30.5, 11), (10.5, 12))])


BREAKS = [["R-1", "Relay", 100, 1.5], ["R-1", "Relay", 1, 2.0], ["R-2", "Fuse", 1, 4.5], ["R-2", "Fuse", 50, 4.0]]


@pytest.mark.parametrize("head", [["Code", "Name", "Min. qty", "Price"], ["Code", "Name", "ab Stück", "Preis"]])
def test_the_same_code_with_a_price_for_each_quantity(head):
    assert lists.BREAKS_IN_ROWS.code in asked([head, *BREAKS])


def test_breaks_of_items_without_codes():
    assert lists.BREAKS_IN_ROWS.code in asked([["Name", "Quantity", "Price"], *(row[1:] for row in BREAKS)])


def test_the_same_code_with_another_price_is_no_break_without_a_quantity():
    assert lists.BREAKS_IN_ROWS.code not in asked([["Code", "Name", "Price"], *([*r[:2], r[3]] for r in BREAKS)])


@pytest.mark.parametrize("empty", [0, None])
def test_each_item_in_one_of_several_lists(empty):
    table = rows((40.5, empty), (41.5, empty), (42.5, empty), (empty, 15.5), (empty, 16.5))
    assert asked([[*HEAD, "Trade price", "Trade price tools"], *table]) == [lists.PRICE_ELSEWHERE.code]


def test_items_that_only_have_a_retail_price_are_errors():
    table = rows((40.5, 50.5), (41.5, 51.5), (None, 52.5), (None, 53.5), (42.5, 60))
    assert not asked([[*HEAD, "Dealer price", "RRP"], *table])


@pytest.mark.parametrize("header", ["SALE", "Old price", "Акция", "Sonderpreis"])
def test_a_special_or_old_price_alone(header):
    assert asked([[*HEAD, header], *rows((40.5,), (41.5,), (42.5,))]) == [lists.ONLY_SUCH_PRICE.code]


PAIR = rows((21.0, 36.0), (22.0, 37.0), (23.0, 39.5))


def test_a_hidden_price_is_not_offered():
    grid = grid_of([[*HEAD, "Purchase price", "Price"], *PAIR])
    grid.hidden_columns = {3}
    assert [item.price for item in items_of(grid)] == [36, 37, 39.5]
    assert not asked(grid.cells, {3})
    assert all("Purchase price" not in item.characteristics for item in items_of(grid))


def test_a_hidden_price_beside_nothing_but_a_retail_price():
    assert asked([[*HEAD, "Price", "RRP"], *PAIR], {3}) == [lists.TWO_PRICES.code]


def test_nothing_but_a_hidden_price():
    assert asked([[*HEAD, "Price"], *rows((21.5,), (22.5,), (23.5,))], {3}) == [lists.HIDDEN_PRICE.code]


def test_what_hidden_columns_say_is_taken_with_a_word():
    grid = grid_of([[*HEAD, "Price", "Stock"], *rows((21.5, 3), (22.5, 4), (23.5, 5))])
    grid.hidden_columns = {4, 900}
    reading = reading_of(grid)
    assert [str(note) for note in reading.notes] == [
        "Columns that are hidden in the list were read all the same: D Stock."
    ]
    assert [item.stock.quantity for item in reading] == [3, 4, 5]


def test_variants_of_one_name_are_no_breaks():
    pipes = [[f"Pipe {place // 2}", (6, 3)[place % 2], (10.5, 20.5)[place % 2] + place] for place in range(8)]
    assert not asked([["Name", "Length", "Price"], *pipes])


def test_a_discount_that_is_taken_off_with_the_tax():
    table = rows((121.0, 40, 60.0), (60.5, 50, 25.0), (242.0, 10, 180.0))
    head = [*HEAD, "Maloprodajna cena s PDV-om", "Rabat %", "Cena bez PDV-a"]
    assert not asked([head, *table])
    assert asked([[*HEAD, "Maloprodajna cena", "Rabat %", "Cena bez PDV-a"], *table]) == [lists.DISCOUNT_LEFT.code]


@pytest.mark.parametrize("head", [["Price EUR", "Price BGN"], ["Pieces per tray", "Price per piece", "Price per tray"]])
def test_the_same_price_in_another_currency_or_for_a_pack(head):
    amounts = (
        [(10.0, 19.56), (21.0, 41.07), (33.0, 64.54)]
        if len(head) == 2
        else [(6, 2.0, 12.0), (8, 3, 24.0), (9, 1.5, 13.5)]
    )
    assert not asked([[*HEAD, *head], *rows(*amounts)])


def test_a_regular_price_is_paid_where_nothing_is_special():
    table = rows((10.0, None), (20.0, 15.0), (30.0, None), (40.0, None))
    assert not asked([[*HEAD, "Regular price", "Sale price"], *table])
    assert asked([[*HEAD, "Old price", "Sale price"], *table]) == [lists.ONLY_SUCH_PRICE.code]


def test_timber_per_cubic_metre_with_and_without_tax():
    reading = reading_of(
        [[*HEAD, "Cena EUR/m3 bez PVN", "Cena EUR/m3 ar PVN"], *rows((200, 242.0), (300, 363.0), (250, 302.5))]
    )
    assert reading.sheets[0].confidence > 0.8


def test_the_first_tier_below_a_title_of_prices():
    table = rows((1.0, 0.9, 0.8), (2.0, 1.8, 1.6), (3.0, 2.7, 2.4))
    cells = [["Code", "Name", "Hinta €/kpl", None, None], [None, None, "1–9", "10–99", "100+"], *table]
    grid = grid_of(cells, merges=[Merge(1, 3, 1, 5)])
    reading = reading_of(grid)
    assert [item.price for item in reading] == [1, 2, 3]
    assert not reading.sheets[0].doubts
