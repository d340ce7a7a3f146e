"""The discount of a section: the group that rows between the items name, for those below them."""

from __future__ import annotations

from ingestion.pricegrid.cells.merges import SheetRow
from ingestion.pricegrid.cells.texts import cell_text
from ingestion.pricegrid.rows.items import ItemReader
from ingestion.pricegrid.rows.row_kind import RowKind
from ingestion.pricegrid.structure.discounts import SectionDiscounts
from ingestion.pricegrid.structure.sample import filled_columns
from ingestion.pricegrid.values.discount_group import code_of_group

_SPEAKING = (RowKind.SECTION, RowKind.NOTE, RowKind.STRAY, RowKind.CONTINUATION)


class SpokenDiscount:
    """Sets the discount that the reader takes off; nothing where it is not said by such rows."""

    def __init__(self, reader: ItemReader) -> None:
        terms = reader.layout.terms.discounts
        self._discounts = terms if isinstance(terms, SectionDiscounts) else None
        self._on_terms = reader.on_terms
        self._is_beside_titles = False

    def hear(self, row: SheetRow, kind: RowKind) -> bool:
        """Whether the discount may be another one from here on.

        Where titles themselves name a group, one that names none is of no group.
        """
        if self._discounts is None or self._on_terms is None or kind not in _SPEAKING:
            return False
        texts = [cell_text(row.cells[column]) for column in filled_columns(row.cells)]
        said = next((text for text in texts if self._discounts.named_in(text) is not None), None)
        if said is None and not (kind is RowKind.SECTION and self._is_beside_titles):
            return False
        is_more = said is not None and (len(texts) > 1 or code_of_group(said) not in self._discounts.rates)
        self._is_beside_titles = self._is_beside_titles or is_more
        self._on_terms.take_off(None if said is None else self._discounts.named_in(said))
        return True
