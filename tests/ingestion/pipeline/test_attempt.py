"""A list becomes offers: everything a run stores, and what it says of itself."""

from __future__ import annotations

import signal
from decimal import Decimal

import pytest
from django.db import connection

from catalog.models import Category, PriceHistory, Product, SupplierItem
from ingestion.errors import ConfigurationError, DatabaseError, IngestionError, NetworkError, ParserError
from ingestion.lists.opened import OpenedList, open_for_run
from ingestion.models import IngestionRun, ParsingLog
from ingestion.pipeline.applying.log import log
from ingestion.pipeline.attempt import run_ingestion, run_to_end, work_off
from ingestion.pipeline.comparing.compare import compare
from ingestion.pipeline.context import Context
from ingestion.runs.creation import create_run
from ingestion.runs.life_cycle import RunMoved, mark_cancelled
from ingestion.runs.supplier_lock import SupplierBusy, work_on
from tests.factories import ProductFactory, SourceFactory, SupplierFactory
from tests.ingestion.pipeline.replaced import instead_of
from tests.ingestion.price_lists import RemoteParser, price_list, queued

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("test_parsers")]

Status = IngestionRun.Status


@pytest.fixture
def source():
    return SourceFactory()


@pytest.fixture
def fearless_source():
    """Its prices may change as they like."""
    return SourceFactory(shock_percent=None)


def ingest(rows, source, **content) -> IngestionRun:
    run = queued(rows, source, **content)
    run_ingestion(run)
    return run


def remote_run() -> IngestionRun:
    source = SourceFactory(kind="google_sheet", sheet_url="https://sheets.example/1", parser_type="test_remote")
    return create_run(source=source)


def prices_of(item) -> list[tuple[Decimal, str]]:
    return list(PriceHistory.objects.filter(supplier_item=item).order_by("id").values_list("price", "currency"))


def test_first_list(source):
    rows = [
        {
            "sku": "A1", "name": "Bolt", "price": "1.5", "retail": "2", "stock": [7, "in_stock"],
            "category": ["Metal", "Bolts"], "characteristics": {"Size": 'M4 \\ "x"\ty\n'},
        },
        {
            "sku": "A2", "name": "Nut", "price": "0.25005", "currency": "USD", "stock": [0, "out_of_stock"],
            "derived": True,
        },
    ]  # fmt: skip
    run = ingest(rows, source, skipped={"section": 2})

    first, second = SupplierItem.objects.order_by("supplier_sku")
    assert (first.name, first.current_price, first.currency) == ("Bolt", Decimal("1.5"), "EUR")
    assert (first.retail_price, first.stock, first.availability) == (2, 7, "in_stock")
    assert first.characteristics == {"Size": 'M4 \\ "x"\ty\n'}
    assert first.source == source
    assert first.product.status == Product.Status.DRAFT
    assert (first.product.name, first.product.lowest_price, first.product.is_available) == (
        "Bolt",
        Decimal("1.5"),
        True,
    )
    assert first.product.internal_sku == f"P-{first.product.pk:08d}"
    assert first.product.category.name == "Bolts"
    assert first.product.category.parent.name == "Metal"
    assert first.product.category.needs_review
    assert prices_of(first) == [(Decimal("1.5"), "EUR")]
    assert second.current_price == Decimal("0.2501")
    assert second.sku_is_derived
    assert second.product.category is None
    assert not second.product.is_available

    assert (run.status, run.progress) == (Status.SUCCESS, 100)
    assert (run.total_rows, run.successful_rows, run.failed_rows, run.skipped_rows) == (2, 2, 0, 2)
    assert (run.new_items, run.changed_items, run.unchanged_items, run.new_drafts) == (2, 0, 0, 2)
    assert run.processing_seconds > 0
    assert run.understanding["sheets"][0]["columns"][0]["confidence"] == 0.988
    assert run.understanding["notes"] == ["A note about the list"]
    source.refresh_from_db()
    assert first.last_ingested_at == source.last_ingested_at is not None


