from decimal import Decimal

import pytest

from catalog.models import SupplierItem
from ingestion.actions import mapping
from ingestion.errors import ConfigurationError, ParserError
from ingestion.lists.sources import config_of
from ingestion.models import IngestionRun
from ingestion.pipeline.attempt import run_ingestion
from ingestion.runs.creation import create_run
from tests.factories import RunFactory, SourceFactory, UserFactory
from tests.ingestion.views.lists import HEAD, stored, table

pytestmark = pytest.mark.django_db(transaction=True)
PARTNER = {"column_mapping": {"D": "price"}}


@pytest.fixture
def person():
    return UserFactory()


def price() -> Decimal:
    return Decimal(SupplierItem.objects.get(supplier_sku="S-1").current_price)


def taken_in(price_list, **options):
    run = create_run(price_list=price_list, **options)
    run_ingestion(run)
    return run


def test_a_saved_profile_binds_what_was_seen_and_is_used_for_later_lists(person):
    price_list = stored(table())
    profile = mapping.save(price_list, PARTNER, by=person)
    assert profile.settings["column_mapping"] == {"Code": "supplier_sku", "Name": "name", "Group K": "price"}
    assert profile.saved_by == person
    run = taken_in(stored(table(week=2), price_list.source))
    assert (run.status, price()) == ("partial_success", Decimal("9.25"))


def test_what_the_source_itself_says_wins():
    source = SourceFactory(config={"column_mapping": {"Price": "ignore"}, "header_row": 2})
    source.profiles.create(
        settings={"header_row": [1], "currency": "PLN", "column_mapping": {"Name": "name"}}, saved_at=source.created_at
    )
    assert config_of(source) == {
        "header_row": 2,
        "currency": "PLN",
        "column_mapping": {"Name": "name", "Price": "ignore"},
    }


def test_the_newest_profile_is_in_force_and_an_older_one_can_be_again(person):
    price_list = stored(table())
    older = mapping.save(price_list, {}, by=person)
    mapping.save(price_list, PARTNER, by=person)
    again = mapping.go_back(older, by=person)
    assert price_list.source.profile == again
    assert again.settings == older.settings
    assert price_list.source.profiles.count() == 3


def test_settings_that_read_nothing_are_not_saved(person):
    price_list = stored(table())
    with pytest.raises(ConfigurationError, match="price"):
        mapping.save(price_list, {"column_mapping": {"Price": "ignore", "Group K": "ignore"}}, by=person)
    assert not price_list.source.profiles.exists()


def test_ingest_once_uses_exactly_these_settings_and_asks_nothing(person, settings):
    settings.INGESTION_CONFIDENCE = {"price": 2.0}
    price_list = stored(table())
    run = mapping.ingest_with(price_list, PARTNER, by=person)
    run_ingestion(run)
    assert (run.status, run.source_config, price()) == ("partial_success", PARTNER, Decimal("8.25"))
    assert not price_list.source.profiles.exists()


def test_a_drifted_list_waits_and_stores_nothing_until_it_is_bound_anew(person):
    first = stored(table(week=1))
    mapping.save(first, PARTNER, by=person)
    taken_in(first)
    run = taken_in(stored(table(HEAD.replace("Group K", "Your terms"), week=2), first.source))
    assert run.status == "waiting"
    assert "“Group K” seems to be D “Your terms” now" in run.message
    assert run.parsing_logs.get().message == run.message
    assert price() == Decimal("8.25")
    change = run.drift["changes"][0]
    assert (change["old"]["header"], change["new"]["header"]) == ("Group K", "Your terms")
    assert change["new"]["samples"][0] == "9,25"
    mapping.bind_anew(run, by=person)
    run.refresh_from_db()
    run_ingestion(run)
    assert (run.status, price(), run.drift) == ("partial_success", Decimal("9.25"), {})
    assert first.source.profile.settings["column_mapping"]["Your terms"] == "price"


def test_the_next_list_after_binding_anew_is_taken_without_a_question(person):
    first = stored(table(week=1))
    mapping.save(first, PARTNER, by=person)
    renamed = HEAD.replace("Group K", "Your terms")
    run_ingestion(mapping.bind_anew(taken_in(stored(table(renamed, week=2), first.source)), by=person))
    assert taken_in(stored(table(renamed, week=3), first.source)).status == "partial_success"


def test_what_cannot_be_bound_by_one_click_says_so(person):
    first = stored(table())
    mapping.save(first, PARTNER, by=person)
    run = taken_in(stored(table("Code;Name;Price;Anything", week=2).replace(",25", " pcs"), first.source))
    assert (run.status, run.drift["settings"]) == ("waiting", None)
    with pytest.raises(ConfigurationError, match="nothing to bind"):
        mapping.bind_anew(run, by=person)


def test_a_list_in_which_nothing_could_be_a_price_is_refused_with_what_to_do():
    price_list = stored("Code;Name\n" + "\n".join(f"A-{n};Rope {n}" for n in range(9)))
    with pytest.raises(ParserError, match="Ask for a list with prices"):
        taken_in(price_list)
    assert IngestionRun.objects.get().status == "failure"
    assert not SupplierItem.objects.exists()


def test_a_list_whose_price_nothing_tells_waits_for_a_person():
    price_list = stored("Code;Name;No. of it\n" + "\n".join(f"A-{n};Rope {n};{3 * n}" for n in range(1, 9)))
    run = taken_in(price_list)
    assert (run.status, run.error_type) == ("waiting", "ParserError")
    assert "price" in run.message
    assert not SupplierItem.objects.exists()


def test_two_prices_that_nothing_tells_apart_are_asked_about():
    run = taken_in(stored(table("Code;Name;Price;Price")))
    assert run.status == "waiting"
    assert "could both be the price" in run.message
    assert [column["letter"] for column in run.understanding["sheets"][0]["columns"]] == ["A", "B", "C", "D"]


def test_what_is_less_sure_than_the_settings_ask_is_asked_about(settings):
    settings.INGESTION_CONFIDENCE = {"supplier_sku": 1.1}
    run = taken_in(stored(table()))
    assert run.status == "waiting"
    assert "“Code” was taken for the code" in run.message


def test_an_answer_lets_the_waiting_run_go_on(person):
    price_list = stored(table("Code;Name;Price;Price"))
    waiting = taken_in(price_list)
    run = mapping.ingest_with(price_list, PARTNER, by=person)
    assert (run, run.status, run.is_confirmed) == (waiting, "queued", True)
    run_ingestion(run)
    assert price() == Decimal("8.25")


def test_an_older_list_does_not_come_over_a_newer_one(person):
    older = stored(table())
    RunFactory(source=older.source, price_list=stored(table(week=2), older.source), status="success")
    with pytest.raises(ConfigurationError, match="older prices"):
        mapping.ingest_with(older, {}, by=person)


def test_whoever_answers_second_is_told():
    price_list = stored(table("Code;Name;Price;Price"))
    run = taken_in(price_list)
    run.__class__.objects.filter(pk=run.pk).update(status="cancelled")
    with pytest.raises(ConfigurationError, match="meanwhile"):
        mapping.answer_waiting_run(run, {})


def test_settings_that_no_parser_knows_are_refused_before_the_run_goes_on(person):
    price_list = stored(table("Code;Name;Price;Price"))
    taken_in(price_list)
    with pytest.raises(ConfigurationError, match="currency"):
        mapping.ingest_with(price_list, {"currency": "euro"}, by=person)
