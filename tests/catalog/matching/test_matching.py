from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.matching import Index, Model, Record, exact_keys, match
from catalog.matching.made_up import scenarios
from catalog.matching.things import thing_of
from catalog.matching.vectors import Vectors

CATALOG = [
    Record("1", "Bosch GSR 18V-55 cordless drill", brand="Bosch", price=Decimal(100)),
    Record("2", "Bosch GSR 12V-15 cordless drill", brand="Bosch", price=Decimal(80)),
    Record("3", "Makita DHP453 hammer drill", brand="Makita", price=Decimal(120)),
    Record("4", "Makita DHP453 hammer drill 2 pcs", brand="Makita", price=Decimal(230)),
]


def best(record: Record, catalog: list[Record] = CATALOG):
    [found] = match([record], catalog)
    return found.links[0]


def test_a_unique_code_links_where_nothing_speaks_against_it():
    link = best(Record("a", "Drill Makita DHP-453", brand="Makita", price=Decimal(125)), CATALOG[:3])
    assert (link.right_id, link.decision) == ("3", "automatic")


@pytest.mark.parametrize(
    "record",
    [
        Record("a", "Drill Makita DHP453 black", price=Decimal(500)),
        Record("a", "Drill Makita DHP453", brand="Dewalt"),
        Record("a", "Drill Makita DHP453 pack of 6"),
        Record("a", "Drill Makita DHP453 DHP 451", mpn="DHP451"),
    ],
    ids=["price", "brand", "pack", "part number"],
)
def test_the_gate_stays_shut_where_something_does(record):
    link = best(record, [Record("3", "Makita DHP453 hammer drill", brand="Makita", mpn="DHP453", price=Decimal(120))])
    assert link.decision != "automatic"


def test_a_code_of_two_records_links_neither():
    assert best(Record("a", "Makita DHP453")).decision != "automatic"


def test_an_equal_barcode_links():
    catalog = [Record("9", "Something", barcode="4006381333931"), *CATALOG]
    link = best(Record("a", "Something else entirely", barcode="4006381333931"), catalog)
    assert (link.right_id, link.decision) == ("9", "automatic")


def test_nothing_is_found_in_nothing():
    assert [found.links for found in match([CATALOG[0]], [])] == [[]]
    assert list(match([], CATALOG)) == []


@pytest.fixture(scope="module")
def lists():
    return next(iter(scenarios(7, 1)))


def as_facts(found):
    return {each.left_id: [(link.right_id, link.score, link.decision) for link in each.links] for each in found}


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**6))
def test_the_order_of_records_changes_nothing(seed):
    lists = next(iter(scenarios(7, 1)))
    left, right = lists.left[:30], lists.right[:60]
    shuffled = Random(seed).sample(left, len(left)), Random(seed).sample(right, len(right))
    assert as_facts(match(left, right)) == as_facts(match(*shuffled))


def test_an_index_that_grew_finds_what_one_built_at_once_does(lists):
    grown = Index.build(lists.right[:100])
    grown.extend(lists.right[100:])
    grown.extend([Record("gone", "What goes again")])
    grown.remove(["gone", "never there"])
    assert as_facts(match(lists.left, grown)) == as_facts(match(lists.left, lists.right))


def test_an_index_of_kept_vectors_finds_what_one_of_records_does(lists):
    records = {record.id: record for record in lists.right}
    index = Index(fetch=lambda ids: [records[each] for each in ids])
    for start in range(0, len(lists.right), 50):
        some = lists.right[start : start + 50]
        rows = list(Vectors.of(list(map(thing_of, some))).rows())
        index.extend_by([record.id for record in some], Vectors.kept(rows))
    index.remove([lists.right[3].id])
    expected = Index.build([*lists.right[:3], *lists.right[4:]])
    assert as_facts(match(lists.left, index)) == as_facts(match(lists.left, expected))


def test_what_is_near_in_the_telling_grams_is_put_in_order_by_all(lists, monkeypatch):
    expected = as_facts(match(lists.left, lists.right))
    monkeypatch.setattr("catalog.matching.index._MANY", 0)
    monkeypatch.setattr("catalog.matching.index._FREQUENT", 1.0)
    found = as_facts(match(lists.left, lists.right))
    assert {left: links[:1] for left, links in found.items()} == {left: links[:1] for left, links in expected.items()}


def test_many_records_are_matched_as_few_are(lists, monkeypatch):
    expected = as_facts(match(lists.left, lists.right))
    monkeypatch.setattr("catalog.matching.pairs._BLOCK", 7)
    monkeypatch.setattr("catalog.matching.pairs._SEEN_KEPT", 20)
    monkeypatch.setattr("catalog.matching.pairs._AT_ONCE", 11)
    monkeypatch.setattr("catalog.matching.matching._BLOCK", 3)
    assert as_facts(match(lists.left, lists.right)) == expected


def test_made_up_lists_are_matched_well(lists):
    found = {each.left_id: each.links for each in match(lists.left, lists.right)}
    automatic = {
        (left, link.right_id) for left, links in found.items() for link in links if link.decision == "automatic"
    }
    assert automatic
    assert len(automatic - lists.pairs) <= 0.02 * len(automatic)


def test_decisions_move_the_model():
    rows = [({"similarity": 0.9}, False)] * 60 + [({"similarity": 0.95}, True)] * 60
    base = Model.shipped()
    refined = Model.fit(rows, base=base)
    assert refined.score({"similarity": 0.9}) < 0.6 < refined.score({"similarity": 0.95}) + 0.5
    assert Model.from_json(refined.to_json()).names == base.names


def test_keys_are_of_the_record_alone():
    assert exact_keys(CATALOG[0]) == ()
