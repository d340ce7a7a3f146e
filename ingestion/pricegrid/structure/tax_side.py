"""A column that says for each row whether its price is with tax."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.cells.texts import cell_text
from ingestion.pricegrid.fields import PRICES
from ingestion.pricegrid.values.tax import tax_of
from ingestion.pricegrid.vocabulary import match_header, vocabulary

_MOST_ANSWERS = 4
_YES, _NO = ("in_stock", "1"), ("out_of_stock", "0")  # as the vocabulary has answers


class TaxByRow(NamedTuple):
    """What the texts of a column mean; `is_mixed`: prices with tax stand among prices without."""

    column: int
    meanings: Mapping[str, bool]

    @property
    def is_mixed(self) -> bool:
        return len(set(self.meanings.values())) > 1

    def of(self, cell: Cell) -> bool | None:
        """Also of a text that stands only further down."""
        text = cell_text(cell).strip()
        return self.meanings[text] if text in self.meanings else side_said(text)


@lru_cache(maxsize=4096)
def side_said(text: str) -> bool | None:
    """What a text beside an amount says: there "brutto" is about nothing else."""
    said = set(vocabulary().phrases("tax").exact(text)) & {"included", "excluded"}
    return "included" in said if len(said) == 1 else tax_of(text).included


def tax_by_row(columns: Sequence[Sequence[Cell]], headers: Sequence[str], price: int) -> TaxByRow | None:
    tax, answers = vocabulary().phrases("tax"), vocabulary().phrases("answers")
    for column, cells in enumerate(columns):
        texts = {cell_text(cell).strip() for cell in cells} - {""}
        if not 0 < len(texts) <= _MOST_ANSWERS or column == price:
            continue
        side = tax.meanings(headers[column]) & {"included", "excluded"}
        said = {text: set(tax.exact(text)) & {"included", "excluded"} for text in texts}
        if all(len(each) == 1 for each in said.values()) and _are_about_tax(headers[column], texts):
            return TaxByRow(column, {text: "included" in each for text, each in said.items()})
        replies = {text: _answer(set(answers.exact(text)) or {text}) for text in texts}
        if len(side) == 1 and len(texts) > 1 and None not in replies.values():
            return TaxByRow(column, {text: reply is ("included" in side) for text, reply in replies.items()})
    return None


def _are_about_tax(header: str, texts: Iterable[str]) -> bool:
    """ "Incl." and "gross" may be about batteries and weights, unless the header is about tax or prices."""
    if vocabulary().phrases("tax").meanings(header) or any(match.field in PRICES for match in match_header(header)):
        return True
    return all(tax_of(text).included is not None for text in texts)


def _answer(said: set[str]) -> bool | None:
    if len(said) != 1:
        return None
    return True if said & set(_YES) else False if said & set(_NO) else None
