"""One answer decides of all that an item may be, and is undone as one; an automatic link is audited by it."""

from threading import Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from catalog.linking.audit import Audit, audit_of
from catalog.linking.links import Pair, link_pairs
from catalog.linking.models import ItemLink, MatchProposal, PairDecision
from catalog.models import Product, SupplierItem
from ingestion.actions import pairings
from ingestion.actions.links import NotLinkable, split_offer, take_link_back
from ingestion.actions.pairings import (
    NotAsked,
    accept_proposals,
    approve_as_new,
    decide_pairing,
    undo_last_pairing,
)
from ingestion.runs.supplier_lock import SupplierBusy, work_on
from tests.factories import SourceFactory
from tests.ingestion.actions.lists import take_in

DIFFERENT, SAME, UNSURE = PairDecision.Verdict.DIFFERENT, PairDecision.Verdict.SAME, PairDecision.Verdict.UNSURE
pytestmark = pytest.mark.django_db(transaction=True)


def item(sku):
    return SupplierItem.objects.get(supplier_sku=sku)


def open_pairs():
    return set(MatchProposal.objects.awaiting_decision().values_list("item__supplier_sku", "product"))


@pytest.fixture
def products(source):
    """A and B are offered by one supplier; C of another may be either."""
    take_in({"A": "10", "B": "11"}, source)
    take_in({"C": "9"}, SourceFactory())
    found = [item("A").product_id, item("B").product_id]
    for rank, product in enumerate(found, start=1):
        MatchProposal.objects.create(
            item=item("C"), product_id=product, score=0.9 - rank / 10, rank=rank, made_at=timezone.now()
        )
    return found


def test_the_same_leaves_nothing_open(products, person):
    assert not decide_pairing(item("C"), [products[1]], SAME, by=person)
    assert item("C").product_id == products[1]
    assert open_pairs() == set()


def test_the_same_is_undone(products, person):
    before = item("C").product_id
    decide_pairing(item("C"), [products[0]], SAME, by=person)
    assert undo_last_pairing(by=person) == item("C")
    assert item("C").product_id == before
    assert open_pairs() == {("C", products[0]), ("C", products[1])}


@pytest.mark.parametrize("verdict", [DIFFERENT, UNSURE])
def test_of_all_at_once_and_undone_at_once(products, person, verdict):
    decide_pairing(item("C"), products, verdict, by=person)
    assert open_pairs() == set()
    assert [each.verdict for each in PairDecision.objects.in_force()] == [verdict, verdict]
    undo_last_pairing(by=person)
    assert open_pairs() == {("C", products[0]), ("C", products[1])}
    assert not PairDecision.objects.in_force().exists()


def test_one_of_them_is_ruled_out(products, person):
    decide_pairing(item("C"), products[:1], DIFFERENT, by=person)
    assert open_pairs() == {("C", products[1])}


def test_what_was_decided_meanwhile_is_not_decided_again(products, person):
    decide_pairing(item("C"), products, UNSURE, by=None)
    with pytest.raises(NotAsked):
        decide_pairing(item("C"), products[:1], SAME, by=person)
    assert not ItemLink.objects.exists()


def test_what_nobody_proposed_is_not_decided(products, person):
    MatchProposal.objects.filter(product=products[0]).delete()
    with pytest.raises(NotAsked):
        decide_pairing(item("C"), products[:1], SAME, by=person)


def test_only_the_own_answers_are_undone(products, person):
    decide_pairing(item("C"), products, DIFFERENT, by=None)
    with pytest.raises(NotLinkable, match="nothing of yours"):
        undo_last_pairing(by=person)


def test_a_split_is_undone_by_the_same_key(products, person):
    decide_pairing(item("C"), products[:1], SAME, by=None)
    split_offer(item("C"), by=person)
    undo_last_pairing(by=person)
    assert item("C").product_id == products[0]


@pytest.fixture
def linked(products):
    """C was linked to A without a person."""
    MatchProposal.objects.all().delete()
    link_pairs([Pair(item("C").pk, products[0], ItemLink.Method.GATE, 0.97, {"similarity": 0.9})], by=None)
    return ItemLink.objects.get()


def test_an_audit_that_agrees(linked, person):
    assert decide_pairing(item("C"), [linked.product_id], SAME, by=person)
    decision = PairDecision.objects.get()
    assert (decision.verdict, decision.score, decision.features) == (SAME, 0.97, {"similarity": 0.9})
    assert ItemLink.objects.in_force().get() == linked


def test_an_audit_that_agrees_is_undone(linked, person):
    decide_pairing(item("C"), [linked.product_id], SAME, by=person)
    undo_last_pairing(by=person)
    assert ItemLink.objects.in_force().get() == linked
    assert not PairDecision.objects.in_force().exists()


def test_an_audit_that_finds_it_wrong_takes_it_back(linked, person):
    decide_pairing(item("C"), [linked.product_id], DIFFERENT, by=person)
    assert item("C").product_id == linked.from_product_id
    assert not ItemLink.objects.in_force().exists()
    assert PairDecision.objects.in_force().get().score == 0.97
    assert audit_of(item("C").supplier_id) == Audit(0, 1)


