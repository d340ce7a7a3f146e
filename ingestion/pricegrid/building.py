"""Public, for parsers of sources that this library cannot open: a book that is filled row by row.

    with refusing_damage("my_format"), path.open("rb") as file:
        sheet = HeldSheet("Prices", Limits())
        for number, cells in rows_in(file):
            sheet.add(number, cells)
        return HeldBook("my_format", [sheet])

Numbers that a spreadsheet keeps for dates become dates by `date_reader(number_format, from_1904=False)`; `whole` takes
the fraction off floats that have none. The limits hold for such a book as for every other.
"""

from ingestion.pricegrid.formats.held import HeldBook, HeldSheet
from ingestion.pricegrid.formats.number_formats import date_reader, whole
from ingestion.pricegrid.formats.refusals import refusing_damage

__all__ = ["HeldBook", "HeldSheet", "date_reader", "refusing_damage", "whole"]