def test_next_list(fearless_source):
    ingest([{"sku": code, "price": "10"} for code in "ABCD"], fearless_source)
    before = {item.supplier_sku: item for item in SupplierItem.objects.all()}
    rows = [
        {"sku": "A", "price": "10"},
        {"sku": "B", "price": "11"},
        {"sku": "C", "price": "10", "currency": "USD"},
        {"sku": "E", "price": "5"},
    ]
    run = ingest(rows, fearless_source)

    assert (run.new_items, run.changed_items, run.unchanged_items, run.missing_items) == (1, 2, 1, 1)
    after = {item.supplier_sku: item for item in SupplierItem.objects.all()}
    assert after["A"].updated_at == before["A"].updated_at
    assert prices_of(after["A"]) == [(10, "EUR")]
    assert prices_of(after["B"]) == [(10, "EUR"), (11, "EUR")]
    assert prices_of(after["C"]) == [(10, "EUR"), (10, "USD")]
    assert after["B"].product.lowest_price == 11
    assert after["C"].product.lowest_price is None
    assert after["D"].missing_since is not None
    assert after["D"].last_ingested_at is not None
    assert not after["D"].product.is_available
    assert after["D"].product.lowest_price is None


def test_change_without_a_new_price_has_no_history(source):
    ingest([{"sku": "A", "name": "Old", "price": "10", "characteristics": {"a": "1"}}], source)
    run = ingest([{"sku": "A", "name": "New", "price": "10.0000", "characteristics": {"a": "2"}}], source)
    item = SupplierItem.objects.get()
    assert run.changed_items == 1
    assert (item.name, item.characteristics) == ("New", {"a": "2"})
    assert prices_of(item) == [(10, "EUR")]


def test_missing_item_comes_back(source):
    ingest([{"sku": "A", "price": "1"}, {"sku": "B", "price": "1"}], source)
    ingest([{"sku": "A", "price": "1"}], source)
    run = ingest([{"sku": "A", "price": "1"}, {"sku": "B", "price": "1"}], source)
    item = SupplierItem.objects.get(supplier_sku="B")
    assert (run.returned_items, run.changed_items, run.unchanged_items, run.new_items) == (1, 0, 2, 0)
    assert item.missing_since is None
    assert item.product.is_available
    assert len(prices_of(item)) == 1


def test_item_in_a_failed_row_is_not_missing(source):
    ingest([{"sku": "A", "price": "1"}, {"sku": "B", "price": "1"}], source)
    run = ingest(
        [{"sku": "A", "price": "1"}, {"error": "No price", "raw": {"Code": " B ", "Price": "call us"}}], source
    )
    assert run.status == Status.PARTIAL_SUCCESS
    assert run.missing_items == 0


def test_items_of_another_source_are_not_missing(source):
    ingest([{"sku": "A", "price": "1"}], source)
    run = ingest([{"sku": "B", "price": "1"}], SourceFactory(supplier=source.supplier))
    assert run.missing_items == 0
    assert SupplierItem.objects.filter(missing_since=None).count() == 2


def test_stock_and_retail_stay_where_the_list_has_no_such_column(fearless_source):
    ingest([{"sku": "A", "price": "1", "retail": "3", "stock": [5, "in_stock"]}], fearless_source)
    run = ingest([{"sku": "A", "price": "2"}], fearless_source)
    item = SupplierItem.objects.get()
    assert run.changed_items == 1
    assert (item.current_price, item.retail_price, item.stock) == (2, 3, 5)


