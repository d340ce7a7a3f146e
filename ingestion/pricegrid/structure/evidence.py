"""What an interpretation explains, in a few named figures between 0 and 1: `weights.json` says what each is worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise
from statistics import median

from ingestion.pricegrid.cells.grid import Cell
from ingestion.pricegrid.cells.merges import SheetRow
from ingestion.pricegrid.cells.texts import cell_text
from ingestion.pricegrid.fields import FIELDS, KNOWN, PRICES, Field
from ingestion.pricegrid.records import ColumnGuess
from ingestion.pricegrid.structure.column_profile import EMPTY_PROFILE, NUMERIC, ColumnProfile, has_letters, shape_of
from ingestion.pricegrid.structure.field_fit import fit
from ingestion.pricegrid.structure.header import Header
from ingestion.pricegrid.structure.interpretations import DiffersIn, Interpretation
from ingestion.pricegrid.structure.sample import Sample, filled_columns, is_empty
from ingestion.pricegrid.values.price import PriceReader, decimal_sign_of_cells
from ingestion.pricegrid.vocabulary import HeaderMatch, best_match, match_header
from ingestion.pricegrid.vocabulary.price_kinds import NEVER, PRICE_KINDS

WEIGHED_ROWS = 160  # rows; more tell no more
FEWEST = 3
ALL_BUT_FEW = 0.9
HALF, NEARLY_EQUAL = 0.5, 0.006
STEADY_RATIO, FAR = 1.6, 7


class Looked:
    """The rows of a sample that are looked at, and what their cells hold; shared by all interpretations."""

    def __init__(self, sample: Sample) -> None:
        rows = sample.rows
        half = WEIGHED_ROWS // 2
        step = max(1, (len(rows) - half) // half)
        self.rows: Sequence[SheetRow] = rows[:half] + rows[half::step]
        self._amounts: dict[int, list[float]] = {}
        self._texts: dict[int, list[bool]] = {}

    def cells(self, column: int) -> list[Cell]:
        return [row.cells[column] if column < len(row.cells) else None for row in self.rows]

    def amounts(self, column: int) -> list[float]:
        """0 where there is none."""
        if column not in self._amounts:
            cells = self.cells(column)
            written, _ = PriceReader(decimal_sign_of_cells(cells) or ".").amounts(cells)
            self._amounts[column] = [float(amount) if amount else 0.0 for amount in written]
        return self._amounts[column]

    def texts(self, column: int) -> list[bool]:
        """Where a text or number stands."""
        if column not in self._texts:
            self._texts[column] = [not is_empty(cell) for cell in self.cells(column)]
        return self._texts[column]

    @cached_property
    def counts(self) -> list[int]:
        """How many cells of each row are filled."""
        return [len(filled_columns(row.cells)) for row in self.rows]


@dataclass(frozen=True)
class Evidence:
    """Of one interpretation, among others that share what was looked at."""

    looked: Looked
    read: Interpretation

    @cached_property
    def start(self) -> int:
        """The first of the looked at rows that is below the header."""
        first = self.read.under.header.data_start
        return next((at for at, row in enumerate(self.looked.rows) if row.number >= first), len(self.looked.rows))

    @cached_property
    def taken(self) -> frozenset[int]:
        """The numbers of the rows that become items."""
        price, named = self.read.price, self.named
        if price is None:
            return frozenset()
        amounts = self.looked.amounts(price)
        return frozenset(
            row.number for at, row in enumerate(self.looked.rows) if at >= self.start and amounts[at] > 0 and named[at]
        )

    @cached_property
    def named(self) -> list[bool]:
        name, code = self.read.name, self.read.code
        names = self.looked.texts(name) if name is not None else None
        codes = self.looked.texts(code) if code is not None else None
        if names is not None and codes is not None:
            return [a and b for a, b in zip(names, codes, strict=True)]
        return names or codes or [False] * len(self.looked.rows)

    def profile(self, column: int | None) -> ColumnProfile:
        return EMPTY_PROFILE if column is None else self.read.under.profiles[column]

    def below(self, column: int) -> list[float]:
        return self.looked.amounts(column)[self.start :]


FiguresByName = dict[str, float]


def figures(evidence: Evidence) -> FiguresByName:
    """All that speaks for an interpretation, or against it, by name."""
    found: FiguresByName = {}
    for say in (_of_choice, _of_memory, _of_rows, _of_header, _of_price, _of_relations, _of_name, _of_code):
        found.update(say(evidence))
    return found


def _of_choice(evidence: Evidence) -> FiguresByName:
    """What the steps one after the other came to, and how sure they were."""
    read = evidence.read
    if read.change is not DiffersIn.NONE or read.price is None:
        change = f"changes_{read.change.value}"
        return {change: 1.0} | ({f"{change}_{_kind(read.was)}": read.was.confidence} if read.was else {})
    guesses = read.columns.guesses
    sure = min(guesses[c].confidence for c in (read.price, read.name, read.code) if c is not None)
    return {"first_choice": 1.0, "first_choice_sure": sure, "first_choice_has_rival": float(read.rival is not None)}


def _of_memory(evidence: Evidence) -> FiguresByName:
    """Whether price, code and name are what they were in the source's last list, as far as their headers are there."""
    read, earlier = evidence.read, evidence.read.under.earlier
    same = [read.columns.first(FIELDS[field]) == column for field, column in earlier.items()]
    return {"earlier_same": float(all(same)), "earlier_other": float(not all(same))} if same else {}


