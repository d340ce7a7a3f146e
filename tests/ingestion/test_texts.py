"""Texts for people are made where they are shown; values that differ are never shown as placeholders."""

import pytest

from ingestion.pricegrid import Message
from ingestion.pricegrid.problems import notes, prices
from ingestion.texts import cause_title, notes_from_json, notes_to_json, text_of


@pytest.mark.parametrize(
    ("cause", "title"),
    [
        ("price.date", "“…” is a date, not a price."),
        ("item.bad_price", "The price … of … is not between 0 and 9999999999.9999: correct it."),
        ("price.zero", "The price is zero."),
        ("Entry %(number)d is %(part)s %% wrong.", "Entry … is … % wrong."),
        ("All is 5 % wrong, or 7 %%.", "All is 5 % wrong, or 7 %%."),
        ("acme.unknown", "acme.unknown"),
        ("", ""),
    ],
)
def test_title_of_a_cause(cause, title):
    assert cause_title(cause) == title


def test_a_code_that_nobody_registered_is_told_by_one_of_its_messages():
    assert cause_title("acme.unknown", "Entry 7 is odd.") == "Entry 7 is odd."
    assert cause_title("", "Entry 7 is odd.") == "Entry 7 is odd."
    assert cause_title("price.zero", "Entry 7 is odd.") == "The price is zero."


def test_text_of_a_message():
    assert text_of(prices.NEGATIVE.message(value=-1)) == "The price -1 is below zero."
    assert text_of(Message("As it is: 5 %")) == "As it is: 5 %"
    why = prices.ZERO.message()
    assert text_of(Message("In row %(row)s: %(why)s", {"row": 3, "why": why})) == "In row 3: The price is zero."


def test_notes_of_an_item_are_kept_by_code_and_shown_as_texts():
    said = notes.FROM.message(value="from 12.50\0")
    kept = notes_to_json([said, Message("Entry %(number)s was mended.", {"number": 7})])
    assert kept == [
        {"code": "note.price_from", "params": {"value": "from 12.50"}},
        {"text": "Entry 7 was mended."},
    ]
    assert notes_from_json(kept) == ["It is the lowest of several prices: “from 12.50”.", "Entry 7 was mended."]
    assert notes_from_json(None) == []
    assert notes_from_json([{"code": "acme.gone", "params": {}}]) == ["acme.gone"]
