"""manage.py match."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalog.linking.models import ItemLink, MatchProposal
from catalog.models import Product, SupplierItem
from ingestion.actions.links import mark_different, take_link_back
from tests.factories import SourceFactory, UserFactory
from tests.ingestion.actions.lists import take_in

pytestmark = pytest.mark.django_db(transaction=True)
GTIN = "04006381333931"


@pytest.fixture(autouse=True)
def _parsers(test_parsers):
    """All lists of these tests are lists of tests."""


def listed(*items, **facts):
    """Each item on a list of another supplier."""
    for sku in items:
        take_in({sku: "10"}, SourceFactory())
    SupplierItem.objects.filter(supplier_sku__in=items).update(**facts)
    return [SupplierItem.objects.get(supplier_sku=sku) for sku in items]


def match(*words):
    said = StringIO()
    call_command("match", *(words or ["--all"]), "--json", stdout=said)
    return json.loads(said.getvalue())["linked"]


def products():
    return [item.product_id for item in SupplierItem.objects.order_by("supplier_sku")]


def test_the_same_barcode_is_the_same_product():
    a, *_others = listed("A", "B", "C", barcode=GTIN)
    listed("D")
    assert match("--all", "--dry-run") == {"barcode": 2}
    assert Product.objects.count() == 4
    assert match() == {"barcode": 2}
    assert products()[:3] == [a.product_id] * 3
    assert match() == {}


def test_the_same_part_number_of_a_brand_however_it_is_written():
    a, _b = listed("A", brand="Makita", mpn="DHP-453") + listed("B", brand="MAKITA", mpn="dhp 453")
    listed("C", brand="Bosch", mpn="DHP453")
    listed("D", brand="Makita", mpn="X")
    assert match() == {"part_number": 1}
    assert products()[:2] == [a.product_id] * 2


@pytest.mark.parametrize("barcode", ["02000000000008", "00200000000008", "00400000000006", "00000000000000"])
def test_numbers_of_shops_are_no_keys(barcode):
    listed("A", "B", barcode=barcode)
    assert match() == {}


def test_a_key_that_does_not_tell_apart_links_nothing():
    a, b, _c = listed("A", "B", "C", barcode=GTIN)
    for product in (a.product, b.product):
        product.name = "Two products by now"
        product.save()
    assert match() == {}


def test_a_key_that_one_list_has_twice_links_nothing():
    take_in({"A": "1", "B": "2"}, SourceFactory())
    listed("C")
    SupplierItem.objects.update(barcode=GTIN)
    assert match() == {}


def test_packs_of_several_sizes_are_not_one():
    listed("A", barcode=GTIN, pack_size=1)
    listed("B", barcode=GTIN, pack_size=10)
    assert match() == {}


def test_what_a_person_decided_stays():
    a, b, c = listed("A", "B", "C", barcode=GTIN)
    mark_different(b, a.product, by=UserFactory())
    assert match() == {"barcode": 1}
    take_link_back(ItemLink.objects.in_force().get(item=c), by=UserFactory())
    assert match() == {}


def test_only_the_supplier_that_is_named():
    _a, b, _c = listed("A", "B", "C", barcode=GTIN)
    assert match("--supplier", b.supplier.name) == {"barcode": 1}
    with pytest.raises(CommandError, match="no supplier"):
        match("--supplier", "Nobody")


def test_it_says_so_in_words(capsys):
    listed("A", "B", barcode=GTIN)
    call_command("match", "--all")
    text = "1 items linked: 0 as before, 1 by barcode, 0 by brand and part number, 0 by the identity gate, 0 by score."
    assert text in capsys.readouterr().out


def goods(**names):
    """Each on a list of another supplier."""
    for sku, name in names.items():
        take_in({sku: {"price": "100", "name": name}}, SourceFactory())
    return [SupplierItem.objects.get(supplier_sku=sku) for sku in names]


def proposals():
    return [(each.item.supplier_sku, each.product.name) for each in MatchProposal.objects.awaiting_decision()]


def test_the_same_model_that_nothing_speaks_against_is_linked_by_the_gate():
    one, other = goods(A="Makita DHP453 hammer drill 18 V", B="Hammer drill Makita DHP-453, 18 V")
    goods(C="Hex bolt M8 x 40, zinc plated")
    assert match() == {"gate": 1}
    assert {one.product_id} == set(
        SupplierItem.objects.filter(pk__in=[one.pk, other.pk]).values_list("product", flat=True)
    )
    [link] = ItemLink.objects.in_force()
    assert link.method == ItemLink.Method.GATE
    assert link.score > 0.5
    assert link.features


def test_what_is_only_likely_is_proposed_and_not_linked_again_once_it_was_decided_to_be_different():
    goods(A="Hammer drill 18 V with two batteries and case, blue", B="Hammer drill 18 V, two batteries, case")
    assert match() == {}
    assert Product.objects.count() == 2
    assert ("B", "Hammer drill 18 V with two batteries and case, blue") in proposals()
    for proposal in MatchProposal.objects.awaiting_decision():
        mark_different(proposal.item, proposal.product, by=UserFactory())
    assert match() == {}
    assert proposals() == []


def test_a_dry_run_proposes_nothing():
    goods(A="Hammer drill 18 V with two batteries and case, blue", B="Hammer drill 18 V, two batteries, case")
    match("--all", "--dry-run")
    assert proposals() == []


def test_a_link_that_was_taken_back_does_not_come_again():
    goods(A="Makita DHP453 hammer drill 18 V", B="Hammer drill Makita DHP-453, 18 V")
    match()
    take_link_back(ItemLink.objects.in_force().get(), by=UserFactory())
    assert match() == {}
    assert Product.objects.count() == 2
