"""Lists, edits, decisions and undoings in any order: the catalog is what the rules say, and all of it can be undone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from catalog.models import PriceHistory, Product, SupplierItem
from ingestion.actions import holds
from ingestion.actions.edits_by_hand import edit_item, follow_list
from ingestion.actions.undo import can_be_undone, undo
from ingestion.models import Change, IngestionRun
from tests.factories import SourceFactory
from tests.ingestion.actions.lists import take_in
from tests.ingestion.actions.rules import Rules, Run, State

pytestmark = pytest.mark.django_db(transaction=True)

SKUS = ("A", "B", "C")
PRICES = st.sampled_from([10, 11, 30])
NAMES = st.sampled_from(["Bolt", "Nut"])
LISTS = st.dictionaries(st.sampled_from(SKUS), st.tuples(PRICES, NAMES), min_size=1)
COLUMNS = {"price": "current_price", "name": "name"}


class AnyOrder(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.source = SourceFactory()
        self.model = Rules()
        self.runs: list[tuple[IngestionRun, Run]] = []

    def items(self):
        return SupplierItem.objects.filter(supplier=self.source.supplier_id)

    def note(self, real: IngestionRun | None, model: Run | None) -> None:
        assert (real is None) == (model is None)
        if real is not None and model is not None:
            self.runs.append((real, model))

    @rule(said=LISTS)
    def take_in_a_list(self, said):
        rows = {sku: {"price": str(price), "name": name} for sku, (price, name) in said.items()}
        self.note(take_in(rows, self.source, force=True), self.model.take_in(said))

    @rule(said=LISTS)
    def dry_run(self, said):
        rows = {sku: {"price": str(price), "name": name} for sku, (price, name) in said.items()}
        take_in(rows, self.source, force=True, dry_run=True)

    @precondition(lambda self: self.model.items)
    @rule(data=st.data(), price=PRICES, name=NAMES)
    def edit_by_hand(self, data, price, name):
        sku = data.draw(st.sampled_from(sorted(self.model.items)))
        item = self.items().get(supplier_sku=sku)
        real = edit_item(item, {"current_price": Decimal(price), "name": name}, by=None)
        self.note(real, self.model.edit(sku, {"price": price, "name": name}))

    @precondition(lambda self: any(item.state.listed for item in self.model.items.values()))
    @rule(data=st.data())
    def follow_the_list(self, data):
        edited = [item for item in self.model.items.values() if item.state.listed]
        chosen = data.draw(st.sampled_from(edited))
        name, value = data.draw(st.sampled_from(chosen.state.listed))
        item = self.items().get(supplier_sku=chosen.sku)
        self.note(follow_list(item, [COLUMNS[name]], by=None), self.model.edit(chosen.sku, {name: value}))

    def holds_of(self, skus):
        real = holds.open_holds().filter(run__supplier=self.source.supplier_id, supplier_sku__in=skus)
        return real, [hold for hold in self.model.open_holds() if hold.item.sku in skus]

    @precondition(lambda self: self.model.open_holds())
    @rule(skus=st.sets(st.sampled_from(SKUS), min_size=1))
    def accept(self, skus):
        real, model = self.holds_of(skus)
        decided = holds.accept(real, by=None)
        self.note(decided.runs[0] if decided.runs else None, self.model.accept(model))

    @precondition(lambda self: self.model.open_holds())
    @rule(skus=st.sets(st.sampled_from(SKUS), min_size=1))
    def reject(self, skus):
        real, model = self.holds_of(skus)
        holds.reject(real, by=None)
        self.model.reject(model)

    @precondition(lambda self: any(not model.undone for _real, model in self.runs))
    @rule(data=st.data())
    def undo_some_run(self, data):
        which = data.draw(st.sampled_from([at for at, (_real, model) in enumerate(self.runs) if not model.undone]))
        self.undo(*self.runs[which])

    def undo(self, real: IngestionRun, model: Run) -> None:
        real = IngestionRun.objects.get(pk=real.pk)
        self.note(undo(real, by=None), self.model.undo(model))

    @invariant()
    def catalog_is_what_the_rules_say(self):
        real = {
            item.supplier_sku: State(
                int(item.current_price),
                item.name,
                tuple(sorted((key.removeprefix("current_"), value) for key, value in (item.listed or {}).items())),
                item.missing_since is not None,
            )
            for item in self.items()
        }
        assert real == {sku: item.state for sku, item in self.model.items.items()}

    @invariant()
    def questions_are_what_the_rules_say(self):
        real = Change.objects.filter(run__supplier=self.source.supplier_id, kind="held").exclude(state="planned")
        found = sorted((each.supplier_sku, int(each.new["current_price"]), each.state) for each in real)
        assert found == sorted((hold.item.sku, hold.price, hold.state) for hold in self.model.holds)

    @invariant()
    def what_can_be_undone_is_what_the_rules_say(self):
        real = IngestionRun.objects.in_bulk([real.pk for real, _model in self.runs])
        assert [can_be_undone(real[run.pk]) for run, _model in self.runs] == [not m.undone for _real, m in self.runs]

    @invariant()
    def last_price_in_force_is_the_current_one(self):
        for item in self.items().select_related("product"):
            last = PriceHistory.objects.filter(supplier_item=item, withdrawn_by_run_id=None).order_by("id").last()
            assert (last.price, last.currency) == (item.current_price, item.currency)
            assert item.product.lowest_price == (None if item.missing_since else item.current_price)

    def teardown(self):
        """Everything undone, the newest first, leaves the empty catalog.

        What was undone before is brought back first: then what had to be left alone can go, too.
        """
        for real, model in reversed([pair for pair in self.runs if pair[1].undoes is None]):
            if model.undone:
                self.undo(*[pair for pair in self.runs if pair[1].root() is model][-1])
            self.undo(real, model)
        assert not self.model.items
        assert not self.items().exists()
        products = {change["product"]["id"] for change in Change.objects.filter(
            run__supplier=self.source.supplier_id, kind="removed").values_list("old", flat=True)}  # fmt: skip
        assert not Product.objects.filter(pk__in=products).exists()


def test_any_order():
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=12,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
