"""Rows out of the XML of a worksheet.

Most rows of a sheet have one of a few forms: cells in the same columns, with the same attributes. Where a form comes
again and again, a regular expression of its own takes whole rows. Other rows are cut cell by cell, and what that does
not take either goes through the XML parser. Each step is some times as fast as the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from lxml import etree

from ingestion.pricegrid.cells.grid import Cell, CellError, Formula, Style
from ingestion.pricegrid.cells.letters import column_letter
from ingestion.pricegrid.cells.struck_out import NOT_STRUCK, Struck
from ingestion.pricegrid.formats.limits import Limits
from ingestion.pricegrid.formats.number_formats import date_reader, iso_moment, whole
from ingestion.pricegrid.formats.xlsx.texts import all_runs, unescaped
from ingestion.pricegrid.formats.xml import elements, local, parse_row
from ingestion.pricegrid.marking import gettext_noop

# Patterns are possessive and go no further than the next `<`, so that they take time in proportion to the text.
ATTRIBUTE = re.compile(r"(?<![\w:])([\w:]++)\s*+=\s*+[\"']([^\"']*+)[\"']")
ROW_NUMBER = re.compile(r'\br="([0-9]++)"')
_LETTERS = re.compile(r"[A-Z]{1,3}(?=[0-9])")
# column letters, other attributes, value, inline text, formula, its result
RawCell = tuple[str, str, str, str, str, str]
RowLooks = tuple[tuple[str, str], ...]  # column letters and other attributes of each cell
_Reader = Callable[[str], Cell]
look_of = itemgetter(0, 1)
_STRUCK = "struckStr"  # a type that no file says: an inline text that is struck out from end to end
_OFTEN = 8  # so many rows of one form are worth an expression of its own
MOST_FORMS, WIDEST_FORM = 64, 200
TRIED_FORMS = 3
LONGEST_NUMBER = 18  # digits
LEARNING, RETRIED = 4, 16  # blocks
WATCHED_FORMS = 2_000  # a sheet with more of them than that has none that come again
MOST_READERS = 100_000  # attributes of cells that differ from one another
_ELEMENTS = gettext_noop("cells and marks in one row")
_LOOKS = gettext_noop("cells in rows that look like no other row")


@lru_cache(maxsize=8)
def cell_pattern(p: str) -> re.Pattern[str]:
    """Takes a cell from its start to its very end, or not at all: the number of cells taken tells if any was left."""
    value, inline = rf"<{p}v>([^<]*+)</{p}v>", rf"<{p}is><{p}t[^<>]*+>([^<]*+)</{p}t></{p}is>"
    formula = rf"<{p}f([^<]*+)(?:</{p}f>)?(?:{value}|<{p}v/>)?"
    end = f"</{p}c>"
    return re.compile(
        rf'<{p}c r="([A-Z]{{1,3}})[0-9]++"([^<>]*+)>(?:{value}{end}|{inline}{end}|(?<=/>)|{end}|{formula}{end})'
    )


class _Columns(dict[str, int]):
    """The index of a column, from 0, by its letters."""

    def __missing__(self, letters: str) -> int:
        index = 0
        for letter in letters:
            index = index * 26 + ord(letter) - 64
        self[letters] = index - 1
        return index - 1


COLUMN_INDEXES = _Columns()


class _Look(NamedTuple):
    """What the attributes of a cell say: the number of its format, and its type."""

    style: int
    kind: str


@lru_cache(maxsize=4096)
def look(attributes: str) -> _Look:
    given = dict(ATTRIBUTE.findall(attributes))
    style = given.get("s", "0")
    return _Look(int(style[:9]) if style.isdecimal() else 0, given.get("t", "n"))


class Readers(dict[str, _Reader]):
    """What reads a value, by the text of the cell's attributes: understood once, however many cells share it."""

    def __init__(self, styles: Sequence[Style], strings: Sequence[str], limits: Limits, *, from_1904: bool) -> None:
        self.styles, self.strings, self.limits, self.from_1904 = styles, strings, limits, from_1904
        self.known_looks: dict[RowLooks, RowLooks] = {}
        self.known_cells: dict[tuple[str, str], tuple[str, str]] = {}
        self.held = 0
        self.struck_styles = {index for index, style in enumerate(styles) if style.struck_out}
        self.struck_looks: dict[RowLooks, frozenset[int]] = {}
        self.may_be_struck = bool(self.struck_styles) or Struck in set(map(type, strings))

    def struck(self, looks: RowLooks) -> frozenset[int]:
        """The columns whose cells look struck out."""
        if not self.struck_styles:
            return NOT_STRUCK
        if looks not in self.struck_looks:
            struck = (letters for letters, attributes in looks if look(attributes).style in self.struck_styles)
            self.struck_looks[looks] = frozenset(COLUMN_INDEXES[letters] for letters in struck)
        return self.struck_looks[looks]

    def looks(self, raw: Sequence[RawCell]) -> RowLooks:
        """Rows mostly look like others, so that one tuple serves them all."""
        if len(self.styles) < 2:
            return ()
        looks = tuple(map(look_of, raw))
        return self.known_looks.get(looks) or self.remember(looks)

    def remember(self, looks: RowLooks) -> RowLooks:
        before = len(self.known_cells)
        kept = tuple(self.known_cells.setdefault(cell, cell) for cell in looks)
        self.held += len(kept) + 20 * (
            len(self.known_cells) - before
        )  # a cell like no other takes twenty times as much
        self.limits.check_count(self.held, self.limits.looks, _LOOKS, "XLSX")
        self.known_looks[kept] = kept
        return kept

    def __missing__(self, attributes: str) -> _Reader:
        style, kind = look(attributes)
        reader = self.reader(kind, style)
        if len(self) < MOST_READERS:
            self[attributes] = reader
        return reader

    def reader(self, kind: str, style: int) -> _Reader:
        if kind == "s":
            strings = self.strings
            return lambda value: strings[int(value)]
        if kind == _STRUCK:
            self.may_be_struck = True
            return lambda value: Struck(unescaped(value))
        if kind == "n" and style < len(self.styles):
            dated = date_reader(self.styles[style].number_format, from_1904=self.from_1904)
            if dated:
                return lambda value: dated(float(value))
        return _READERS.get(kind, _number)