def test_failed_rows_are_logged(source):
    rows = [
        {"sku": "A", "price": "1"},
        {"error": "No price in column C", "raw": {"A": "B1", "C": "\0call\\"}},
        {"sku": "", "price": "1"},
        {"error": "Strange", "type": "ParserError", "row_number": None},
    ]
    run = ingest(rows, source)
    logs = list(ParsingLog.objects.order_by("id"))
    assert [(log.row_number, log.error_type) for log in logs] == [
        (3, "ValidationError"),
        (4, "ValidationError"),
        (None, "ParserError"),
    ]
    assert logs[0].row_data == {"A": "B1", "C": "call\\"}
    assert logs[0].run == run
    assert (logs[0].task_id, logs[0].supplier_name) == (run.task_id, source.supplier.name)
    assert "code column" in logs[1].message
    assert (run.status, run.total_rows, run.successful_rows, run.failed_rows) == (Status.PARTIAL_SUCCESS, 3, 1, 2)
    assert run.error_counts["ValidationError"] == {"count": 2, "sample": "No price in column C"}


def test_repetitions_in_a_list(source):
    rows = [
        {"sku": "A", "name": "Bolt", "price": "1"},
        {"sku": "B", "price": "1"},
        {"sku": "A", "name": "Bolt", "price": "1.0"},
        {"sku": "A", "name": "Bolt", "price": "2", "characteristics": {"Size": "M4"}},
        {"sku": "B", "price": "3", "sheet": "Archive"},
    ]
    run = ingest(rows, source)
    assert (run.total_rows, run.successful_rows, run.failed_rows, run.skipped_rows) == (4, 2, 2, 1)
    assert SupplierItem.objects.get(supplier_sku="A").current_price == 1
    first, second = ParsingLog.objects.order_by("id")
    assert "“A” stands in row 2 already" in first.message
    assert first.row_number == 5
    assert first.row_data == {"supplier_sku": "A", "name": "Bolt", "price": "2.0000", "currency": "EUR", "Size": "M4"}
    assert (second.row_number, second.sheet) == (6, "Archive")
    assert "“B” stands in row 3" in second.message


def test_list_without_a_good_row_changes_nothing(source):
    ingest([{"sku": "A", "price": "1"}], source)
    run = ingest([{"error": "bad"}, {"error": "worse"}], source)
    assert (run.status, run.error_type, run.failed_rows) == (Status.FAILURE, "ValidationError", 2)
    assert "No row" in run.message
    assert ParsingLog.objects.filter(run=run).count() == 2
    assert SupplierItem.objects.get().missing_since is None


def test_empty_list_fails(source):
    assert ingest([], source).status == Status.FAILURE


def test_stock_list_updates_known_items(source):
    ingest([{"sku": "A", "name": "Bolt", "price": "1", "stock": [5, "in_stock"]}, {"sku": "B", "price": "1"}], source)
    rows = [{"sku": "A", "stock": [0, "out_of_stock"]}, {"sku": "X", "stock": [3, "in_stock"]}, {"sku": "B"}]
    run = ingest(rows, source, mode="stock")
    item = SupplierItem.objects.get(supplier_sku="A")
    assert (item.stock, item.availability, item.current_price, item.name) == (0, "out_of_stock", 1, "Bolt")
    assert not item.product.is_available
    assert (run.new_items, run.changed_items, run.missing_items) == (0, 1, 0)
    assert (run.successful_rows, run.failed_rows) == (1, 2)
    messages = list(ParsingLog.objects.order_by("id").values_list("message", flat=True))
    assert "“X” is not known" in messages[0]
    assert "nothing of its stock" in messages[1]
    assert SupplierItem.objects.count() == 2


def test_price_list_without_names_updates_known_items(fearless_source):
    ingest(
        [{"sku": "A", "name": "Bolt", "price": "1", "stock": [5, "in_stock"]}, {"sku": "B", "price": "1"}],
        fearless_source,
    )
    rows = [{"sku": "A", "name": "", "price": "2", "retail": "4"}, {"sku": "B", "name": "", "price": "1"}]
    run = ingest(rows, fearless_source, mode="prices")
    item = SupplierItem.objects.get(supplier_sku="A")
    assert (item.name, item.current_price, item.retail_price, item.stock) == ("Bolt", 2, 4, 5)
    assert prices_of(item) == [(1, "EUR"), (2, "EUR")]
    assert item.product.lowest_price == 2
    assert (run.changed_items, run.unchanged_items, run.failed_rows) == (1, 1, 0)


