"""The three contracts: what keeps them, what does not, and that the streaming check says the same as the schema."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ingestion.contracts import SCHEMAS, ContractViolation, load_schema
from ingestion.errors import ConfigurationError
from ingestion.models import IngestionRun
from ingestion.pipeline.staging.lines import Lines
from ingestion.pricegrid import Item, ItemFacts, Message, PriceBreak, RowError, Stock
from ingestion.pricegrid.contract import Checker, Refused, refuse
from ingestion.runs.messages import read_queue_message, write_queue_message
from ingestion.runs.results import read_task_result, write_task_result
from tests.ingestion.contracts.rows import check_row

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)


def run(**facts) -> IngestionRun:
    return IngestionRun(
        **{
            "task_id": "t-1",
            "parser_type": "test_list",
            "supplier_name": "Acme",
            "supplier_id": 7,
            "finished_at": NOW,
            **facts,
        }
    )


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.schema.json")), ids=lambda path: path.name)
def test_schemas_are_schemas(path):
    schema = load_schema(path.name.removesuffix(".schema.json"))
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.usefixtures("test_parsers")
class TestQueueMessage:
    def message(self, **changes):
        written = write_queue_message(run(), enqueued_at=NOW, expires_at=NOW + timedelta(hours=1))
        return {name: value for name, value in {**written, **changes}.items() if value is not ...}

    def test_defaults(self):
        message = read_queue_message(self.message(retry_count=..., max_retries=..., priority=...))
        assert (message["retry_count"], message["max_retries"], message["priority"]) == (0, 3, "normal")

    @pytest.mark.parametrize(
        "changes",
        [
            {"task_id": ""},
            {"task_id": "x" * 256},
            {"task_id": ...},
            {"parser_type": ...},
            {"supplier_name": ""},
            {"source_config": "none"},
            {"retry_count": -1},
            {"max_retries": 0},
            {"max_retries": 11},
            {"priority": "urgent"},
            {"enqueued_at": "yesterday"},
            {"expires_at": ...},
            {"content": "rows"},
        ],
        ids=str,
    )
    def test_invalid(self, changes):
        with pytest.raises(ContractViolation):
            read_queue_message(self.message(**changes))

    def test_unknown_parser(self):
        with pytest.raises(ConfigurationError):
            read_queue_message(self.message(parser_type="telepathy"))

    def test_settings_that_the_parser_does_not_know(self):
        with pytest.raises(ConfigurationError):
            read_queue_message(self.message(source_config={"colour": "red"}))

    def test_checked_when_written(self):
        with pytest.raises(ContractViolation):
            write_queue_message(run(supplier_name=""), enqueued_at=NOW, expires_at=NOW)


class TestTaskResult:
    def test_of_a_run(self):
        result = write_task_result(
            run(
                status="partial_success", total_rows=3, successful_rows=2, failed_rows=1, processing_seconds=0.5,
                error_counts={"ValidationError": {"count": 1, "sample": "No price"}},
            )
        )  # fmt: skip
        assert result["status"] == "partial_success"
        assert result["statistics"]["items_per_second"] == 4
        assert result["processed_at"] == "2026-11-02T08:00:00+00:00"

    @pytest.mark.parametrize("status", ["failure", "cancelled", "waiting"])
    def test_whatever_did_not_succeed_is_a_failure(self, status):
        assert write_task_result(run(status=status))["status"] == "failure"

    def test_rows_add_up(self):
        with pytest.raises(ContractViolation, match="3 rows are not 1"):
            write_task_result(run(total_rows=3, successful_rows=1, failed_rows=1))

    def test_invalid(self):
        result = write_task_result(run())
        with pytest.raises(ContractViolation):
            read_task_result({**result, "errors": {"Oops": {"count": 1, "sample": ""}}})


GOOD = Item(1, "A", "Bolt", Decimal("1.5"), "EUR")


class TestRows:
    def test_error(self):
        check_row(RowError(None, "ParserError", Message("bad"), {"A": "x"}))
        with pytest.raises(ContractViolation):
            check_row(RowError(1, "Oops", Message("bad"), {}))

    def test_update_needs_no_name(self):
        check_row(Item(1, "A", "", None, None, stock=Stock(1, "in_stock")), "stock")
        check_row(Item(1, "A", "", Decimal(1), "EUR"), "prices")
        with pytest.raises(ContractViolation):
            check_row(Item(1, "A", "", Decimal(1), "EUR"))


texts = st.one_of(
    st.sampled_from(["", " ", "A", "x" * 255, "x" * 256, "x" * 500, "x" * 501, "\u00a0", "\x1f"]), st.text(max_size=9)
)
amounts = st.one_of(
    st.none(),
    st.sampled_from([Decimal(text) for text in ("0", "-0.0001", "9999999999.9999", "9999999999.99995", "NaN", "1E+3")]),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-10, max_value=10),
)
currencies = st.sampled_from([None, "", "EUR", "eur", "EURO", "€", "ÄÖÜ", "E1R"])
numbers = st.one_of(st.sampled_from([0, 1, 2**31 - 1, 2**31]), st.integers(-5, 5))
stocks = st.one_of(
    st.none(), st.builds(Stock, st.one_of(st.none(), numbers), st.sampled_from(["", "in_stock", "maybe"]))
)
notes = st.lists(st.sampled_from([Message("100 % cotton"), Message("from %(amount)s", {"amount": "5"})]), max_size=2)
words = st.none() | texts
some = [Decimal(text) for text in ("0", "0.00004", "0.00005", "12.5", "NaN", "1E+11")]
quantities = st.none() | st.sampled_from(some)
facts = st.builds(
    ItemFacts,
    brand=words,
    mpn=words,
    barcode=st.sampled_from([None, "04006381333931", "4006381333931", "0400638133393١", ""]),
    unit=words,
    pack_size=quantities,
    minimum_order=quantities,
    order_multiple=quantities,
    price_breaks=st.none()
    | st.lists(st.builds(PriceBreak, quantities.filter(bool), amounts.filter(bool)), max_size=3).map(tuple),
    tax_rate=st.sampled_from([None, *map(Decimal, ("0", "19", "100", "100.1", "-1"))]),
    tax_included=st.sampled_from([None, True, False]),
    country=st.sampled_from([None, "DE", "de", "DEU", ""]),
    lead_time=st.none() | numbers,
    weight=st.sampled_from([None, *map(Decimal, ("0", "0.0005", "-1", "99999999.9999995", "99999999.999999"))]),
    link=st.sampled_from(
        [None, "https://a.example/b", "javascript:alert(1)", "https://a b", f"http://{2000 * 'x'}", ""]
    ),
    picture=st.sampled_from([None, "http://a.example/b.png", "ftp://a.example"]),
)
items = st.builds(
    Item,
    row_number=numbers,
    supplier_sku=texts,
    name=texts,
    price=amounts,
    currency=currencies,
    retail_price=amounts,
    stock=stocks,
    notes=notes.map(tuple),
    valid_from=st.none(),
    valid_until=st.none(),
    per_quantity=st.just(1) | numbers,
    facts=st.just(ItemFacts()) | facts,
)


def keeps_contract(item: Item, mode: str) -> bool:
    try:
        check_row(item, mode)
    except ContractViolation:
        return False
    return True


@given(item=items, mode=st.sampled_from(["full", "stock", "prices"]))
@example(item=Item(1, "A", "B", Decimal("9999999999.99995"), "EUR"), mode="full")
@example(item=Item(1, "A", "B", Decimal("9999999999.99994"), "EUR", Decimal("9999999999.99995")), mode="full")
def test_the_streaming_check_says_the_same_as_the_schema(item, mode):
    passes = Checker(mode).is_fine(item)
    if mode == "full":
        assert passes == keeps_contract(item, mode)
    elif passes:  # of an update, only what it updates is looked at
        assert keeps_contract(item, mode)
    if not passes:
        with pytest.raises(Refused) as refused:
            refuse(item, mode)
        assert str(refused.value.message)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"supplier_sku": " "}, "no code"),
        ({"supplier_sku": "x" * 256}, "256 characters"),
        ({"name": ""}, "no name"),
        ({"name": "x" * 501}, "501 characters"),
        ({"price": None}, "no price"),
        ({"price": Decimal(-1)}, "price -1"),
        ({"currency": None}, "no currency"),
        ({"currency": "euro"}, "“euro”"),
        ({"retail_price": Decimal("NaN")}, "price NaN"),
        ({"row_number": 0}, "“0”"),
        ({"stock": Stock(2**40, "in_stock")}, "quantity"),
        ({"per_quantity": 0}, "for “0”"),
        ({"facts": ItemFacts(barcode="04006381333932")}, "barcode"),
        ({"facts": ItemFacts(brand="x" * 101)}, "brand"),
        ({"facts": ItemFacts(pack_size=Decimal("0.00001"))}, "pack_size"),
        ({"facts": ItemFacts(price_breaks=(PriceBreak(Decimal(10), Decimal(-1)),))}, "price_breaks"),
        ({"facts": ItemFacts(link="javascript:alert(1)")}, "link"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said(changes, words):
    line = Lines("full").of(GOOD._replace(**changes))
    error_type, message, _cause, _raw = line.split("\t")[-4:]
    assert error_type == "ValidationError"
    assert words in message
