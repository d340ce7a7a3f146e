"""Lists whose titles are told from items by more than a font; a builder makes one in a language."""

from __future__ import annotations

from ingestion.pricegrid.cells import Cell
from ingestion.pricegrid.cells.grid import Style
from tests.ingestion.pricegrid.zoo.languages import Language
from tests.ingestion.pricegrid.zoo.listing import Listing
from tests.ingestion.pricegrid.zoo.traits import Builder, things

TITLE_ROWS: dict[str, Builder] = {}
HEADS = ("code", "name", "unit", "price")
PER_TITLE = 4
PER_GROUP = 8
ROMAN = ("I", "II", "III", "IV")


def title_rows(builder: Builder) -> Builder:
    TITLE_ROWS[builder.__name__] = builder
    return builder


class Titles:
    """A list with groups of eight items and parts of four; `group` and `part` are those of the next item."""

    def __init__(self, language: Language, variant: int, heads: tuple[str, ...] = HEADS) -> None:
        self.language = language
        self.made = Listing()
        self.made.row(*(language.say(field, variant) for field in heads))

    def group(self, number: int) -> str:
        return self.language.say("groups", number // PER_GROUP)

    def part(self, number: int) -> str:
        return f"{self.language.say('things', number // PER_TITLE)} {chr(ord('A') + number // PER_TITLE)}"

    def item(self, number: int, code: str, name: str, category: tuple[str, ...] | None, *more: Cell) -> None:
        price, unit = self.language.amount(number), self.language.say("piece")
        cells = (code, name, unit, float(price), *more)
        self.made.item(*cells, code=code, name=name, price=price, category=category)


@title_rows
def merged_over_the_table(language: Language, variant: int) -> Listing:
    """Groups and their parts are merged over all columns; a part stands right below its group."""
    titles = Titles(language, variant)
    for i, code, name in things(language):
        at = i - 1
        if at % PER_GROUP == 0:
            row = titles.made.row(titles.group(at), None, None, None, style=Style(bold=True, font_size=14))
            titles.made.merge(row, 1, row, 4)
        if at % PER_TITLE == 0:
            row = titles.made.row(titles.part(at), None, None, None, style=Style(bold=True))
            titles.made.merge(row, 1, row, 4)
        titles.item(i, code, name, (titles.group(at), titles.part(at)))
    return titles.made


@title_rows
def merged_without_a_font(language: Language, variant: int) -> Listing:
    """Nothing but the merge tells a title."""
    titles = Titles(language, variant)
    for i, code, name in things(language):
        if i % PER_GROUP == 1:
            row = titles.made.row(titles.group(i - 1), None, None, None)
            titles.made.merge(row, 1, row, 4)
        titles.item(i, code, name, (titles.group(i - 1),))
    return titles.made


@title_rows
def one_below_the_other(language: Language, variant: int) -> Listing:
    """A group and its part look alike: that two follow one another tells them apart."""
    titles = Titles(language, variant)
    for i, code, name in things(language):
        at = i - 1
        if at % PER_GROUP == 0:
            titles.made.title(titles.group(at), Style(bold=True), column=1)
            titles.made.title(titles.part(at), Style(bold=True), column=1)
        titles.item(i, code, name, (titles.group(at), titles.part(at // PER_GROUP * PER_GROUP)))
    return titles.made


@title_rows
def with_what_stands_in_every_row(language: Language, variant: int) -> Listing:
    """A constant of the list (a brand) stands in the rows of titles, too."""
    titles = Titles(language, variant, (*HEADS, "brand"))
    for i, code, name in things(language):
        if i % PER_GROUP == 1:
            titles.made.row(None, titles.group(i - 1), None, None, "Vexo")
        titles.item(i, code, name, (titles.group(i - 1),), "Vexo")
    return titles.made


@title_rows
def said_in_every_cell(language: Language, variant: int) -> Listing:
    """What was merged once stands in every cell of the row."""
    titles = Titles(language, variant)
    for i, code, name in things(language):
        if i % PER_GROUP == 1:
            titles.made.row(*[titles.group(i - 1)] * len(HEADS))
        titles.item(i, code, name, (titles.group(i - 1),))
    return titles.made


@title_rows
def numbered(language: Language, variant: int) -> Listing:
    """ "1. Pumps", "1.1. Pumps for wells": the numbers tell the depth."""
    titles = Titles(language, variant)
    for i, code, name in things(language):
        at = i - 1
        group = f"{at // PER_GROUP + 1}. {titles.group(at)}"
        part = f"{at // PER_GROUP + 1}.{at % PER_GROUP // PER_TITLE + 1}. {titles.part(at)}"
        if at % PER_GROUP == 0:
            titles.made.title(group, column=1)
        if at % PER_TITLE == 0:
            titles.made.title(part, column=1)
        titles.item(i, code, name, (group, part))
    return titles.made


@title_rows
def numbered_in_roman(language: Language, variant: int) -> Listing:
    """ "I. PUMPS" in one cell."""
    titles = Titles(language, variant)
    for i, code, name in things(language):
        group = f"{ROMAN[(i - 1) // PER_GROUP]}. {titles.group(i - 1).upper()}"
        if i % PER_GROUP == 1:
            titles.made.title(group, column=1)
        titles.item(i, code, name, (group,))
    return titles.made


@title_rows
def roman_number_in_a_cell_of_its_own(language: Language, variant: int) -> Listing:
    """ "I | PUMPS": the number where items have their code."""
    titles = Titles(language, variant)
    for i, code, name in things(language):
        group = titles.group(i - 1).upper()
        if i % PER_GROUP == 1:
            titles.made.row(ROMAN[(i - 1) // PER_GROUP], group, None, None)
        titles.item(i, code, name, (group,))
    return titles.made


@title_rows
def number_in_a_cell_of_its_own(language: Language, variant: int) -> Listing:
    titles = Titles(language, variant)
    for i, code, name in things(language):
        group = titles.group(i - 1)
        if i % PER_GROUP == 1:
            titles.made.row(str((i - 1) // PER_GROUP + 1), group, None, None)
        titles.item(i, code, name, (group,))
    return titles.made


@title_rows
def subtotals_below_groups(language: Language, variant: int) -> Listing:
    """A total below each group, and one of all."""
    titles = Titles(language, variant)
    for i, code, name in things(language):
        if i % PER_GROUP == 1:
            titles.made.title(titles.group(i - 1), Style(bold=True), column=1)
        titles.item(i, code, name, (titles.group(i - 1),))
        if i % PER_GROUP == 0:
            amounts = [language.amount(number) for number in range(i - 7, i + 1)]
            titles.made.row(None, f"{language.total} {titles.group(i - 1)}", None, float(sum(amounts)))
    titles.made.row(None, language.total, None, 123456.0)
    return titles.made
