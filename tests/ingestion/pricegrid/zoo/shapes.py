"""Lists whose rows are damaged or marked in their file; each writer makes a file of one in the words of a language."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from openpyxl.styles import Font

from tests.ingestion.parsers.files import write_xlsx
from tests.ingestion.pricegrid.zoo.languages import Language
from tests.ingestion.pricegrid.zoo.listing import Listing
from tests.ingestion.pricegrid.zoo.traits import things

FIELDS = ("code", "name", "unit", "price", "stock")


class Shaped(NamedTuple):
    """`doubtful` are rows that must not become items without a note."""

    listing: Listing
    path: Path
    doubtful: tuple[int, ...] = ()


Writer = Callable[[Language, Path], Shaped]
SHAPES: dict[str, Writer] = {}


def shape(writer: Writer) -> Writer:
    SHAPES[writer.__name__] = writer
    return writer


def list_of(language: Language) -> Listing:
    made = Listing(is_text=True)
    made.row(*(language.say(field) for field in FIELDS))
    for i, code, name in things(language):
        price = language.amount(i)
        cells = (code, name, language.say("piece"), language.pay(price), str(i * 3))
        made.item(*cells, code=code, name=name, price=price, quantity=i * 3)
    return made


def written(made: Listing, folder: Path) -> Path:
    path = folder / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(made.cells)
    return path


@shape
def narrow_header(language: Language, folder: Path) -> Shaped:
    """The header lacks a cell that every row has: nothing below it stands where it says."""
    made = list_of(language)
    for row in made.wanted:
        made.cells[row - 1].insert(2, str(row % 7))
    return Shaped(made, written(made, folder))


@shape
def header_without_its_last_cell(language: Language, folder: Path) -> Shaped:
    made = list_of(language)
    made.cells[0].pop()
    made.wanted = {row: wanted._replace(quantity=None) for row, wanted in made.wanted.items()}
    return Shaped(made, written(made, folder))


@shape
def surplus_cell(language: Language, folder: Path) -> Shaped:
    """Two names were parted by a delimiter in them: what follows stands one column further right."""
    made = list_of(language)
    for row in (5, 11):
        parts = made.wanted[row].name.rsplit(" ", 1)
        made.cells[row - 1][1:2] = parts
        made.wanted[row] = made.wanted[row]._replace(name=";".join(parts))
    return Shaped(made, written(made, folder))


@shape
def surplus_number(language: Language, folder: Path) -> Shaped:
    """Something stands before the price of two rows: it is another price, for all that anybody knows."""
    made = list_of(language)
    for row in (6, 12):
        made.cells[row - 1].insert(3, language.pay(language.amount(row + 30)))
    return Shaped(made, written(made, folder))


@shape
def missing_cell(language: Language, folder: Path) -> Shaped:
    """The unit of two rows is missing, and its delimiter with it."""
    made = list_of(language)
    for row in (4, 9):
        del made.cells[row - 1][2]
    return Shaped(made, written(made, folder))


@shape
def struck_out_rows(language: Language, folder: Path) -> Shaped:
    """Whole rows are struck out: they are withdrawn."""
    made = list_of(language)
    for i, row in enumerate(sorted(made.wanted), 1):
        made.cells[row - 1][3:] = [float(language.amount(i)), i * 3]
    struck = (4, 8, 13)

    def strike(sheet: object) -> None:
        for row in struck:
            for cell in sheet[row]:  # type: ignore[index]
                cell.font = Font(strike=True)

    path = write_xlsx(folder / "list.xlsx", made.cells, strike)
    made.wanted = {row: wanted for row, wanted in made.wanted.items() if row not in struck}
    return Shaped(made, path)


@shape
def struck_out_texts(language: Language, folder: Path) -> Shaped:
    """A struck-out old price stands in a column of its own beside the price: the row is none that is withdrawn."""
    made = list_of(language)
    made.cells[0].insert(3, language.say("retail"))
    for i, row in enumerate(sorted(made.wanted), 1):
        price = float(language.amount(i))
        made.cells[row - 1][3:] = [round(price * 1.5, 2), price, i * 3]

    def strike(sheet: object) -> None:
        for row in made.wanted:
            sheet.cell(row, 4).font = Font(strike=True)  # type: ignore[attr-defined]

    return Shaped(made, write_xlsx(folder / "list.xlsx", made.cells, strike))
