import pytest

from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.structure.evidence import Evidence, Looked, figures, weighed
from ingestion.pricegrid.structure.header import find_header
from ingestion.pricegrid.structure.interpretations import first_choice
from ingestion.pricegrid.structure.sample import take_sample
from ingestion.pricegrid.structure.under_header import UnderHeader
from tests.ingestion.pricegrid.grids import grid_of


def figures_of(head, values, **more):
    """Of a list whose price column holds `values`; `more` are further columns by their headers."""
    rows = [["Code", "Name", head, *more]]
    for i, value in enumerate(values):
        rows.append([f"A-{i}", f"Drill of {i * 10} mm", value, *(more[name][i] for name in more)])
    sample = take_sample(grid_of(rows))
    under = UnderHeader(sample, find_header(sample, Hints()), Hints())
    return figures(Evidence(Looked(sample), first_choice(under)))


PRICES = [10.5, 30.25, 20.4, 55.1, 41.3]


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ([3, 1, 5, 2, 4], "price_counts"),
        ([12, 15, 19, 30, 44], "price_rises"),
        ([7] * 5, "price_same_throughout"),
    ],
)
def test_what_no_prices_look_like(values, name):
    assert figures_of("Price", values)[name] == 1
    assert figures_of("Price", PRICES)[name] == 0


def test_a_price_that_is_higher_than_the_retail_price():
    retail = [9.0, 20.0, 10.0, 40.0, 30.0]
    assert figures_of("Dealer price", PRICES, RRP=retail)["price_above_retail"] == 1
    assert figures_of("Dealer price", PRICES, RRP=[100.0] * 5)["price_below_retail"] == 1


def test_a_price_times_a_quantity_is_a_total():
    totals = [round(price * (i + 2), 2) for i, price in enumerate(PRICES)]
    assert figures_of("Price", PRICES, Qty=[2, 3, 4, 5, 6], Zqwrtx=totals)["price_times_quantity"] == 1


def test_a_net_price_beside_its_list_price_and_discount():
    net = [round(price * 0.8, 4) for price in PRICES]
    assert figures_of("Price", PRICES, Zq=[20] * 5, Zw=net)["price_before_discount"] == 1


def test_rows_that_become_items():
    assert figures_of("Price", PRICES)["rows_clean"] == 1
    assert figures_of("Price", [*PRICES, None, None, None, None, None])["rows_clean"] == 0.5


def test_weights_are_times_figures():
    assert weighed({"a": 0.5, "b": 1.0}, {"a": 2.0}) == 1.0
