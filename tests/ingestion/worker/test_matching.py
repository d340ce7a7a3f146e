"""What a list brought is matched by a worker that has nothing else to do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from catalog.linking.models import ItemLink, MatchProposal
from catalog.models import Product, SupplierItem
from ingestion.actions.links import link_item, mark_different, take_link_back
from ingestion.actions.undo import undo
from ingestion.models import MatchingTask
from ingestion.models.facts import MatchingCounts
from ingestion.runs import queue
from ingestion.runs.matching import MATCHING_LOCK, PAUSES, alone, ask_for_training, start_task, try_matching_again
from ingestion.worker import matching, server
from ingestion.worker.clock import SharedClock
from ingestion.worker.matching import work_on_next_task
from ingestion.worker.messages import Mailbox
from ingestion.worker.server import Server
from tests.factories import SourceFactory, UserFactory
from tests.ingestion.actions.lists import take_in

pytestmark = pytest.mark.django_db(transaction=True)
GTIN = "04006381333931"


@pytest.fixture(autouse=True)
def _parsers(test_parsers):
    """All lists of these tests are lists of tests."""


def listed(names, source=None, **facts):
    """A list, of another supplier where none is given."""
    rows = {sku: {"price": "100", "name": name} for sku, name in names.items()}
    run = take_in(rows, source or SourceFactory(), force=True)
    SupplierItem.objects.filter(created_run_id=run.pk).update(**facts)
    return run


def item(sku):
    return SupplierItem.objects.get(supplier_sku=sku)


def work_all():
    while work_on_next_task():
        pass


def counts(run):
    run.matching.refresh_from_db()
    return run.matching.status, run.matching.counted()


def test_what_a_list_brought_is_matched_and_counted():
    listed({"A": "Makita DHP453 hammer drill 18 V", "B": "Hex bolt M8 x 40", "C": "Angle grinder 125 mm, red"})
    SupplierItem.objects.filter(supplier_sku="B").update(barcode=GTIN)
    rows = {"a": "Hammer drill Makita DHP-453, 18 V", "b": "Bolt", "c": "Grinder for angles, 125 mm", "d": "Rope"}
    run = listed(rows)
    SupplierItem.objects.filter(supplier_sku="b").update(barcode=GTIN)
    work_all()
    assert counts(run) == ("done", MatchingCounts(by_key=1, by_gate=1, proposed=1, left=1))
    assert item("b").product == item("B").product


def test_nothing_is_asked_for_what_brought_nothing_or_where_it_is_switched_off(settings):
    source = SourceFactory()
    take_in({"A": "1"}, source, dry_run=True)
    assert not MatchingTask.objects.exists()
    take_in({"A": "1"}, source)
    take_in({"A": "2"}, source)
    assert MatchingTask.objects.count() == 1
    settings.MATCHING_AFTER_RUNS = False
    take_in({"A": "1", "B": "2"}, source)
    assert MatchingTask.objects.count() == 1


@pytest.mark.usefixtures("valkey")
def test_a_worker_that_no_list_waits_for_does_it(monkeypatch):
    monkeypatch.setattr(server, "SECONDS_TO_WAIT", 0.1)
    run = listed({"A": "Bolt"})
    serving = Server(Mailbox(queue.queues(), queue.redis()), SharedClock())
    assert serving.serve_one()
    assert counts(run)[0] == "done"
    assert not serving.serve_one()


def test_another_suppliers_younger_draft_goes_to_the_product_with_its_key():
    source, other = SourceFactory(), SourceFactory()
    first = listed({"A": "Old"}, source, barcode=GTIN)
    listed({"B": "New"}, other, barcode=GTIN)
    MatchingTask.objects.exclude(run=first).delete()
    work_all()
    assert item("A").product == item("B").product


def test_a_failure_is_said_and_tried_again(monkeypatch):
    run = listed({"A": "Bolt"})
    monkeypatch.setattr(matching, "match_run", lambda _run: 1 / 0)
    for attempt, pause in enumerate(PAUSES, start=1):
        work_all()
        run.matching.refresh_from_db()
        assert (run.matching.status, run.matching.attempts) == ("waiting", attempt)
        assert run.matching.due_at > timezone.now() + pause - timedelta(seconds=5)
        MatchingTask.objects.update(due_at=timezone.now())
    work_all()
    run.matching.refresh_from_db()
    assert (run.matching.status, run.matching.message) == ("failed", "ZeroDivisionError: division by zero")
    monkeypatch.undo()
    assert try_matching_again(run.matching)
    work_all()
    assert counts(run) == ("done", MatchingCounts(left=1))


def test_what_a_dead_worker_left_is_tried_again():
    run = listed({"A": "Bolt"})
    assert start_task(run.matching, at=timezone.now())
    assert not start_task(run.matching, at=timezone.now())
    work_all()
    run.matching.refresh_from_db()
    assert (run.matching.status, run.matching.attempts) == ("waiting", 1)


def test_two_at_once_do_not_collide():
    run = listed({"A": "Bolt"})
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, 1)", [MATCHING_LOCK])
        assert not work_on_next_task()
        cursor.execute("SELECT pg_advisory_unlock(%s, 1)", [MATCHING_LOCK])
    other.close()
    with alone() as is_free:
        assert is_free
    work_all()
    assert counts(run)[0] == "done"


def test_a_training_is_asked_for_once():
    assert ask_for_training(at=timezone.now())
    assert not ask_for_training(at=timezone.now())
    assert MatchingTask.objects.trainings().count() == 1


def test_an_item_that_came_back_is_linked_as_before():
    source, person = SourceFactory(), UserFactory()
    listed({"A": "Bolt"})
    listed({"x-1": "Something that looks otherwise"}, source)
    link_item(item("x-1"), item("A").product, by=person)
    item("x-1").delete()
    again = listed({"X 1": "Something that looks otherwise"}, source)
    work_all()
    assert counts(again) == ("done", MatchingCounts(remembered=1))
    assert item("X 1").product == item("A").product
    take_link_back(ItemLink.objects.in_force().get(item=item("X 1")), by=person)
    undo(again, by=person)
    listed({"X1": "Something that looks otherwise"}, source)
    work_all()
    assert item("X1").product != item("A").product


def test_what_was_rejected_does_not_come_back_with_the_item():
    source, person = SourceFactory(), UserFactory()
    listed({"A": "Makita DHP453 hammer drill 18 V"}, barcode=GTIN)
    run = listed({"x": "Makita DHP453 hammer drill 18 V"}, source, barcode=GTIN)
    mark_different(item("x"), item("A").product, by=person)
    undo(run, by=person)
    again = listed({"x": "Makita DHP453 hammer drill 18 V"}, source, barcode=GTIN)
    work_all()
    assert counts(again) == ("done", MatchingCounts(left=1))
    assert not MatchProposal.objects.exists()


def test_a_link_that_was_taken_back_does_not_come_back_with_the_item():
    source, person = SourceFactory(), UserFactory()
    listed({"A": "Bolt"}, barcode=GTIN)
    run = listed({"x": "Screw"}, source, barcode=GTIN)
    work_all()
    take_link_back(ItemLink.objects.in_force().get(), by=person)
    undo(run, by=person)
    listed({"x": "Screw"}, source, barcode=GTIN)
    work_all()
    assert not ItemLink.objects.in_force().exists()


def test_a_key_that_two_products_share_is_proposed():
    listed({"A": "Bolt, zinc plated"}, barcode=GTIN)
    listed({"B": "Paper for printers"}, barcode=GTIN)
    for product in Product.objects.all():
        product.name += " (edited)"
        product.save()
    run = listed({"x": "Nothing of that kind"}, barcode=GTIN)
    MatchingTask.objects.exclude(run=run).delete()
    work_all()
    assert counts(run) == ("done", MatchingCounts(proposed=1))
    proposals = MatchProposal.objects.awaiting_decision()
    assert {(each.product_id, each.reasons[0]["code"]) for each in proposals} == {
        (item("A").product_id, "key"),
        (item("B").product_id, "key"),
    }