def test_shared_product_has_the_lowest_price(source):
    shared = ProductFactory(currency="EUR")
    for number, price in enumerate(("7", "5", "9")):
        other = SourceFactory()
        ingest([{"sku": "A", "price": price, "stock": [number, "in_stock" if number else "out_of_stock"]}], other)
        SupplierItem.objects.filter(source=other).update(product=shared)
    ingest([{"sku": "A", "price": "6.5", "stock": [1, "in_stock"]}], SupplierItem.objects.earliest("id").source)
    shared.refresh_from_db()
    assert (shared.lowest_price, shared.is_available) == (5, True)


def test_categories_are_found_again(source):
    parent = Category.objects.create(name="Metal")
    Category.objects.create(name="Bolts", parent=parent)
    rows = [
        {"sku": "A", "price": "1", "category": ["Metal", "Bolts"]},
        {"sku": "B", "price": "1", "category": ["Metal"]},
        {"sku": "C", "price": "1", "category": ["Bolts", "Metal"]},
        {"sku": "D", "price": "1", "category": ["Metal", "N" * 300]},
    ]
    ingest(rows, source)
    assert Category.objects.count() == 5
    products = {item.supplier_sku: item.product for item in SupplierItem.objects.select_related("product__category")}
    assert products["A"].category.parent == parent
    assert products["B"].category == parent
    assert products["C"].category.parent.name == "Bolts"
    assert len(products["D"].category.name) == 255


def test_identical_content_is_not_processed(source):
    rows = [{"sku": "A", "price": "1"}]
    ingest(rows, source)
    again = ingest(rows, source)
    assert (again.status, again.total_rows, again.progress) == (Status.SUCCESS, 0, 100)
    assert "nothing was to be done" in again.message
    forced = ingest(rows, source, force=True)
    assert (forced.total_rows, forced.unchanged_items) == (1, 1)


def test_content_of_the_list_before_last_is_processed(source):
    ingest([{"sku": "A", "price": "1"}], source)
    ingest([{"sku": "A", "price": "2"}], source)
    ingest([{"sku": "A", "price": "1"}], source)
    assert SupplierItem.objects.get().current_price == 1


def test_other_reading_settings_are_no_identical_content(source):
    rows = [{"sku": "A", "price": "1"}]
    ingest(rows, source)
    again = create_run(price_list=price_list(rows, source), config={"sheet_name": "Other"})
    run_ingestion(again)
    assert again.total_rows == 1


def test_dry_run_stores_nothing_but_its_findings(source):
    run = ingest([{"sku": "A", "price": "1", "category": ["New"]}, {"error": "bad"}], source, dry_run=True)
    assert (run.status, run.new_items, run.failed_rows) == (Status.PARTIAL_SUCCESS, 1, 1)
    assert not SupplierItem.objects.exists()
    assert not Product.objects.exists()
    assert not Category.objects.exists()
    assert not ParsingLog.objects.exists()
    real = ingest([{"sku": "A", "price": "1", "category": ["New"]}, {"error": "bad"}], source)
    assert real.new_items == 1


def test_refused_list(source):
    run = queued([], source, refuse="There is no price column.")
    with pytest.raises(ParserError):
        run_ingestion(run)
    assert (run.status, run.error_type, run.message) == (Status.FAILURE, "ParserError", "There is no price column.")
    log = ParsingLog.objects.get()
    assert (log.row_number, log.message, log.run) == (None, "There is no price column.", run)


def test_mistake_of_a_parser_is_a_clear_failure(source, caplog):
    run = queued([{"sku": "A", "price": "1"}, {"raise": "boom"}], source)
    with pytest.raises(IngestionError):
        run_ingestion(run)
    assert run.status == Status.FAILURE
    assert "RuntimeError: boom" in run.message
    assert "boom" in caplog.text
    assert not SupplierItem.objects.exists()


