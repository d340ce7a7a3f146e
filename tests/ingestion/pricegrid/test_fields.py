"""Every field is declared once; what is known of fields elsewhere follows from that."""

from __future__ import annotations

import json

import pytest

from ingestion.pricegrid import fields
from ingestion.pricegrid.fields import FIELDS, Field, Fit
from ingestion.pricegrid.structure.column_profile import profile_column
from ingestion.pricegrid.structure.field_fit import fit
from ingestion.pricegrid.vocabulary.store import vocabulary
from ingestion.texts import field_label


@pytest.mark.parametrize("field", Field)
def test_a_field_is_its_name(field: Field) -> None:
    assert FIELDS[field.value] is field
    assert json.loads(json.dumps({field: field})) == {field.value: field.value}
    assert f"{field}" == field.value


@pytest.mark.parametrize("field", Field)
def test_every_field_is_shown_to_people(field: Field) -> None:
    assert field_label(field) == field.traits.label != ""


def test_labels_are_all_different() -> None:
    assert len({field.traits.label for field in Field}) == len(Field)


def test_a_field_of_another_time_is_shown_by_its_name() -> None:
    assert field_label("colour_of_box") == "colour_of_box"


def test_the_vocabulary_knows_headers_of_no_other_fields() -> None:
    topics = ("headers", "headers_alone", "headers_weak")
    known = {name.partition(":")[0] for topic in topics for name, _ in vocabulary().topics(topic)}
    assert known <= FIELDS.keys()


def test_prices_have_the_kinds_that_headers_tell() -> None:
    kinds = {name for name, _ in vocabulary().topics("price_kinds")}
    assert {price.traits.price_kind for price in fields.PRICES} <= {*kinds, "plain"}


@pytest.mark.parametrize("field", Field)
def test_values_fit_every_field_somehow(field: Field) -> None:
    profile = profile_column(["12.50", "3.10", "4.99"])
    assert 0 < fit(field, profile) <= 1
    assert field.traits.fit in Fit


def test_what_two_fields_are_together_is_said_once() -> None:
    said = [frozenset((field, other)) for field in Field for other in field.traits.beside]
    assert len(said) == len(set(said)) == len(fields.TOGETHER)
