"""A dry run shows what a list would change, and can be applied while that is still true."""

import pytest

from catalog.models import SupplierItem
from ingestion.actions.dry_runs import apply_dry_run, can_be_applied
from ingestion.errors import ConfigurationError
from ingestion.models import Change, IngestionRun
from ingestion.pipeline.attempt import run_ingestion
from ingestion.runs.life_cycle import mark_cancelled
from ingestion.runs.requests import UnderWay
from tests.factories import SourceFactory
from tests.ingestion.actions.lists import prices, take_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey")]


def test_same_change_set_as_the_real_one(source):
    take_in({"A": "10", "B": "20", "C": "30", "D": "40"}, source)
    said = {"A": "11", "B": "20", "C": "3000", "E": "5"}
    dry = take_in(said, source, dry_run=True)
    assert prices() == {"A": "10", "B": "20", "C": "30", "D": "40"}
    assert dry.summary["buckets"] == {"price_up": 1, "held": 1, "missing": 1, "new": 1, "unchanged": 1, "failed": 0}
    assert set(Change.objects.filter(run=dry).values_list("kind", "state")) == {
        ("price_up", "planned"),
        ("held", "planned"),
        ("missing", "planned"),
        ("new", "planned"),
    }
    real = take_in(said, source)
    assert real.summary["buckets"] == dry.summary["buckets"]
    assert set(Change.objects.filter(run=real).values_list("kind", "state")) == {
        ("price_up", "applied"),
        ("held", "held"),
        ("missing", "applied"),
    }


def test_applied(source, person):
    dry = take_in({"A": "10"}, source, dry_run=True)
    run, is_current = apply_dry_run(dry, by=person)
    assert is_current
    run_ingestion(run)
    assert (run.applies, run.dry_run, run.new_items) == (dry, False, 1)
    assert prices() == {"A": "10"}


def test_applied_once_whoever_asks(source, person):
    dry = take_in({"A": "10"}, source, dry_run=True)
    run, _is_current = apply_dry_run(dry, by=person)
    with pytest.raises(UnderWay, match=f"#{run.pk}"):
        apply_dry_run(dry, by=person)
    run_ingestion(run)
    with pytest.raises(ConfigurationError, match=f"was applied already, by run #{run.pk}"):
        apply_dry_run(dry, by=person)
    assert not can_be_applied(dry)
    assert set(IngestionRun.objects.all()) == {dry, run}


def test_an_application_that_came_to_nothing_does_not_count(source, person):
    dry = take_in({"A": "10"}, source, dry_run=True)
    mark_cancelled(apply_dry_run(dry, by=person).run)
    assert can_be_applied(dry)
    run_ingestion(apply_dry_run(dry, by=person).run)
    assert prices() == {"A": "10"}


def test_refused_where_the_catalog_changed_in_between(source, person):
    dry = take_in({"A": "10"}, source, dry_run=True)
    take_in({"B": "10"}, source)
    run, is_current = apply_dry_run(dry, by=person)
    assert not is_current
    run_ingestion(run)
    assert run.dry_run
    assert prices() == {"B": "10"}


def test_computed_again_where_the_catalog_changed_while_it_waited(source, person):
    dry = take_in({"A": "10"}, source, dry_run=True)
    run, _is_current = apply_dry_run(dry, by=person)
    take_in({"B": "10"}, SourceFactory(supplier=source.supplier))
    run_ingestion(run)
    assert run.dry_run
    assert "changed since the dry run" in run.message
    with pytest.raises(ConfigurationError, match=f"run #{run.pk} shows what it would do now"):
        apply_dry_run(dry, by=person)
    assert not SupplierItem.objects.filter(supplier_sku="A").exists()


def test_only_dry_runs_are_applied(source, person):
    with pytest.raises(ConfigurationError):
        apply_dry_run(take_in({"A": "10"}, source), by=person)


def test_failed_rows_of_a_dry_run(source):
    run = take_in({"A": "10", "": "5"}, source, dry_run=True)
    failed = Change.objects.get(run=run, kind="failed")
    assert failed.row_number == 3
    assert "code column" in failed.new["message"]