def test_internal_sku_that_people_have_given_already(source):
    ingest([{"sku": "A", "price": "1"}], source)
    taken = f"P-{SupplierItem.objects.get().product_id + 1:08d}"
    ProductFactory(internal_sku=taken, id=10**9)
    ingest([{"sku": "B", "price": "1"}], source)
    item = SupplierItem.objects.get(supplier_sku="B")
    assert item.product.internal_sku == f"{taken}-{item.pk}"


def test_database_that_refuses_the_data(source):
    ingest([{"sku": "A", "price": "1"}], source)
    ProductFactory(id=SupplierItem.objects.get().product_id + 1)
    run = queued([{"sku": "B", "price": "1"}], source)
    with pytest.raises(DatabaseError):
        run_ingestion(run)
    assert (run.status, run.error_type) == (Status.FAILURE, "DatabaseError")


def test_what_can_heal_goes_back_to_the_queue():
    run = remote_run()
    with pytest.raises(NetworkError):
        run_ingestion(run)
    assert (run.status, run.retry_count, run.message) == (Status.QUEUED, 1, "nobody answers")
    RemoteParser.answers = [{"rows": [{"sku": "A", "price": "1"}]}]
    run_ingestion(run)
    assert (run.status, run.message, run.error_type, run.retry_count) == (Status.SUCCESS, "", "", 1)
    assert run.price_list.original_name == "fetched.list"


def test_what_does_not_heal_in_time_fails():
    run = remote_run()
    for _ in range(4):
        with pytest.raises(NetworkError):
            run_ingestion(run)
    assert (run.status, run.retry_count) == (Status.FAILURE, 3)
    assert ParsingLog.objects.get().error_type == "NetworkError"


def test_to_the_end_in_this_process(monkeypatch):
    pauses: list[float] = []
    monkeypatch.setattr("time.sleep", pauses.append)
    RemoteParser.answers = [
        NetworkError("away"),
        NetworkError("slow", retry_after=9),
        {"rows": [{"sku": "A", "price": "1"}]},
    ]
    run = remote_run()
    run_to_end(run)
    assert (run.status, run.retry_count, [round(pause) for pause in pauses]) == (Status.SUCCESS, 2, [1, 9])


def test_to_the_end_in_vain(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)
    run = remote_run()
    run_to_end(run)
    assert run.status == Status.FAILURE


def test_file_that_is_gone(source):
    run = queued([], source)
    run.price_list.delete()
    run.refresh_from_db()
    with pytest.raises(ConfigurationError, match="deleted"):
        run_ingestion(run)


def test_supplier_that_is_gone(source):
    run = queued([], source)
    source.supplier.delete()
    run.refresh_from_db()
    with pytest.raises(ConfigurationError, match="deleted"):
        run_ingestion(run)
    assert run.status == Status.FAILURE


def test_one_run_of_a_supplier_at_a_time(source):
    run = queued([{"sku": "A", "price": "1"}], source)
    with work_on(source.supplier_id), pytest.raises(SupplierBusy):
        run_ingestion(run)
    run.refresh_from_db()
    assert run.status == Status.QUEUED
    with work_on(SupplierFactory().pk):
        run_ingestion(run)
    assert run.status == Status.SUCCESS


def test_run_whose_worker_died_is_taken_over(source):
    run = queued([{"sku": "A", "price": "1"}], source)
    IngestionRun.objects.filter(pk=run.pk).update(status=Status.RUNNING)
    run_ingestion(run)
    assert (run.status, run.retry_count) == (Status.SUCCESS, 1)


def test_dead_run_of_the_supplier_gives_way(source):
    dead, run = queued([], source), queued([{"sku": "A", "price": "1"}], source)
    IngestionRun.objects.filter(pk=dead.pk).update(status=Status.RUNNING)
    with pytest.raises(RunMoved, match="earlier lists"):
        run_ingestion(run)
    dead.refresh_from_db()
    assert (run.status, dead.status) == (Status.QUEUED, Status.QUEUED)
    assert not work_off(source.supplier_id, seconds=60)
    run.refresh_from_db()
    dead.refresh_from_db()
    assert (run.status, dead.status) == (Status.SUCCESS, Status.FAILURE)


