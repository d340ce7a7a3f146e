"""Lists, links, merges, splits and undoings in any order: the catalog is what the rules say, and all can be undone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from catalog.linking.links import Pair, link_pairs
from catalog.linking.models import AbsorbedProduct, ItemLink, PairDecision
from catalog.linking.remembered import link_remembered
from catalog.linking.scope import ItemScope
from catalog.models import Product, SupplierItem
from ingestion.actions import links
from ingestion.actions.undo import undo
from ingestion.models import IngestionRun
from tests.factories import SourceFactory
from tests.ingestion.actions.link_rules import Joined, LinkRules, Load, Thing
from tests.ingestion.actions.lists import take_in

pytestmark = pytest.mark.django_db(transaction=True)

SKUS = ("A", "B", "C")


class LinksInAnyOrder(RuleBasedStateMachine):
    """The model's numbers of products and the database's are told apart by `numbers`."""

    def __init__(self) -> None:
        super().__init__()
        self.sources = [SourceFactory(), SourceFactory()]
        self.model = LinkRules()
        self.runs: list[tuple[Load, IngestionRun]] = []
        self.numbers: dict[int, int] = {}  # of the model -> of the database
        self.joined: list[tuple[Joined, ItemLink]] = []
        self.merged: list[tuple[int, AbsorbedProduct]] = []

    # --- the two worlds

    def item(self, thing: Thing) -> SupplierItem:
        return SupplierItem.objects.get(supplier=self.sources[thing.code[0]].supplier_id, supplier_sku=thing.code[1])

    def product(self, number: int) -> Product:
        return Product.objects.get(pk=self.numbers[number])

    def some_thing(self, data: Any) -> Thing:
        return self.model.things[data.draw(st.sampled_from(sorted(self.model.things)))]

    def some_product(self, data: Any) -> int:
        return int(data.draw(st.sampled_from(sorted(self.model.products))))

    def note(self, joined: Joined) -> None:
        link = ItemLink.objects.in_force().get(item=self.item(joined.thing))
        assert link.method == joined.method
        self.joined.append((joined, link))

    # --- lists

    @rule(which=st.sampled_from([0, 1]), skus=st.sets(st.sampled_from(SKUS), min_size=1))
    def take_in_a_list(self, which, skus):
        """Of what it had before nothing is missing, and no price is another."""
        had = {sku for supplier, sku in self.model.things if supplier == which}
        rows = {sku: {"price": str(10 + SKUS.index(sku) + which), "name": f"{sku} {which}"} for sku in skus | had}
        real = take_in(rows, self.sources[which], force=True)
        run = self.model.load(which, skus | had)
        self.runs.append((run, real))
        for thing in self.model.things.values():
            if thing.made_by is run:
                self.numbers[thing.draft] = self.item(thing).product_id or 0

    @precondition(lambda self: self.runs)
    @rule(data=st.data())
    def undo_or_redo_a_list(self, data):
        self.turn(*self.runs[data.draw(st.integers(0, len(self.runs) - 1))])

    def turn(self, run: Load, real: IngestionRun) -> None:
        real.refresh_from_db()
        undo(real.undone_by or real, by=None)
        (self.model.undo_load if run.in_force else self.model.redo_load)(run)
        for thing in self.model.things.values():  # what came back is linked anew
            if thing.links and all(joined is not thing.links[-1] for joined, _ in self.joined):
                self.note(thing.links[-1])

    # --- links

    @precondition(lambda self: self.model.things)
    @rule(data=st.data(), leave_draft=st.booleans())
    def link(self, data, leave_draft):
        thing, to = self.some_thing(data), self.some_product(data)
        item, product = self.item(thing), self.product(to)
        made = self.model.join_by_person(thing, to, leave_draft=leave_draft)
        if isinstance(made, Joined):
            links.link_item(item, product, by=None, leave_draft=leave_draft)
            self.note(made)
        else:
            with pytest.raises(links.NotLinkable):
                links.link_item(item, product, by=None, leave_draft=leave_draft)

    @precondition(lambda self: self.model.things)
    @rule(data=st.data())
    def link_without_a_person(self, data):
        thing, to = self.some_thing(data), self.some_product(data)
        pair = Pair(self.item(thing).pk, self.numbers[to], ItemLink.Method.BARCODE)
        made = self.model.join_without_person(thing, to, "barcode")
        assert sum(link_pairs([pair], by=None).values()) == (made is not None)
        if made:
            self.note(made)

    @rule(which=st.sampled_from([0, 1]))
    def remember(self, which):
        before = {id(joined) for joined, _ in self.joined}
        made = link_remembered(ItemScope(self.sources[which].supplier_id), by=None)
        assert sum(made.values()) == self.model.remember(which)
        for thing in self.model.things.values():
            if thing.links and id(thing.links[-1]) not in before:
                self.note(thing.links[-1])

    @precondition(lambda self: self.model.things)
    @rule(data=st.data())
    def split(self, data):
        thing = self.some_thing(data)
        item = self.item(thing)
        made = self.model.split(thing)
        if isinstance(made, Joined):
            self.numbers[made.to] = links.split_offer(item, by=None).product_id
            self.note(made)
        else:
            with pytest.raises(links.NotLinkable):
                links.split_offer(item, by=None)

    @precondition(lambda self: self.joined)
    @rule(data=st.data())
    def take_a_link_back(self, data):
        self.take_back(*self.joined[data.draw(st.integers(0, len(self.joined) - 1))])

    def take_back(self, joined: Joined, link: ItemLink) -> None:
        if not self.model.can_be_taken_back(joined):
            with pytest.raises(links.NotLinkable):
                links.take_link_back(link, by=None)
            return
        links.take_link_back(link, by=None)
        self.model.take_back(joined)

    # --- products and what people say

    @precondition(lambda self: len(self.model.products) > 1)
    @rule(data=st.data())
    def merge(self, data):
        product, into = self.some_product(data), self.some_product(data)
        if product != into:
            real = links.merge_products(self.product(product), into=self.product(into), by=None)
            self.model.absorb(product, into)
            self.merged.append((product, real))

    @precondition(lambda self: self.merged)
    @rule(data=st.data())
    def unmerge(self, data):
        product, real = self.merged.pop(data.draw(st.integers(0, len(self.merged) - 1)))
        links.undo_merge(real, by=None)
        self.model.unmerge(product)

    @precondition(lambda self: self.model.things)
    @rule(data=st.data())
    def say_different(self, data):
        thing, product = self.some_thing(data), self.some_product(data)
        if self.model.product(thing) != product:
            links.mark_different(self.item(thing), self.product(product), by=None)
            self.model.say(thing, product, "different")

    # --- what must hold

    @invariant()
    def items_are_where_the_rules_say(self):
        suppliers = {source.supplier_id: which for which, source in enumerate(self.sources)}
        found = SupplierItem.objects.filter(supplier__in=suppliers)
        real = {(suppliers[each.supplier_id], each.supplier_sku): each.product_id for each in found}
        assert real == {code: self.numbers[self.model.product(thing)] for code, thing in self.model.things.items()}
        known = Product.objects.filter(pk__in=self.numbers.values()).values_list("pk", flat=True)
        assert set(known) == {self.numbers[product] for product in self.model.products}

    @invariant()
    def what_became_one_means_what_the_rules_say(self):
        real = AbsorbedProduct.objects.in_force().filter(was_id__in=self.numbers.values())
        expected = {
            self.numbers[was]: self.numbers[now]
            for was in self.model.absorbed
            if (now := self.model.now(was)) is not None
        }
        assert dict(real.values_list("was_id", "product")) == expected

    @invariant()
    def links_and_decisions_are_what_the_rules_say(self):
        things = {self.item(thing).pk: thing for thing in self.model.things.values()}
        real = dict(ItemLink.objects.in_force().filter(item__in=things).values_list("item", "method"))
        assert real == {pk: thing.links[-1].method for pk, thing in things.items() if thing.links}
        suppliers = [source.supplier_id for source in self.sources]
        decided = PairDecision.objects.in_force().filter(supplier__in=suppliers)
        said = [(suppliers.index(each.supplier_id), each.sku_key, each.product_id, each.verdict) for each in decided]
        expected = [
            (*code, self.numbers[product], every[-1].verdict)
            for (code, product), every in self.model.said.items()
            if every
        ]
        assert sorted(said) == sorted(expected)

    @invariant()
    def the_lowest_price_is_that_of_the_offers(self):
        for product in Product.objects.filter(pk__in=self.numbers.values()).prefetch_related("offers"):
            assert product.lowest_price == min((each.current_price for each in product.offers.all()), default=None)

    def teardown(self):
        """All merges, links and lists undone leave the empty catalog: what had kept an item is gone by then."""
        while self.merged:
            product, absorbed = self.merged.pop()
            links.undo_merge(absorbed, by=None)
            self.model.unmerge(product)
        self.take_all_links_back()
        for run, real in reversed(self.runs):
            if run.in_force:
                self.turn(run, real)
        for run, real in self.runs:
            if any(thing.made_by is run for thing in self.model.things.values()):
                self.turn(run, real)
                self.take_all_links_back()
                self.turn(run, real)
        self.items_are_where_the_rules_say()
        assert not SupplierItem.objects.filter(supplier__in=[each.supplier_id for each in self.sources]).exists()
        assert not Product.objects.filter(pk__in=self.numbers.values()).exists()

    def take_all_links_back(self) -> None:
        for joined, link in reversed(self.joined):
            if self.model.can_be_taken_back(joined):
                self.take_back(joined, link)


def test_links_in_any_order():
    run_state_machine_as_test(
        LinksInAnyOrder,
        settings=settings(
            max_examples=10,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