def _kind(guess: ColumnGuess) -> str:
    """What a column is in the reading of first choice."""
    if guess.field in PRICES:
        return "offered"
    return "known" if guess.field in KNOWN else "unknown"


def _of_rows(evidence: Evidence) -> FiguresByName:
    """How many of the rows become items, how many are left unexplained, and how many are left out above."""
    counts, price = evidence.looked.counts, evidence.read.price
    usual = median([count for count in counts[evidence.start :] if count > 1] or [0])
    full = [at for at in range(evidence.start, len(counts)) if counts[at] > 1 and counts[at] >= usual / 2]
    rows = evidence.looked.rows
    clean = sum(rows[at].number in evidence.taken for at in full)
    above = 0
    if price is not None:
        amounts, named = evidence.looked.amounts(price), evidence.named
        above = sum(amounts[at] > 0 and named[at] and counts[at] >= usual / 2 for at in range(evidence.start))
    share = clean / max(len(full), 1)
    return {
        "rows_clean": share,
        "rows_nearly_all_clean": float(share >= ALL_BUT_FEW),
        "rows_hardly_clean": float(share < 0.3),
        "rows_left_out_above": min(1.0, above / FEWEST),
        "rows_few": float(len(full) < FEWEST),
    }


def _of_header(evidence: Evidence) -> FiguresByName:
    header = evidence.read.under.header
    if not header.rows:
        return {"header_none": 1.0}
    heads = [header.last(column) for column in range(evidence.read.under.width)]
    known = [best for text in heads if (best := best_match(text)) and best.field in KNOWN]
    shapes = [shape_of(cell) for row in evidence.looked.rows if row.number in header.rows for cell in row.cells]
    filled = max(sum(bool(text) for text in heads), 1)
    below = sum(_words_of(row, heads) for row in evidence.looked.rows[evidence.start :])
    return {
        "header_known": len({best.field for best in known}) / max(min(filled, 6), 1),
        "header_numbers": min(1.0, sum(shape in NUMERIC for shape in shapes) / filled),
        "header_again": min(1.0, below / FEWEST),
        "header_unsure": 1 - header.confidence,
    }


def _words_of(row: SheetRow, heads: Sequence[str]) -> bool:
    """Whether a row holds the words of the header again."""
    texts = [cell for cell in row.cells if isinstance(cell, str) and len(cell) > 1]
    return len(texts) > 1 and sum(text in heads for text in texts) > len(texts) / 2


def _meaning(header: Header, column: int, fields: Sequence[Field]) -> tuple[HeaderMatch | None, float]:
    """The best match of a column's header among some fields; and how surely it rather is another one."""
    texts = dict.fromkeys((header.last(column), header.text(column).replace(" / ", " ")))
    found = [match for text in texts for match in match_header(text)]
    best = max((each for each in found if each.field in fields), key=lambda each: each.score, default=None)
    other = max((each.score for each in found if each.field not in fields), default=0.0)
    return best, max(0.0, other - (best.score if best else 0.0))


