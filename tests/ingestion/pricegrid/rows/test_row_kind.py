"""Every kind of row is told once, with all that whoever shows rows needs of it."""

import pytest

from ingestion.pricegrid.rows.row_kind import ROW_KINDS, RowKind, RowLook


@pytest.mark.parametrize("kind", RowKind)
def test_every_kind_has_words_and_signs(kind):
    assert kind == kind.value == str(kind)
    assert ROW_KINDS[kind.value] is RowKind(kind.value) is kind  # type: ignore[call-arg]  # by value, as any enum
    assert kind.traits.label
    assert kind.traits.plural
    assert len(kind.traits.sign) == (kind is not RowKind.BLANK)
    assert kind.traits.look in RowLook


def test_words_tell_kinds_apart():
    assert len({kind.traits.label for kind in RowKind}) == len({kind.traits.plural for kind in RowKind}) == len(RowKind)
