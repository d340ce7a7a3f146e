"""Lists that are not what they seem wait for a yes or no."""

import pytest

from catalog.models import Category, SupplierItem
from ingestion.actions import holds
from ingestion.actions.moves import move_to_likely_supplier
from ingestion.errors import ConfigurationError
from ingestion.models import IngestionRun
from ingestion.pipeline.attempt import run_to_end
from ingestion.runs.results import verdict_on
from tests.factories import SourceFactory, SupplierFactory, UserFactory
from tests.ingestion.actions.lists import take_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey", "test_parsers")]


def items(start: str, count: int, **more: object) -> dict[str, dict[str, object]]:
    """Their names follow from their codes, as those of one supplier do."""
    return {f"{start}-{number}": {"price": "10", "name": f"{start} no {number}", **more} for number in range(count)}


@pytest.fixture
def north():
    source = SourceFactory(supplier=SupplierFactory(name="North"))
    take_in(items("N", 30), source)
    return source


@pytest.fixture
def south():
    source = SourceFactory(supplier=SupplierFactory(name="South"))
    take_in(items("S", 30), source)
    return source


def test_a_list_of_another_supplier_waits(north, south):
    run = take_in({**items("S", 28), **items("N", 2), **items("X", 5)}, north)
    assert (run.status, run.waits_for, run.new_items) == ("waiting", "plausible", 0)
    assert run.message.startswith("Wrong supplier? Of 35 items looked at, 2 have a code of North, and 28 have")
    assert "of South" in run.message
    assert verdict_on(run) == ("asks", (run.message,))
    assert SupplierItem.objects.filter(supplier=north.supplier).count() == 30


def test_it_goes_in_once_a_person_says_so(north, south):
    run = take_in(items("S", 30), north)
    holds.take_in_anyway(run, by=UserFactory())
    run_to_end(run)
    assert (run.status, run.new_items) == ("partial_success", 30)  # what it does not have was not marked missing


def test_it_is_moved_with_one_click(north, south):
    run, person = take_in(items("S", 30), north), UserFactory(username="ada")
    moved = move_to_likely_supplier(run, by=person)
    run.refresh_from_db()
    assert (run.status, run.comment) == ("cancelled", f"ada moved the list to South: run #{moved.pk}.")
    assert (moved.supplier, moved.status, moved.price_list.sha256) == (south.supplier, "queued", run.price_list.sha256)
    with pytest.raises(ConfigurationError, match="does not wait for another supplier"):
        move_to_likely_supplier(run, by=person)


def test_a_dry_run_says_what_the_run_would_ask(north, south):
    run = take_in(items("S", 30), north, dry_run=True)
    assert (run.status, run.new_items) == ("partial_success", 30)
    assert "Wrong supplier?" in verdict_on(run).questions[0]


@pytest.mark.parametrize(
    "prices",
    [
        items("X", 30),  # other codes altogether, which nobody else has either
        {**items("S", 20), **items("N", 15)},  # a trader of both
        items("S", 5),  # too short to say
        {code: {**said, "name": f"Other {code}"} for code, said in items("S", 30).items()},  # codes such as 1, 2, 3
    ],
)
def test_nobody_is_asked_without_need(north, south, prices):
    assert take_in(prices, north).status != "waiting"


def test_a_first_list_is_nobody_elses(north):
    assert take_in(items("N", 30), SourceFactory()).status == "success"


def test_thresholds_are_settings(north, south, settings):
    settings.INGESTION_WRONG_SUPPLIER = {"own": 20, "others": 95, "rows": 10}
    assert take_in({**items("S", 28), **items("X", 5)}, north).status != "waiting"


def shelves(count: int, each: int = 1) -> dict[str, dict[str, object]]:
    return {
        f"C-{number}": {"price": "1", "name": f"Cup {number}", "category": ["Cups", f"Shelf {number // each}"]}
        for number in range(count * each)
    }


def test_a_category_for_each_item_is_asked_about():
    run = take_in(shelves(30), SourceFactory())
    assert (run.status, run.waits_for) == ("waiting", "plausible")
    assert "31 new categories for 30 new items, such as “Cups”, “Shelf 0”" in run.message
    assert not Category.objects.exists()
    holds.take_in_anyway(run, by=UserFactory())
    run_to_end(run)
    assert (run.status, Category.objects.count()) == ("success", 31)


def test_many_categories_of_many_items_are_none_too_many(settings):
    source = SourceFactory()
    assert take_in(shelves(30, each=5), source).status == "success"
    settings.INGESTION_MAX_NEW_CATEGORIES = 5
    assert take_in(shelves(30, each=5), source, force=True).status == "success"  # none of them is new any more


@pytest.mark.parametrize(("limit", "status"), [(5, "waiting"), (6, "success"), (None, "success")])
def test_a_source_has_its_own_limit(limit, status):
    source = SourceFactory(max_new_categories=limit)
    assert take_in(shelves(5, each=4), source).status == status


def test_categories_of_items_that_are_known_are_not_made():
    source = SourceFactory()
    take_in({code: {**said, "category": []} for code, said in shelves(30).items()}, source)
    run = take_in(shelves(30), source)
    assert (run.status, IngestionRun.objects.waiting().count()) == ("success", 0)