def _of_price(evidence: Evidence) -> FiguresByName:
    column = evidence.read.price
    if column is None:
        return {"price_none": 1.0}
    profile, header = evidence.profile(column), evidence.read.under.header
    best, other = _meaning(header, column, PRICES)
    role = best.role if best else ""
    amounts = list(filter(None, evidence.below(column)))
    found = {
        "price_header": best.score if best else 0.0,
        "price_header_other": other,
        "price_header_unknown": float(bool(header.last(column)) and best is None and not other),
        "price_header_bare": float(bool(header.rows) and not header.text(column)),
        "price_header_long": float(len(header.last(column).split()) > 4),
        "price_fit": fit(Field.PRICE, profile),
        "price_fractions": float(profile.fractions > 0.2 or profile.money > 0.5),
        "price_money": profile.money,
        "price_varied": min(1.0, 2 * profile.distinct),
        "price_same_throughout": float(profile.distinct * max(len(amounts), 1) <= 2 < len(amounts)),
        "price_small": _share(amounts, lambda amount: amount.is_integer() and amount <= 100),
        "price_digits": _share(amounts, lambda amount: amount >= 10**7),
        "price_counts": _counts(amounts),
        "price_rises": _rises(amounts),
        "price_rises_unsaid": 0.0 if best else _rises(amounts),
        "price_said_and_money": best.score * (profile.fractions + profile.money > HALF) if best else 0.0,
        "price_sparse": 1 - min(1.0, profile.filled / 0.8),
        "price_hidden": float(column in evidence.read.under.hidden),
    }
    if best:
        found |= _beside_offers(evidence, column, best)
        found[f"price_says_{role if role in PRICE_KINDS else 'other'}"] = 1.0
    return found


def _beside_offers(evidence: Evidence, column: int, own: HeaderMatch) -> FiguresByName:
    """Whether another column is a price of a better kind, or a like one further to the left or for fewer pieces."""
    header, profiles = evidence.read.under.header, evidence.read.under.profiles
    found: FiguresByName = {}
    for other, profile in enumerate(profiles):
        best = best_match(header.last(other)) if other != column and profile.filled * profile.numeric >= HALF else None
        if best is None or best.field not in PRICES:
            continue
        if _rank(best) < _rank(own):
            found["price_outranked"] = 1.0
        elif _rank(best) == _rank(own) and (best.minimum or 0, other) < (own.minimum or 0, column):
            found["price_after_its_like"] = 1.0
    return found


def _rank(match: HeaderMatch) -> int:
    return PRICE_KINDS[match.role].rank if match.role in PRICE_KINDS else NEVER


def _share(amounts: Sequence[float], is_so: Callable[[float], bool]) -> float:
    return sum(map(is_so, amounts)) / len(amounts) if amounts else 0.0


def _counts(amounts: Sequence[float]) -> float:
    """The numbers from 1 to about as many as there are, in any order: ranks, places, lines."""
    if len(amounts) < FEWEST or not all(map(float.is_integer, amounts)):
        return 0.0
    distinct = set(amounts)
    low, high = min(distinct), max(distinct)
    return float(low <= 2 and high <= 1.6 * len(distinct) + 1 and len(distinct) > 0.6 * len(amounts))


def _rises(amounts: Sequence[float]) -> float:
    """Whole numbers that rise from row to row, or fall: an order, not prices."""
    if len(amounts) < FEWEST + 1 or not all(map(float.is_integer, amounts)):
        return 0.0
    steps = [after - before for before, after in pairwise(amounts)]
    share = max(sum(step > 0 for step in steps), sum(step < 0 for step in steps)) / len(steps)
    return float(share >= 0.95)


def _of_relations(evidence: Evidence) -> FiguresByName:
    """How the price stands to other columns of amounts."""
    price = evidence.read.price
    if price is None:
        return {}
    own = evidence.below(price)
    others = [c for c in _columns_of_amounts(evidence) if c != price]
    found: FiguresByName = {}
    retail = evidence.read.retail
    if retail is not None:
        pairs = [(a, b) for a, b in zip(own, evidence.below(retail), strict=True) if a and b]
        if len(pairs) >= FEWEST:
            found["price_above_retail"] = sum(a > b for a, b in pairs) / len(pairs)
            found["price_below_retail"] = float(all(a <= b for a, b in pairs))
    for column in others:
        found |= dict.fromkeys(_companionship(evidence, price, column), 1.0)
    found |= dict.fromkeys(_products(evidence, own, others), 1.0)
    if _is_sum(own, [evidence.below(column) for column in others[:6]]):
        found["price_is_sum"] = 1.0
    return found


def _columns_of_amounts(evidence: Evidence) -> list[int]:
    """Nearest to the price first, as far as there are not too many."""
    price = evidence.read.price or 0
    profiles = evidence.read.under.profiles
    found = [c for c, profile in enumerate(profiles) if profile.numeric >= 0.6 and not profile.serial]
    return sorted(found, key=lambda column: abs(column - price))[:9]


