import pytest

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.structure.plan import Plan, plan_sheet
from ingestion.pricegrid.structure.same_items import Relation, offers_of, own_items, relation
from tests.ingestion.pricegrid.grids import grid_of

ITEMS = {f"A-{at}": 10.5 + at for at in range(10)}


def planned(items: dict[str, float], head: str = "Price EUR", *, with_codes: bool = True) -> Plan:
    rows: list[list[Cell]] = [[code if with_codes else None, f"Item {code}", price] for code, price in items.items()]
    return plan_sheet(grid_of([["Code", "Name", head], *rows]), Hints(), is_text=False)


def relation_to_items(items: dict[str, float], head: str = "Price EUR") -> Relation:
    plan, other = planned(items, head), planned(ITEMS)
    return relation(plan, offers_of(plan), other, offers_of(other))


SOME = dict(list(ITEMS.items())[:6])
OTHERS = {f"B-{at}": 30.5 for at in range(4)}


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (OTHERS, Relation.OTHER),
        (SOME, Relation.WITHIN),
        ({**SOME, **OTHERS}, Relation.OVERLAP),
        ({code: 2 * price for code, price in SOME.items()}, Relation.VERSION),
        ({**{code: 2 * price for code, price in SOME.items()}, **OTHERS}, Relation.VERSION),
    ],
)
def test_what_a_sheet_is_to_another(items: dict[str, float], expected: Relation):
    assert relation_to_items(items) is expected


def test_the_same_amounts_in_another_currency_are_a_version():
    assert relation_to_items({**SOME, **OTHERS}, "Price USD") is Relation.VERSION


def test_without_codes_names_tell_items_and_titles_tell_none():
    assert set(offers_of(planned(SOME, with_codes=False))) == {f"item {code}".casefold() for code in SOME}


def test_items_that_stand_nowhere_else():
    read = [offers_of(planned(ITEMS))]
    assert own_items(offers_of(planned({**SOME, **OTHERS})), read) == len(OTHERS)
