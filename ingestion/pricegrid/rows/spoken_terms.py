"""What rows further down say prices are for, in or with, where the first rows say otherwise or nothing of it."""

from __future__ import annotations

from collections.abc import Iterator

from ingestion.pricegrid.cells.merges import SheetRow
from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.rows.row_kind import RowKind
from ingestion.pricegrid.rows.spoken_currency import spoken_texts
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.structure.layout import Layout
from ingestion.pricegrid.structure.price_terms import PriceTerms, differs, is_about_prices
from ingestion.pricegrid.values.price_basis import basis_or_measure_of
from ingestion.pricegrid.values.tax import tax_of
from ingestion.pricegrid.vocabulary import normalise


def contradictions_of(row: SheetRow, kind: RowKind, layout: Layout, hints: Hints) -> Iterator[Message]:
    """Items above are on their way already: so what such a row says is only noted. People's own word settles it."""
    if layout.price is None:
        return
    kind = RowKind.NOTE if kind is RowKind.CONTINUATION else kind  # in lower case it may go on with the item above
    header = normalise(layout.header.last(layout.price))
    for text in spoken_texts(row, kind, layout.price):
        if is_about_prices(text) and normalise(text) != header:
            yield from _contradictions(row.number, text, layout.terms, hints)


def _contradictions(row: int, text: str, terms: PriceTerms, hints: Hints) -> Iterator[Message]:
    basis, tax = basis_or_measure_of(text), tax_of(text)
    is_by_row = terms.is_by_row or bool(hints.per_quantity or hints.price_scale)
    if not is_by_row and differs(basis, terms):
        yield lists.BASIS_OF_ROW.message(row=row, basis=basis.words)
    if (
        not hints.tax_side
        and terms.tax_column is None
        and terms.late_tax is None
        and tax.included not in (None, terms.tax.included)
    ):
        yield lists.TAX_OF_ROW.message(row=row, tax=tax.words)