def _number(text: str) -> int | float:
    return int(text) if text.isdecimal() else whole(float(text))


_READERS: dict[str, _Reader] = {
    "str": unescaped,
    "inlineStr": unescaped,
    "e": CellError,
    "b": lambda value: value.strip() in ("1", "true"),
    "d": iso_moment,
}


class CutRow(NamedTuple):
    """`number` is None where the row does not say it; the looks are left out where all cells look alike."""

    number: int | None
    cells: list[Cell]
    looks: RowLooks


class RowForm:
    """Takes rows of one form, from start to end."""

    def __init__(self, prefix: str, raw: Sequence[RawCell], readers: Readers) -> None:
        self.looks = readers.looks(raw)
        pattern = "".join(form_of_cell(prefix, cell) for cell in raw)
        self.match = re.compile(rf'\s*+<{prefix}row r="([0-9]++)"[^>]*+>{pattern}</{prefix}row>').match
        filled = [cell for cell in raw if is_filled(cell)]
        self.columns = [COLUMN_INDEXES[cell[0]] for cell in filled]
        self.width = len(filled) if self.columns == list(range(len(filled))) else self.columns[-1] + 1
        found = [readers[cell[1]] for cell in filled]
        self.read = [(place, read) for place, read in enumerate(found) if read is not unescaped]
        self.texts = [place for place, read in enumerate(found) if read is unescaped]

    def row(self, match: re.Match[str], *, escapes: bool) -> CutRow | None:
        """None where a value is empty: that is no cell at all."""
        number, *values = match.groups()
        if "" in values:
            return None
        if escapes and ("&" in (text := match[0]) or "_x" in text):
            for place in self.texts:
                values[place] = unescaped(values[place])
        for place, read in self.read:
            values[place] = read(values[place])
        return CutRow(int(number), values if self.width == len(values) else self.spread(values), self.looks)

    def spread(self, values: Sequence[Cell]) -> list[Cell]:
        cells: list[Cell] = [None] * self.width
        for column, value in zip(self.columns, values, strict=True):
            cells[column] = value
        return cells


def form_of_cell(p: str, cell: RawCell) -> str:
    letters, attributes, value, inline, _, _ = cell
    start, end = rf'<{p}c r="{letters}[0-9]++"{re.escape(attributes)}>', f"</{p}c>"
    if inline:
        return rf"{start}<{p}is><{p}t[^>]*+>([^<]*+)</{p}t></{p}is>{end}"
    if is_filled(cell):
        formula = "" if value else rf"<{p}f[^<]*+(?:</{p}f>)?"
        return rf"{start}{formula}<{p}v>([^<]*+)</{p}v>{end}"
    return start if attributes.endswith("/") else start + end


def is_filled(cell: RawCell) -> bool:
    return bool(cell[2] or cell[3] or cell[5])


def _kind_of(cell: RawCell) -> tuple[str, str, bool, bool, bool]:
    letters, attributes, value, inline, _, result = cell
    return letters, attributes, bool(value), bool(inline), bool(result)


