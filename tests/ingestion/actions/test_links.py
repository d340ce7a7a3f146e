"""Items are linked to products, split off, merged, and all of it is taken back."""

import pytest

from catalog import lifecycle
from catalog.linking.links import Pair, link_pairs
from catalog.linking.merges import NotMergeable
from catalog.linking.models import AbsorbedProduct, ItemLink, MatchProposal, PairDecision
from catalog.models import Category, Product, SupplierItem
from ingestion.actions.edits_by_hand import edit_item
from ingestion.actions.links import (
    DraftTouched,
    NotLinkable,
    link_item,
    mark_different,
    mark_unsure,
    merge_products,
    split_offer,
    take_link_back,
    undo_decision,
    undo_merge,
)
from ingestion.actions.undo import preview, undo
from ingestion.runs.supplier_lock import SupplierBusy, work_on
from tests.factories import SourceFactory
from tests.ingestion.actions.lists import take_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other():
    return SourceFactory()


def item(sku):
    return SupplierItem.objects.get(supplier_sku=sku)


def whole():
    """The catalog, but for the moments at which it was written."""
    products = [{**row, "updated_at": None} for row in Product.objects.order_by("id").values()]
    items = [{**row, "updated_at": None} for row in SupplierItem.objects.order_by("id").values()]
    moves = list(Product.objects.order_by("id", "status_changes__id").values("id", "status_changes__to_status"))
    return products, items, moves


def offers_of(product):
    return sorted(product.offers.values_list("supplier_sku", flat=True))


def by_key(*pairs):
    return link_pairs([Pair(one.pk, product.pk, "barcode") for one, product in pairs], by=None)


def test_a_link_takes_the_draft_that_nobody_touched(source, other, person):
    take_in({"A": "10"}, source)
    take_in({"B": "8"}, other)
    before = whole()
    product, draft = item("A").product, item("B").product
    link = link_item(item("B"), product, by=person)
    product.refresh_from_db()
    assert (offers_of(product), product.lowest_price) == (["A", "B"], 8)
    assert not Product.objects.filter(pk=draft.pk).exists()
    assert (link.method, link.by, link.took_draft, link.from_product_id) == ("person", person, True, draft.pk)
    absorbed = AbsorbedProduct.objects.get()
    assert (absorbed.internal_sku, absorbed.product, absorbed.is_merge) == (draft.internal_sku, product, False)
    assert PairDecision.objects.in_force().get().verdict == "same"
    take_link_back(link, by=person)
    assert whole() == before
    assert not PairDecision.objects.in_force().exists()
    link.refresh_from_db()
    assert link.undone_by == person
    with pytest.raises(NotLinkable, match="undone already"):
        take_link_back(link, by=person)


def test_a_draft_that_staff_worked_on_is_never_merged_silently(source, other, person):
    take_in({"A": "10"}, source)
    take_in({"B": "8"}, other)
    draft = item("B").product
    draft.name = "Better name"
    draft.save()
    with pytest.raises(DraftTouched, match=draft.internal_sku):
        link_item(item("B"), item("A").product, by=person)
    assert by_key((item("B"), item("A").product)) == {}
    link = link_item(item("B"), item("A").product, by=person, leave_draft=True)
    draft.refresh_from_db()
    assert (draft.offers.count(), draft.lowest_price, draft.is_available) == (0, None, False)
    take_link_back(link, by=person)
    assert item("B").product == draft


def test_without_a_person_nothing_leads_to_what_is_archived(source, other, person):
    take_in({"A": "10"}, source)
    take_in({"B": "8"}, other)
    lifecycle.archive(Product.objects.filter(pk=item("A").product_id), by=person)
    assert by_key((item("B"), item("A").product)) == {}
    assert not ItemLink.objects.exists()


def test_two_items_never_take_each_others_draft(source, other):
    take_in({"A": "10"}, source)
    take_in({"B": "8"}, other)
    by_key((item("A"), item("B").product), (item("B"), item("A").product))
    assert {item("A").product_id, item("B").product_id} == set(Product.objects.values_list("id", flat=True))


