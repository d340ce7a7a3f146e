"""The cells of a book: what one may be, where it stands, how it looks, and a book in which some are corrected.

Public, for those who show cells or change them. Rows count from 1 and columns from 0 where they are indexes (`A` is 0),
but from 1 in `Merge` and `Sheet.style()`.
"""

from ingestion.pricegrid.cells.corrected import CellPlace, CorrectedBook
from ingestion.pricegrid.cells.grid import Cell, CellError, Formula, Merge, Style
from ingestion.pricegrid.cells.letters import column_index, column_letter
from ingestion.pricegrid.cells.memo import Memo
from ingestion.pricegrid.cells.texts import cell_text

__all__ = [
    "Cell",
    "CellError",
    "CellPlace",
    "CorrectedBook",
    "Formula",
    "Memo",
    "Merge",
    "Style",
    "cell_text",
    "column_index",
    "column_letter",
]