def test_and_that_is_undone_too(linked, person):
    decide_pairing(item("C"), [linked.product_id], DIFFERENT, by=person)
    undo_last_pairing(by=person)
    again = ItemLink.objects.in_force().get()
    assert (again.product_id, again.method, again.score) == (linked.product_id, ItemLink.Method.GATE, 0.97)
    assert item("C").product_id == linked.product_id
    assert not PairDecision.objects.in_force().exists()
    assert audit_of(item("C").supplier_id) == Audit(0, 0)


def test_a_link_that_cannot_come_again_is_said_and_nothing_is_undone(linked, person):
    """Somebody has worked on the draft since, so that nothing links it without a person."""
    decide_pairing(item("C"), [linked.product_id], DIFFERENT, by=person)
    draft = Product.objects.get(pk=linked.from_product_id)
    draft.name = "Edited"
    draft.save()
    with pytest.raises(NotLinkable, match="not undone"):
        undo_last_pairing(by=person)
    assert PairDecision.objects.in_force().get().verdict == DIFFERENT


def test_a_link_that_was_found_right_and_is_taken_back_was_wrong(linked, person):
    decide_pairing(item("C"), [linked.product_id], SAME, by=person)
    take_link_back(linked, by=person)
    assert not PairDecision.objects.in_force().exists()
    assert audit_of(item("C").supplier_id) == Audit(0, 1)


def test_a_wrong_link_that_was_found_right_before_is_right_again(linked, person):
    decide_pairing(item("C"), [linked.product_id], SAME, by=None)
    decide_pairing(item("C"), [linked.product_id], DIFFERENT, by=person)
    undo_last_pairing(by=person)
    assert PairDecision.objects.in_force().get().verdict == SAME
    assert audit_of(item("C").supplier_id) == Audit(1, 0)


@pytest.mark.parametrize("verdict", [SAME, UNSURE])
def test_a_link_that_somebody_takes_back_meanwhile_is_not_found_right(linked, person, monkeypatch, verdict):
    def after_others(*args, **kwargs):
        take_link_back(linked, by=None)
        audit_link(*args, **kwargs)

    audit_link = pairings.audit_link
    monkeypatch.setattr(pairings, "audit_link", after_others)
    with pytest.raises(NotAsked):
        decide_pairing(item("C"), [linked.product_id], verdict, by=person)
    assert not PairDecision.objects.exists()


@pytest.mark.parametrize("verdict", [DIFFERENT, UNSURE])
def test_what_somebody_links_meanwhile_is_not_denied(products, person, monkeypatch, verdict):
    def after_others(*args, **kwargs):
        decide_pairing(item("C"), products[:1], SAME, by=None)
        deny(*args, **kwargs)

    deny = pairings.deny
    monkeypatch.setattr(pairings, "deny", after_others)
    with pytest.raises(NotLinkable):
        decide_pairing(item("C"), products[:1], verdict, by=person)
    assert PairDecision.objects.in_force().get().verdict == SAME


def test_what_was_denied_meanwhile_is_not_linked_without_a_person(products, person):
    decide_pairing(item("C"), products[:1], DIFFERENT, by=person)
    pairs = [Pair(item("C").pk, product, ItemLink.Method.GATE) for product in products[:1]]
    assert link_pairs(pairs, by=None) == {}
    assert not ItemLink.objects.exists()


def test_who_denies_while_a_link_is_made_waits_for_it(products, person):
    """And is told, then."""
    answers = []

    def deny():
        try:
            decide_pairing(item("C"), products[:1], DIFFERENT, by=person)
        except NotLinkable as problem:
            answers.append(problem)
        finally:
            connection.close()

    with transaction.atomic():
        link_pairs([Pair(item("C").pk, products[0], ItemLink.Method.GATE)], by=None)
        denying = Thread(target=deny)
        denying.start()
        denying.join(0.5)
        assert denying.is_alive()
    denying.join()
    assert len(answers) == 1
    assert not PairDecision.objects.exists()
    assert ItemLink.objects.in_force().get().product_id == products[0]


def test_a_product_that_was_approved_as_new_is_no_draft_again(products, person):
    assert approve_as_new(item("C").product, by=person)
    with pytest.raises(NotLinkable, match="approved"):
        undo_last_pairing(by=person)
    assert [each.verdict for each in PairDecision.objects.in_force()] == [DIFFERENT, DIFFERENT]


def test_many_are_accepted_and_what_cannot_be_is_said(products, person):
    proposals = list(MatchProposal.objects.order_by("rank"))
    accepted = accept_proposals(proposals, by=person)
    assert accepted.linked == 1
    [problem] = accepted.problems
    assert problem.startswith(item("C").name)


def test_while_a_list_of_the_supplier_goes_in(products, person):
    with work_on(item("C").supplier_id):
        with pytest.raises(SupplierBusy):
            decide_pairing(item("C"), products[:1], SAME, by=person)
        assert accept_proposals(list(MatchProposal.objects.all()), by=person).linked == 0
    assert len(open_pairs()) == 2