def test_later_links_go_first(source, other, person):
    take_in({"A": "10", "C": "5"}, source)
    take_in({"B": "8"}, other)
    before = whole()
    first = link_item(item("B"), item("A").product, by=person)
    second = link_item(item("B"), item("C").product, by=person)
    with pytest.raises(NotLinkable, match="undo that first"):
        take_link_back(first, by=person)
    take_link_back(second, by=person)
    assert item("B").product == item("A").product
    take_link_back(first, by=person)
    assert whole() == before


def test_a_pair_that_is_different(source, other, person):
    take_in({"A": "10"}, source)
    take_in({"B": "8"}, other)
    one, product = item("B"), item("A").product
    MatchProposal.objects.create(
        item=one, product=product, score=0.7, rank=1, features={"x": 1}, made_at=one.created_at
    )
    decision = mark_different(one, product, by=person)
    assert (decision.score, decision.features, decision.by) == (0.7, {"x": 1}, person)
    assert not MatchProposal.objects.awaiting_decision().exists()
    again = mark_unsure(one, product, by=person)
    assert list(PairDecision.objects.in_force()) == [again]
    undo_decision(again, by=person)
    assert list(PairDecision.objects.in_force()) == [decision]
    undo_decision(decision, by=person)
    assert not PairDecision.objects.in_force().exists()
    assert MatchProposal.objects.awaiting_decision().exists()
    link_item(one, product, by=person)
    with pytest.raises(NotLinkable, match="offer of this product"):
        mark_different(item("B"), product, by=person)


def test_an_offer_becomes_a_product_of_its_own(source, other, person):
    take_in({"A": "10"}, source)
    take_in({"B": "8"}, other)
    product = item("A").product
    link_item(item("B"), product, by=person)
    before = whole()
    split = split_offer(item("B"), by=person)
    own = item("B").product
    assert (own.status, own.lowest_price, offers_of(product)) == ("draft", 8, ["A"])
    assert PairDecision.objects.in_force().get(verdict="different").product == product
    with pytest.raises(NotLinkable, match="of its own already"):
        split_offer(item("B"), by=person)
    take_link_back(split, by=person)
    assert whole() == before
    assert [decision.verdict for decision in PairDecision.objects.in_force()] == ["same"]


def test_a_split_product_that_somebody_worked_on_stays(source, person):
    take_in({"A": "10", "B": "8"}, source)
    link_item(item("B"), item("A").product, by=person)
    split = split_offer(item("B"), by=person)
    own = item("B").product
    own.name = "Mine"
    own.save()
    take_link_back(split, by=person)
    assert item("B").product == item("A").product
    assert Product.objects.get(pk=own.pk).name == "Mine"


def test_two_products_become_one_and_two_again(source, other, person):
    take_in({"A": "10"}, source)
    take_in({"B": {"price": "8", "category": ["Metal", "Bolts"]}}, other)
    product, into = item("B").product, item("A").product
    lifecycle.promote(Product.objects.filter(pk=product.pk), by=person)
    lifecycle.archive(Product.objects.filter(pk=product.pk), by=person)
    before = whole()
    absorbed = merge_products(product, into=into, by=person)
    into.refresh_from_db()
    assert (offers_of(into), into.lowest_price) == (["A", "B"], 8)
    assert into.category == Category.objects.get(name="Bolts")
    assert not Product.objects.filter(pk=product.pk).exists()
    assert Product.history.filter(id=product.pk, history_type="-").get().history_user == person
    undo_merge(absorbed, by=person)
    assert whole() == before
    with pytest.raises(NotMergeable, match="there again already"):
        undo_merge(absorbed, by=person)