class RowCutter:
    """Cuts blocks of a worksheet, each ending after a row, into rows and cells."""

    def __init__(self, prefix: str, readers: Readers, limits: Limits) -> None:
        self.prefix, self.readers, self.limits = prefix, readers, limits
        namespace = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
        self.root, self.root_end = f'<{prefix}worksheet {namespace}="urn:x">', f"</{prefix}worksheet>"
        self.row_tag, self.row_end, self.cell_tag = f"<{prefix}row", f"</{prefix}row>", f"<{prefix}c"
        self.value_tags = tuple(f"<{prefix}{name}" for name in ("v", "is", "f"))
        self.find_cells = cell_pattern(prefix).findall
        self.forms: dict[object, RowForm | int] = {}  # or how often rows of the form were met
        self.latest: list[RowForm] = []
        self.forms_pay, self.blocks = True, 0

    def rows(self, block: str) -> Iterator[CutRow]:
        """Where forms take less than half of the rows they only cost time: they are tried again much later."""
        self.blocks += 1
        if self.row_end not in block:
            return
        if self.forms_pay or self.blocks <= LEARNING or self.blocks % RETRIED == 0:
            yield from self.by_forms(block)
        else:
            for piece in block.split(self.row_end)[:-1]:
                yield self.cut(piece)

    def by_forms(self, block: str) -> Iterator[CutRow]:
        escapes = "&" in block or "_x" in block
        at, end = 0, block.rfind(self.row_end)
        taken = others = 0
        while at <= end:
            for form in self.latest:
                if (match := form.match(block, at)) and (row := form.row(match, escapes=escapes)):
                    at, taken = match.end(), taken + 1
                    if form is not self.latest[0]:
                        self.try_first(form)
                    break
            else:
                stop = block.index(self.row_end, at)
                row, at, others = self.cut(block[at:stop], learns=True), stop + len(self.row_end), others + 1
            yield row
        self.forms_pay = taken > others

    def cut(self, piece: str, *, learns: bool = False) -> CutRow:
        """A row that no form takes; whatever stands before it is passed over."""
        piece = piece[max(piece.rfind(self.row_tag), 0) :]
        given = ROW_NUMBER.search(piece, 0, piece.find(">"))
        number = int(given[1][:LONGEST_NUMBER]) if given else None
        raw = self.find_cells(piece)
        if len(raw) != piece.count(self.cell_tag):
            if not any(tag in piece for tag in self.value_tags):
                return CutRow(number, [], ())
            raw = self.slowly(piece, number or 0)
        elif learns and len(raw) <= WIDEST_FORM:
            self.learn(raw)
        return CutRow(number, self.cells(raw), self.readers.looks(raw))

    def learn(self, raw: list[RawCell]) -> None:
        kinds = tuple(map(_kind_of, raw))
        known = self.forms.get(kinds, 0)
        if isinstance(known, int):
            if known or len(self.forms) < WATCHED_FORMS:
                self.forms[kinds] = known + 1
            if known + 1 != _OFTEN or not self.may_be_form(raw):
                return
            known = self.forms[kinds] = RowForm(self.prefix, raw, self.readers)
        self.try_first(known)

    def try_first(self, form: RowForm) -> None:
        self.latest = [form, *(other for other in self.latest if other is not form)][:TRIED_FORMS]

    def may_be_form(self, raw: list[RawCell]) -> bool:
        columns = [COLUMN_INDEXES[letters] for letters, *_ in raw]
        in_order = all(one < other for one, other in pairwise(columns))
        is_computed = not any(cell[4] and not cell[5] for cell in raw)
        few = sum(isinstance(form, RowForm) for form in self.forms.values()) < MOST_FORMS
        return in_order and is_computed and few and any(map(is_filled, raw))

    def cells(self, raw: list[RawCell]) -> list[Cell]:
        """From column A to the last cell that holds something."""
        cells: list[Cell] = []
        columns, readers = COLUMN_INDEXES, self.readers
        for letters, attributes, value, inline, formula, result in raw:
            if text := value or inline or result:
                cell = readers[attributes](text)
            elif formula and look(attributes).kind != "str":
                cell = Formula(unescaped(formula.partition(">")[2]))
            else:
                continue
            if gap := columns[letters] - len(cells):
                if gap < 0:  # cells out of order
                    cells[gap] = cell
                    continue
                cells.extend([None] * gap)
            cells.append(cell)
        return cells

    def slowly(self, piece: str, number: int) -> list[RawCell]:
        """Any row at all: cells in runs of fonts, with foreign elements, or that do not say where they are."""
        self.limits.check_count(piece.count(self.cell_tag), 2 * self.limits.columns, _ELEMENTS, "XLSX")
        row = parse_row(f"{self.root}{piece}{self.row_end}{self.root_end}".encode(), "XLSX", self.limits)
        cells: list[RawCell] = []
        for position, cell in enumerate(elements(row, "c")):
            place = _LETTERS.match(cell.get("r", ""))
            self.limits.check_columns(0 if place else position + 1, number)
            letters = place[0] if place else column_letter(position)
            parts = {local(child): "".join(map(str, child.itertext())) for child in cell if local(child) != "is"}
            text = all_runs("".join(etree.tostring(child, encoding="unicode") for child in elements(cell, "is")))
            kind = _STRUCK if type(text) is Struck else cell.get("t")
            attributes = "".join(f' {key}="{value}"' for key, value in (("s", cell.get("s")), ("t", kind)) if value)
            formula = ">" + _escaped(parts["f"]) if "f" in parts else ""
            cells.append((letters, attributes, _escaped(parts.get("v", "")), _escaped(text), formula, ""))
        return cells


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;")