def _companionship(evidence: Evidence, price: int, column: int) -> list[str]:
    """Another column goes along with the price in a steady ratio: another price, or made of it."""
    ratios = sorted(
        other / own
        for own, other in zip(evidence.below(price), evidence.below(column), strict=True)
        if own > 0 and other > 0
    )
    if len(ratios) < FEWEST:
        return []
    few = len(ratios) // 10
    low, middle, high = ratios[few], ratios[len(ratios) // 2], ratios[-1 - few]
    best, denied = _meaning(evidence.read.under.header, column, PRICES)
    kind = "price" if best and not denied else "other" if denied else "unknown"
    is_far = not 1 / FAR <= middle <= FAR and kind != "price"  # another currency may be a hundred times as much
    if high > STEADY_RATIO * low or is_far or low == high == 1:
        return []
    side = "lower" if middle < 1 else "higher"
    return [f"companion_{side}_{kind}"]


def _products(evidence: Evidence, own: Sequence[float], others: Sequence[int]) -> set[str]:
    """The price times a quantity is a column beside it, or it is itself such a product; list less discount is net."""
    found: set[str] = set()
    columns = {column: evidence.below(column) for column in others[:6]}
    for factor, factors in columns.items():
        for total, totals in columns.items():
            if total == factor:
                continue
            if _holds(zip(own, factors, totals, strict=True), lambda a, q, t: a * q - t):
                found.add("price_times_quantity")
            if _holds(zip(own, factors, totals, strict=True), lambda a, d, net: a * (1 - d / 100) - net):
                found.add("price_before_discount")
            if _holds(zip(totals, factors, own, strict=True), lambda a, d, net: a * (1 - d / 100) - net):
                found.add("price_after_discount")
            if factor < total and _holds(zip(factors, totals, own, strict=True), lambda a, b, t: a * b - t):
                found.add("price_is_product")
    return found


def _is_sum(own: Sequence[float], others: Sequence[Sequence[float]]) -> bool:
    """A price and the fees beside it: two or three columns that add up to it in nearly all rows."""
    for count in (2, 3):
        for parts in combinations(others, count):
            rows = [(total, sum(terms)) for total, *terms in zip(own, *parts, strict=True) if total and all(terms)]
            if len(rows) >= FEWEST and sum(abs(a - b) <= NEARLY_EQUAL * a for a, b in rows) >= ALL_BUT_FEW * len(rows):
                return True
    return False


def _holds(rows: object, off: Callable[[float, float, float], float]) -> bool:
    """Whether three amounts stand to one another like that in nearly all rows, and not by chance of equal ones."""
    full = [row for row in rows if all(row)]  # type: ignore[attr-defined]
    if len(full) < FEWEST:
        return False
    good = sum(abs(off(*row)) <= NEARLY_EQUAL * abs(row[2]) for row in full)
    telling = {row[1] for row in full} - {1.0}
    return good >= ALL_BUT_FEW * len(full) and bool(telling) and any(row[0] != row[2] for row in full)


def _of_name(evidence: Evidence) -> FiguresByName:
    column = evidence.read.name
    if column is None:
        return {"name_none": 1.0}
    profile = evidence.profile(column)
    best, other = _meaning(evidence.read.under.header, column, (Field.NAME,))
    texts = [cell_text(cell) for cell in evidence.looked.cells(column)[evidence.start :] if not is_empty(cell)]
    return {
        "name_header": best.score if best else 0.0,
        "name_header_other": other,
        "name_fit": fit(Field.NAME, profile),
        "name_texts": profile.texts,
        "name_varied": profile.distinct,
        "name_long": min(1.0, profile.length / 25),
        "name_sparse": 1 - profile.filled,
        "name_without_letters": 1 - sum(map(has_letters, texts)) / max(len(texts), 1),
        "name_hidden": float(column in evidence.read.under.hidden),
    }


def _of_code(evidence: Evidence) -> FiguresByName:
    column, read = evidence.read.code, evidence.read
    if column is None:
        heads = (best_match(read.under.header.last(each)) for each in range(read.under.width))
        is_headed = any(best is not None and best.field is Field.SUPPLIER_SKU for best in heads)
        return {"code_none": 1.0, "code_none_though_headed": float(is_headed)}
    profile = evidence.profile(column)
    best, other = _meaning(read.under.header, column, (Field.SUPPLIER_SKU,))
    return {
        "code_header": best.score if best else 0.0,
        "code_header_other": other,
        "code_fit": fit(Field.SUPPLIER_SKU, profile),
        "code_coded": profile.codes,
        "code_distinct": profile.distinct,
        "code_short": float(profile.length < 3),
        "code_sparse": 1 - profile.filled,
        "code_wordy": min(1.0, max(0.0, profile.words - 1) / 2),
    }


def weighed(figures: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in figures.items())
