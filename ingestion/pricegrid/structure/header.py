"""Where the header is: no row, one row or several, merged or not, anywhere in the first rows of a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.cells.merges import SheetRow, widened
from ingestion.pricegrid.fields import PRICES, Field
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.structure.column_profile import NUMERIC, Shape, shape_of
from ingestion.pricegrid.structure.items_above_header import COMPARED, first_item_above, items_above
from ingestion.pricegrid.structure.sample import Sample, filled_columns, is_empty
from ingestion.pricegrid.values.currency import find_currency
from ingestion.pricegrid.vocabulary import best_match, vocabulary
from ingestion.pricegrid.vocabulary.contacts import is_contact

_SEARCHED_ROWS = 60
_LONGEST_HEADER = 90
LEAST = 1.4
_CONVINCING = 2.5
LOOK_FURTHER = 5
FAR_BETTER = 1.4  # so many times as many known words make a header of two the better one
_CERTAIN = 0.9
_RIVAL = 0.9  # the known words of a row that is worth being looked at as the header, though another one is
_MOST_RIVALS = 2
_SURE = 0.75  # a header of two known words
_KNOWN = 0.7  # a match at least this good counts as a known word


class Header(NamedTuple):
    """`parts` are the texts above each column from top to bottom; `data_start` is the first row below."""

    rows: tuple[int, ...]
    parts: tuple[tuple[str, ...], ...]
    data_start: int
    confidence: float
    reason: Message
    section: str = ""  # a title that stands right above a header which is repeated further down

    def text(self, column: int) -> str:
        return " / ".join(self.parts[column]) if column < len(self.parts) else ""

    def last(self, column: int) -> str:
        return self.parts[column][-1] if column < len(self.parts) and self.parts[column] else ""


class Score(NamedTuple):
    """`complete`: it names a price, and a name or a code; `prices` are the columns below which prices would stand."""

    known: float
    complete: bool
    prices: tuple[int, ...] = ()


def find_header(sample: Sample, hints: Hints) -> Header:
    if hints.header_row:
        rows = [row for row in sample.rows if row.number in hints.header_row]
        return _header(sample, rows, 1.0, Message(gettext_noop("The header rows were given")), hints)
    if hints.has_header is False:
        return _none(sample, Message(gettext_noop("The list was said to have no header")), hints)
    candidates = sample.rows[:_SEARCHED_ROWS]
    scores = _scores(sample, candidates)
    best = _best(sample, scores)
    if best is None:
        return _without_known_words(sample, candidates, hints)
    rows = _grown(sample, candidates, best)
    header = _header(sample, rows, _confidence(scores[best]), _words(candidates[best]), hints)
    start = first_item_above(sample, best, sample.rows.index(rows[0]))
    return header if start is None or hints.data_start_row else header._replace(data_start=start.number)


def _confidence(score: Score) -> float:
    return min(1.0, 0.5 + score.known / 8)


def _words(row: SheetRow) -> Message:
    return Message(gettext_noop("Row %(row)s holds known header words"), {"row": row.number})


def rival_headers(sample: Sample, found: Header, hints: Hints) -> list[Header]:
    """What else may head the list: the rows that hold most known words beside that of `found`; or none of them."""
    if hints.header_row or hints.has_header is False or hints.data_start_row:
        return []
    rows = sample.rows[:_SEARCHED_ROWS]
    taken = [row for row in rows if row.number in found.rows]
    scores = _scores(sample, rows)
    likely = [
        at
        for at, score in enumerate(scores)
        if score.known >= _RIVAL and not any(row.number == rows[at].number or _same(row, rows[at]) for row in taken)
    ]
    best = sorted(likely, key=lambda at: (-scores[at].known, at))[:_MOST_RIVALS]
    grown = [(_grown(sample, rows, at), at) for at in best]
    rivals = [_header(sample, found, _confidence(scores[at]), _words(rows[at]), hints) for found, at in grown]
    if found.rows and found.confidence < _SURE:
        rivals.append(_none(sample, Message(gettext_noop("No row looks like a header")), hints))
    return [each for each in rivals if each.rows != found.rows]


def _scores(sample: Sample, rows: Sequence[SheetRow]) -> list[Score]:
    """Row by row, until a header has been found and enough rows below it are none."""
    scores: list[Score] = []
    for row in rows:
        scores.append(_score(sample, row))
        above = scores[:-LOOK_FURTHER]
        if any(score.known >= _CONVINCING and _has_amounts(rows[at + 1 :], score) for at, score in enumerate(above)):
            break
    return scores


def _best(sample: Sample, scores: Sequence[Score]) -> int | None:
    """The first row that is complete, else the first nearly as good as the best: further down it is only repeated.

    A row among items that is not complete is one of them, even if it holds words that head columns elsewhere.
    """
    may_be_one = [score.complete or not items_above(sample, index) for index, score in enumerate(scores)]
    may_be_one = [
        may and not _is_letterhead(sample, scores, index) and not _is_like_its_neighbours(sample, index)
        for index, may in enumerate(may_be_one)
    ]
    top = max((score.known for score, may_be in zip(scores, may_be_one, strict=True) if may_be), default=0)
    if top < LEAST:
        return None
    least = 0.75 * top
    is_complete = any(
        each.complete and each.known >= least for each, may in zip(scores, may_be_one, strict=True) if may
    )
    good = (score.complete or (score.known >= least and not is_complete) for score in scores)
    return next(index for index, is_good in enumerate(good) if is_good and may_be_one[index])


def _is_letterhead(sample: Sample, scores: Sequence[Score], index: int) -> bool:
    """Whether a far better header stands further down, and no amounts under this one until there."""
    score = scores[index]
    if not score.complete:
        return False
    better = (at for at in range(index + 1, len(scores)) if scores[at].known >= FAR_BETTER * score.known)
    below = next((at for at in better if scores[at].complete), None)
    return below is not None and not _has_amounts(sample.rows[index + 1 : below], score)


def _is_like_its_neighbours(sample: Sample, index: int) -> bool:
    """Whether a row has numbers and texts where one beside it has them: what heads a table is of another kind."""
    shapes, *others = (
        [shape_of(cell) for cell in sample.rows[at].cells]
        for at in (index, index - 1, index + 1)
        if 0 <= at < len(sample.rows)
    )
    return shapes in others and any(shape in NUMERIC for shape in shapes)


def _has_amounts(rows: Sequence[SheetRow], score: Score) -> bool:
    """Whether numbers stand below the columns that a header says are prices."""
    cells = (row.cells[column] for row in rows[:COMPARED] for column in score.prices if column < len(row.cells))
    return any(shape_of(cell) in NUMERIC for cell in cells)


def _score(sample: Sample, row: SheetRow) -> Score:
    """About the number of columns whose text is a known header word; nothing for what reads like an item."""
    known: dict[str, float] = {}
    fields, prices = set(), []
    numbers = texts = 0
    no_price = False
    for column, cell in enumerate(_cells(sample, row)):
        shape = shape_of(cell)
        if isinstance(cell, str) and is_contact(cell):
            continue
        numbers += shape in NUMERIC
        if shape in (Shape.TEXT, Shape.CODE):
            texts += 1
            field, score = _match(str(cell))
            no_price = no_price or (score < _CERTAIN and _is_no_price(cell))
            key = str(cell) if field in PRICES else field
            known[key] = max(known.get(key, 0), score)
            fields.add(field)
            prices += [column] * (field in PRICES)
    if not texts or numbers > len(known) or (len(known) < 2 and texts > 2):
        return Score(0, complete=False)
    complete = not numbers and bool(fields & {Field.NAME, Field.SUPPLIER_SKU}) and bool(prices)
    if no_price and not complete:  # "discontinued" also heads a column
        return Score(0, complete=False)
    return Score(sum(known.values()) - 0.5 * numbers, complete, tuple(prices))


def _match(text: str) -> tuple[str, float]:
    if len(text) > _LONGEST_HEADER:
        return "", 0
    best = best_match(text)
    return (best.field, best.score) if best and best.score >= _KNOWN else ("", 0)


def _cells(sample: Sample, row: SheetRow) -> list[Cell]:
    return widened(row, sample.sheet.merges)


def _grown(sample: Sample, rows: Sequence[SheetRow], best: int) -> list[SheetRow]:
    """The best row with the header rows around it."""
    first = last = best
    while first > 0 and _is_upper(sample, rows[first - 1], rows[first], rows[best]):
        first -= 1
    while last + 1 < len(rows) and _is_lower(sample, rows[last], rows[last + 1]):
        last += 1
    return list(rows[first : last + 1])


def _is_upper(sample: Sample, row: SheetRow, below: SheetRow, main: SheetRow) -> bool:
    """Group titles above the header: merged across some columns, or several short texts above filled columns."""
    if below.number - row.number > 1:
        return False
    columns = filled_columns(row.cells)
    cells = [row.cells[column] for column in columns]
    if any(shape_of(cell) not in (Shape.TEXT, Shape.CODE) or _is_no_price(cell) for cell in cells):
        return False
    if any(is_contact(str(cell)) for cell in cells):
        return False
    width = len(filled_columns(_cells(sample, main)))
    for merge in sample.sheet.merges:
        if merge.first_row == row.number and 1 <= merge.last_col - merge.first_col < 0.8 * max(width - 1, 1):
            return True
    if any(shape_of(cell) is Shape.CODE and not _match(str(cell))[0] for cell in cells):
        return False
    above = [column for column in columns if len(str(row.cells[column])) <= 25]
    return len(above) >= 2 and len(above) >= 0.5 * len(columns)


def _is_lower(sample: Sample, row: SheetRow, below: SheetRow) -> bool:
    """Further header rows: sub-titles below merged titles, more known words, units, or a row of column numbers."""
    columns = [column for column in filled_columns(below.cells) if column not in below.carried]
    texts = [str(below.cells[column]).strip() for column in columns]
    if is_numbering(texts):
        return True
    if below.number - row.number > 1:
        return False
    if len(set(texts)) < 2:
        return len(texts) > 1 and _says_what_all_are(texts[0], [row.cells[column : column + 1] for column in columns])
    if any(shape_of(below.cells[column]) not in (Shape.TEXT, Shape.CODE) for column in columns):
        return _are_breaks(sample, row, columns)
    under = _under_groups(sample, row, below)
    if under.intersection(columns) and all(column in under or _is_free(row, column) for column in columns):
        return True
    known = sum(_match(text)[1] > 0 or _is_unit(text) for text in texts)
    is_known = known >= max(2, 0.6 * len(columns)) and not _same(row, below)
    return is_known and not any(map(_is_no_price, texts))


def _says_what_all_are(text: str, above: Sequence[Sequence[Cell]]) -> bool:
    """One known word below different names: "Stock" below each store."""
    names = {str(cells[0]).strip() for cells in above if cells and isinstance(cells[0], str)}
    return len(names) == len(above) and _match(text)[1] >= _CERTAIN and text not in names


def _is_no_price(cell: Cell) -> bool:
    """ "On request" stands in place of a price, not above one."""
    return isinstance(cell, str) and bool(vocabulary().phrases("no_price").exact(cell))


def _is_unit(text: str) -> bool:
    """ "kg", "(pcs)", "EUR" below a header."""
    bare = text.strip("()[] ")
    return bool(vocabulary().phrases("units").exact(bare)) or (len(bare) <= 4 and find_currency(bare) is not None)


def _under_groups(sample: Sample, row: SheetRow, below: SheetRow) -> set[int]:
    """The columns below titles that are merged across several columns."""
    groups = [merge for merge in sample.sheet.merges if merge.first_row <= row.number <= merge.last_row < below.number]
    return {column for m in groups if m.last_col > m.first_col for column in range(m.first_col - 1, m.last_col)}


def _are_breaks(sample: Sample, row: SheetRow, columns: Sequence[int]) -> bool:
    """Quantities such as 1 | 10 | 100 below a title of prices."""
    titles = {str(cells[column]) for column in columns if column < len(cells := _cells(sample, row))}
    return len(columns) > 1 and len(titles) == 1 and _match(titles.pop())[0] in PRICES


def _is_free(row: SheetRow, column: int) -> bool:
    return column >= len(row.cells) or is_empty(row.cells[column])


def _same(row: SheetRow, other: SheetRow) -> bool:
    return [str(cell) for cell in row.cells if cell] == [str(cell) for cell in other.cells if cell]


def is_numbering(cells: Sequence[object]) -> bool:
    """1 | 2 | 3 | 4 under the header."""
    texts = [str(cell).strip().removesuffix(".0") for cell in cells]
    if len(texts) < 3 or not all(text.isdigit() for text in texts):
        return False
    numbers = [int(text) for text in texts]
    return numbers[0] == 1 and numbers == list(range(1, len(numbers) + 1))


def _without_known_words(sample: Sample, rows: Sequence[SheetRow], hints: Hints) -> Header:
    """A row of texts above columns of numbers is a header also in a language that nobody taught us."""
    for index, row in enumerate(rows[: _SEARCHED_ROWS // 2]):
        columns = filled_columns(row.cells)
        if len(columns) < 2 or any(shape_of(row.cells[column]) is not Shape.TEXT for column in columns):
            continue
        below = sample.rows[index + 1 : index + 1 + COMPARED]
        if items_above(sample, index) or any(_is_no_price(row.cells[column]) for column in columns):
            break
        if len(below) >= 2 and _numbers_stand_under(columns, below):
            reason = Message(gettext_noop("Row %(row)s is a row of texts above numbers"), {"row": row.number})
            return _header(sample, [row], 0.5, reason, hints)
        break
    return _none(sample, Message(gettext_noop("No row looks like a header")), hints)


def _numbers_stand_under(columns: Sequence[int], below: Sequence[SheetRow]) -> bool:
    for column in columns:
        shapes = [shape_of(row.cells[column]) for row in below if column < len(row.cells)]
        if sum(shape in NUMERIC for shape in shapes) >= max(2, 0.7 * len(below)):
            return True
    return False


def _none(sample: Sample, reason: Message, hints: Hints) -> Header:
    first = sample.rows[0].number if sample.rows else 1
    return Header((), ((),) * sample.width, hints.data_start_row or first, 0.5, reason)


def _header(sample: Sample, rows: Sequence[SheetRow], confidence: float, reason: Message, hints: Hints) -> Header:
    numbers = tuple(row.number for row in rows)
    cells = [_cells(sample, row) for row in rows if not is_numbering([cell for cell in row.cells if cell is not None])]
    parts = tuple(_parts(cells, column) for column in range(sample.width))
    start = hints.data_start_row or (max(numbers, default=0) + 1)
    return Header(numbers, parts, start, confidence, reason, _section_above(sample, rows))


def _parts(rows: Sequence[Sequence[Cell]], column: int) -> tuple[str, ...]:
    """The texts over one column, each once; a long text far above is a title, not a header."""
    found: list[str] = []
    for depth, cells in enumerate(rows):
        text = unbroken(str(cells[column])) if column < len(cells) and cells[column] is not None else ""
        is_title = depth < len(rows) - 1 and len(text) > 60
        if text and found and _ends_in_hyphen(found[-1]):
            found[-1] = unbroken(f"{found[-1]}\n{text}")
        elif text and text not in found and not is_title:
            found.append(text)
    return tuple(found)


def _ends_in_hyphen(text: str) -> bool:
    return len(text) > 1 and text[-1] in "-\u00ad" and text[-2].isalpha()


def unbroken(text: str) -> str:
    """In one line, with words that a hyphen breaks over two made whole: "Bestell-" above "menge" is "Bestellmenge"."""
    whole = ""
    for line in map(str.strip, text.split("\n")):
        if not _ends_in_hyphen(whole):
            whole = f"{whole} {line}"
        elif line[:1].islower() or (line.isupper() and whole.split()[-1].isupper()):
            whole = whole[:-1] + line
        else:
            whole += line  # "Artikel-" above "Nr."
    return " ".join(whole.split())


def _section_above(sample: Sample, rows: Sequence[SheetRow]) -> str:
    """The title above a header that is written again above every section."""
    if not rows:
        return ""
    titled = [
        above for above, row in pairwise(sample.rows) if _same(row, rows[0]) and len(filled_columns(above.cells)) == 1
    ]
    if len(titled) < 2:
        return ""
    above = next((above for above, row in pairwise(sample.rows) if row.number == rows[0].number), None)
    columns = filled_columns(above.cells) if above else []
    return str(above.cells[columns[0]]).strip() if above and len(columns) == 1 else ""