def test_what_cannot_be_merged(source, person):
    take_in({"A": "10", "B": "8"}, source)
    product, into = item("B").product, item("A").product
    with pytest.raises(NotMergeable, match="one with itself"):
        merge_products(into, into=into, by=person)
    lifecycle.archive(Product.objects.filter(pk=into.pk), by=person)
    with pytest.raises(NotMergeable, match="reactivate"):
        merge_products(product, into=into, by=person)
    with work_on(source.supplier_id), pytest.raises(SupplierBusy):
        merge_products(into, into=product, by=person)


def test_merges_of_merges_are_undone_in_any_order(source, person):
    take_in({"A": "1", "B": "2", "C": "3", "D": "4"}, source)
    before = whole()
    a, b, c = (item(sku).product for sku in "ABC")
    link = link_item(item("D"), a, by=person)
    first = merge_products(a, into=b, by=person)
    second = merge_products(b, into=c, by=person)
    assert offers_of(c) == ["A", "B", "C", "D"]
    undo_merge(first, by=person)
    assert (offers_of(a), offers_of(c)) == (["A", "D"], ["B", "C"])
    undo_merge(second, by=person)
    assert (offers_of(a), offers_of(b), offers_of(c)) == (["A", "D"], ["B"], ["C"])
    take_link_back(link, by=person)
    assert whole() == before


def test_a_link_is_undone_after_its_product_was_merged(source, person):
    take_in({"A": "1", "B": "2", "C": "3"}, source)
    before = whole()
    a, b = item("A").product, item("B").product
    link = link_item(item("C"), a, by=person)
    merged = merge_products(a, into=b, by=person)
    take_link_back(link, by=person)
    assert offers_of(b) == ["A", "B"]
    undo_merge(merged, by=person)
    assert whole() == before


def test_links_without_a_person_go_with_their_run_and_come_back_with_it(source, other, person):
    take_in({"A": "10"}, source)
    before = whole()
    run = take_in({"B": "8", "C": "3"}, other)
    product = item("A").product
    assert by_key((item("B"), product)) == {"barcode": 1}
    after = whole()
    assert preview(run)[:4] == (0, 2, 0, 0)
    assert whole() == after
    undone = undo(run, by=person)
    assert whole() == before
    back = undo(undone, by=person)
    assert whole() == after
    assert ItemLink.objects.in_force().get().method == "barcode"
    undo(back, by=person)
    assert whole() == before


def test_what_a_person_linked_stays_when_its_run_is_undone(source, other, person):
    take_in({"A": "10"}, source)
    run = take_in({"B": "8"}, other)
    link = link_item(item("B"), item("A").product, by=person)
    plan = preview(run)
    assert [conflict.reason for conflict in plan.conflicts] == ["draft_touched"]
    undo(run, by=person)
    assert item("B").product == item("A").product
    link.refresh_from_db()
    assert link.undone_at is None


def test_an_edit_by_hand_ends_the_link_until_it_is_undone(source, person):
    take_in({"A": "1", "B": "2", "C": "3"}, source)
    link = link_item(item("B"), item("A").product, by=person)
    run = edit_item(item("B"), {"product_id": item("C").product_id}, by=person)
    assert run is not None
    link.refresh_from_db()
    assert link.undone_by_run_id == run.pk
    undo(run, by=person)
    assert list(ItemLink.objects.in_force()) == [link]
    assert item("B").product == item("A").product
    take_link_back(link, by=person)


def test_an_undone_edit_leads_to_what_the_product_became_one_with(source, person):
    take_in({"A": "1", "B": "2", "C": "3"}, source)
    a, b, c = (item(sku).product for sku in "ABC")
    run = edit_item(item("A"), {"product_id": c.pk}, by=person)
    assert run is not None
    merge_products(a, into=b, by=person)
    undo(run, by=person)
    assert item("A").product == b


def test_a_code_that_was_given_away_is_not_taken_back(source, person):
    take_in({"A": "1", "B": "2"}, source)
    draft = item("B").product
    link = link_item(item("B"), item("A").product, by=person)
    Product.objects.create(internal_sku=draft.internal_sku, name="Another")
    with pytest.raises(NotLinkable, match="another product's"):
        take_link_back(link, by=person)
