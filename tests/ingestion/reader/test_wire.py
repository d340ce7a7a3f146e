"""Errors cross the pipe unchanged: the class, the message with its parameters, what they carry."""

from decimal import Decimal

import pytest
from django.utils.translation import gettext_lazy

from ingestion.errors import ConfigurationError, ErrorType, IngestionError, NeedsPerson, NetworkError
from ingestion.pricegrid import ColumnGuess, Field, ListRefused, Message, SheetUnderstanding
from ingestion.reader import read_apart

SINCE = Message("empty since %(n)d", {"n": 3})
NESTED = Message("The column %(letter)s is %(reason)s", {"letter": "C", "reason": SINCE}, "acme.odd_column")
SHEETS = [
    SheetUnderstanding(
        "Prices",
        chosen=True,
        reason=NESTED,
        header_rows=[1, 2],
        data_start_row=3,
        columns=[ColumnGuess("A", "Код", Field.SUPPLIER_SKU, 0.5, NESTED, ("1", "2"), {"filled": 0.25})],
        currency="EUR",
        notes=[NESTED],
        doubts=[Message("Which?")],
    )
]


class OfPlugin(NetworkError):
    """With a constructor of its own."""

    def __init__(self, host: str) -> None:
        super().__init__(f"{host} does not answer", retry_after=7.5)


def raised(error: Exception) -> Exception:
    def work():
        raise error

    with pytest.raises((ListRefused, IngestionError)) as caught:
        read_apart(work)
    return caught.value


def test_a_refusal() -> None:
    sent = ListRefused(NESTED, ErrorType.CONFIGURATION, answerable=True)
    sent.sheets = SHEETS
    got = raised(sent)
    assert isinstance(got, ListRefused)
    assert (got.message, got.error_type, got.answerable, got.sheets) == (NESTED, "ConfigurationError", True, SHEETS)
    assert str(got) == "The column C is empty since 3"


def test_a_question() -> None:
    sent = NeedsPerson("Is it right?", {"changes": [{"kind": "moved", "old": None}], "settings": {"a": 1}})
    sent.sheets = SHEETS
    got = raised(sent)
    assert type(got) is NeedsPerson
    assert (got.message, got.drift, got.sheets) == (sent.message, sent.drift, SHEETS)


def test_an_error_that_may_heal() -> None:
    got = raised(OfPlugin("example.com"))
    assert type(got) is OfPlugin
    assert (got.message, got.can_heal, got.retry_after) == ("example.com does not answer", True, 7.5)
    assert got.error_type == ErrorType.NETWORK


def test_values_of_a_message() -> None:
    values = {"price": Decimal("1.50"), "count": 3, "share": 0.5, "is": True, "no": None}
    got = raised(ConfigurationError(Message("", values)))
    assert isinstance(got, ConfigurationError)
    assert isinstance(got.message, Message)
    assert got.message.params == values


def test_what_is_no_plain_value_arrives_as_its_text() -> None:
    params = {"what": gettext_lazy("Queue"), "why": OSError("no")}
    got = raised(ConfigurationError(Message("%(what)s: %(why)s", params)))
    assert str(got) == "Queue: no"


def test_a_class_that_only_the_reader_knows() -> None:
    def work():
        class Own(NetworkError):
            pass

        raise Own("away")

    with pytest.raises(IngestionError, match="away") as caught:
        read_apart(work)
    assert (type(caught.value), caught.value.can_heal) == (IngestionError, True)
