"""How rows look: whether one stands out from the items, and what its look says of its depth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ingestion.pricegrid.cells.grid import Cell, Sheet, Style
from ingestion.pricegrid.cells.merges import SheetRow
from ingestion.pricegrid.rows.sections import Look, numbering_depth

LEAST_BLANKS = 2  # a single blank before a text is there by mistake
COMMON = 0.08  # a look that so many of the items have is one of theirs


class Looks:
    """Knows the looks of the items of one sheet, as far as its reader knows styles."""

    def __init__(self, sheet: Sheet, column: int, items: Sequence[SheetRow]) -> None:
        self._sheet = sheet
        found = Counter(_look(style) for row in items if (style := sheet.style(row.number, column + 1)))
        self._usual = frozenset(look for look, count in found.items() if count >= COMMON * len(items))
        self._items = items
        self._indents: dict[int, int] = {}  # by column, of the items

    def stands_out(self, row: int, column: int) -> bool | None:
        """Whether a cell looks unlike the items, or stands further left; None where no styles are known."""
        style = self._sheet.style(row, column + 1)
        if style is None or not self._usual:
            return None
        return _look(style) not in self._usual or style.indent < self._least_indent(column)

    def _least_indent(self, column: int) -> int:
        if column not in self._indents:
            styles = (self._sheet.style(row.number, column + 1) for row in self._items)
            self._indents[column] = min((style.indent for style in styles if style), default=0)
        return self._indents[column]

    def of(self, row: int, column: int, written: Cell, numbers: int = 0) -> Look:
        """What tells the depth of a title; `numbers` where its number stands in a cell of its own."""
        text = written if isinstance(written, str) else ""
        blanks = len(text) - len(text.lstrip())
        indent = blanks if blanks >= LEAST_BLANKS else 0
        look = Look(column=column, numbers=numbers or numbering_depth(text), indent=indent)
        style = self._sheet.style(row, column + 1)
        if style is None:
            return look
        return look._replace(font_size=style.font_size, bold=style.bold, fill=style.fill, indent=style.indent or indent)


def _look(style: Style) -> tuple[bool, bool, str | None, float]:
    return style.bold, style.italic, style.fill, style.font_size