def test_finished_run_is_not_run_again(source):
    run = ingest([{"sku": "A", "price": "1"}], source)
    with pytest.raises(RunMoved):
        run_ingestion(run)
    assert PriceHistory.objects.count() == 1


@pytest.mark.parametrize(
    ("does", "says"),
    [
        ({"die": signal.SIGSEGV}, "crashed"),
        ({"take": 1 << 40}, "MB of memory"),
        ({"raise": "boom"}, "RuntimeError: boom"),
    ],
)
def test_a_reader_that_falls_over_is_a_failure_of_the_list_at_once(source, does, says):
    run = queued([*({"sku": f"A{number}", "price": "1"} for number in range(5000)), does], source)
    with pytest.raises(ParserError, match=says):
        run_ingestion(run)
    assert (run.status, run.retry_count) == (Status.FAILURE, 0)
    assert says in run.message
    assert not SupplierItem.objects.exists()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_list_whose_reader_was_killed_from_outside_is_tried_again(source, number):
    """As by a machine that runs out of memory, or a container that is stopped: the list may be innocent."""
    rows = [{"sku": f"A{number}", "price": "1"} for number in range(5000)]
    run = queued([*rows, {"die": number}], source)
    for attempt in range(1, run.max_retries + 1):
        with pytest.raises(ParserError, match="killed from outside"):
            run_ingestion(run)
        assert (run.status, run.retry_count) == (Status.QUEUED, attempt)
        assert "killed from outside" in run.message
    with pytest.raises(ParserError, match="killed from outside"):
        run_ingestion(run)
    assert (run.status, run.is_dead_letter) == (Status.FAILURE, True)
    assert "killed from outside" in run.message
    assert not SupplierItem.objects.exists()


def test_cancelled_while_it_works(source, monkeypatch):
    rows = [{"sku": f"A{number}", "price": "1"} for number in range(1500)]
    run = queued(rows, source, rows_expected=1500)

    def cancelled_first(run: IngestionRun) -> OpenedList:
        mark_cancelled(run)
        return open_for_run(run)

    monkeypatch.setattr("ingestion.pipeline.read.open_for_run", cancelled_first)
    run_ingestion(run)
    assert run.status == Status.CANCELLED
    assert not SupplierItem.objects.exists()


def cancel_from_elsewhere(*args, **options):
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("UPDATE ingestion_ingestionrun SET status = 'cancelled'")
    other.close()


def test_cancelled_at_the_last_moment(source, monkeypatch):
    run = queued([{"sku": "A", "price": "1"}], source)
    instead_of(monkeypatch, "log", lambda context: cancel_from_elsewhere() or log(context))
    run_ingestion(run)
    assert run.status == Status.CANCELLED
    assert not SupplierItem.objects.exists()


def test_database_gone_while_it_works(source, monkeypatch):
    run = queued([{"sku": "A", "price": "1"}], source)

    def cut(*args, **options):
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        other.close()

    instead_of(monkeypatch, "compare", lambda context: cut() or compare(context))
    with pytest.raises(DatabaseError):
        run_ingestion(run)
    assert (run.status, run.retry_count) == (Status.QUEUED, 1)
    assert not SupplierItem.objects.exists()
    monkeypatch.undo()
    run_ingestion(run)
    assert run.status == Status.SUCCESS


def test_failure_of_a_run_that_was_cancelled_meanwhile(source, monkeypatch):
    run = queued([{"sku": "A", "price": "1"}], source)

    def fail(context: Context) -> Context:
        cancel_from_elsewhere()
        raise ZeroDivisionError

    instead_of(monkeypatch, "compare", fail)
    with pytest.raises(ParserError):
        run_ingestion(run)
    run.refresh_from_db()
    assert run.status == Status.CANCELLED
    assert not ParsingLog.objects.exists()
