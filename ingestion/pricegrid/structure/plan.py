"""What is made of one sheet: its header, its columns, and whether that is enough to read it as a price list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from ingestion.pricegrid.cells.grid import Cell, Sheet
from ingestion.pricegrid.cells.letters import column_letter
from ingestion.pricegrid.cells.merges import SheetRow
from ingestion.pricegrid.cells.views import SheetHead, SheetTail
from ingestion.pricegrid.fields import AS_CHARACTERISTICS, CODES, PRICES, TELLING_APART, Field
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.problems import lists
from ingestion.pricegrid.records import ColumnGuess, Message, SheetUnderstanding
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.structure.cascade import columns_of_breaks, doubts_of_price, terms_of_price
from ingestion.pricegrid.structure.column_currency import Shared, says_currency
from ingestion.pricegrid.structure.columns_by_header import Columns
from ingestion.pricegrid.structure.columns_by_values import may_hold_prices
from ingestion.pricegrid.structure.competition import compete
from ingestion.pricegrid.structure.composed_names import columns_of_names
from ingestion.pricegrid.structure.contest import contest_of, not_as_before
from ingestion.pricegrid.structure.fact_columns import fact_columns
from ingestion.pricegrid.structure.gaps import Gaps
from ingestion.pricegrid.structure.header import find_header
from ingestion.pricegrid.structure.header_shape import misplaced_header, names_of_money
from ingestion.pricegrid.structure.in_force import doubts_of_period, period_of_sheet
from ingestion.pricegrid.structure.layout import Layout, Triple, labels_of
from ingestion.pricegrid.structure.period_columns import period_columns
from ingestion.pricegrid.structure.price_terms import FoundTerms
from ingestion.pricegrid.structure.repeated_groups import find_triples
from ingestion.pricegrid.structure.sample import Sample, samples_of, take_sample
from ingestion.pricegrid.structure.settled import settled
from ingestion.pricegrid.structure.side_by_side import WHOLE, Span, TableBeside, hints_of_table, split_of
from ingestion.pricegrid.structure.stands_beside import find_beside
from ingestion.pricegrid.structure.under_header import under_header
from ingestion.pricegrid.structure.which_price import price_kind_of
from ingestion.pricegrid.structure.without_price import columns_shown, why_no_price
from ingestion.pricegrid.values.numbers import Thousandths
from ingestion.pricegrid.values.price import decimal_sign_of_cells, parse_price, thousandths_of_cells
from ingestion.pricegrid.values.superscripts import bear_marks
from ingestion.pricegrid.values.validity import Period
from ingestion.pricegrid.vocabulary import match_header

_EMPTY = gettext_noop("The sheet is empty")
READ = gettext_noop("Prices and items were found")
MOSTLY = 0.5
OTHER_COLUMNS = gettext_noop("From row %(row)s on the columns are others.")
COMPOSED = gettext_noop("No column holds names: they are put together from columns %(columns)s.")
VARIED = 0.5  # a column with more different values than that is not worth remembering
CERTAIN = 0.85
LEAST_PRICE = 0.5  # a price column less sure than that is none: the list is refused
_REPEATED = 0.3  # a column with no more different values than that groups the items


@dataclass
class Plan:
    """`layout` is None where the sheet cannot be read; `understanding.reason` says why.

    `beside` are the plans of further tables on the same sheet, to the right of this one; `below` is that of what stands
    below all of them, in other columns.
    """

    sheet: Sheet
    sample: Sample
    body: list[SheetRow]
    cells: list[list[Cell]]  # of the body, by column
    hints: Hints
    understanding: SheetUnderstanding
    layout: Layout | None = None
    beside: list[Plan] = field(default_factory=list)
    below: Plan | None = None

    @property
    def tables(self) -> list[Plan]:
        """All that is read of the sheet."""
        return [self, *self.beside, *(self.below.tables if self.below else ())]

    def put_below(self, category: str) -> None:
        """Everything on this sheet belongs to one more category."""
        for plan in self.tables:
            if plan.layout:
                plan.layout = replace(plan.layout, category_prefix=(category,))


def plan_sheet(sheet: Sheet, hints: Hints, *, is_text: bool) -> Plan:
    split = split_of(sheet)
    if split is None:
        return _plan_list(sheet, hints, is_text=is_text)
    cut = split.row if split.is_below_a_list else split.below
    upper = sheet if cut is None else SheetHead(sheet, cut)
    spans = [WHOLE] if split.is_below_a_list else split.spans
    first, *others = [
        _plan_table(TableBeside(upper, span), hints_of_table(hints, span, spans), is_text=is_text) for span in spans
    ]
    for span, other in zip(spans[1:], others, strict=True):
        _put_beside(first, other, span.first)
    if cut is not None:
        _put_below(first, plan_sheet(SheetTail(sheet, cut), hints, is_text=is_text), cut)
    return first


def _plan_list(sheet: Sheet, hints: Hints, *, is_text: bool) -> Plan:
    """The one table of a sheet, without what stands beside it."""
    plan = _plan_table(sheet, hints, is_text=is_text)
    beside = None if hints.column_mapping else find_beside(plan.understanding, plan.sample.rows)
    if beside is None:
        return plan
    alone = _plan_table(TableBeside(sheet, Span(0, beside.column)), hints, is_text=is_text)
    if alone.layout is None:
        return plan
    problem = lists.MAYBE_BESIDE if beside.is_list else lists.NOT_OF_THE_LIST
    said = alone.understanding.doubts if beside.is_list else alone.understanding.notes
    said.append(problem.message(column=column_letter(beside.column)))
    return alone


def _put_below(plan: Plan, other: Plan, row: int) -> None:
    """Tables below in other columns are read as well."""
    if _is_alike(plan, other):
        plan.below = other
        plan.understanding.notes = [*plan.understanding.notes, Message(OTHER_COLUMNS, {"row": row})]
        _take_over(plan.understanding, other.understanding)
    else:
        plan.understanding.doubts.append(lists.BELOW.message(row=row, reason=other.understanding.reason))


def _put_beside(plan: Plan, other: Plan, start: int) -> None:
    """The columns of a table to the right are shown with the others."""
    found = other.understanding
    if _is_alike(plan, other):
        plan.beside.append(other)
        plan.understanding.columns = [*plan.understanding.columns[:start], *found.columns[start:]]
        _take_over(plan.understanding, found)
    else:
        doubt = lists.BESIDE.message(column=column_letter(start), reason=found.reason)
        plan.understanding.doubts.append(doubt)


def _is_alike(plan: Plan, other: Plan) -> bool:
    """Whether both are understood, and as lists of one kind."""
    return other.layout is not None and plan.layout is not None and other.layout.mode == plan.layout.mode


def _take_over(understanding: SheetUnderstanding, other: SheetUnderstanding) -> None:
    """What is to be said of a further table of the sheet is said with the first: nothing may be lost silently."""
    understanding.notes = [*understanding.notes, *other.notes]
    understanding.doubts = [*understanding.doubts, *other.doubts]
    understanding.lacks_currency |= other.lacks_currency
    if other.confidence < understanding.confidence:  # the question shows the table that is the less sure
        understanding.confidence, understanding.contest = other.confidence, other.contest


def _plan_table(sheet: Sheet, hints: Hints, *, is_text: bool) -> Plan:
    sample = take_sample(sheet)
    understanding = SheetUnderstanding(None if is_text else sheet.name, chosen=False, reason=Message(_EMPTY))
    plan = Plan(sheet, sample, [], [], hints, understanding)
    if sample.rows:
        _Planner(plan, hints).decide()
    return plan


def plan_tail(plan: Plan, first_row: int) -> Plan | None:
    """A new plan from a row on, where another header begins; None where that is not understood as the same kind."""
    if plan.layout is None or plan.hints.column_mapping or plan.hints.header_row:
        return None
    tail = plan_sheet(SheetTail(plan.sheet, first_row), plan.hints, is_text=plan.layout.sheet is None)
    is_doubtful = len(tail.tables) > 1 or tail.understanding.doubts
    if tail.layout is None or tail.layout.mode != plan.layout.mode or is_doubtful:
        return None
    tail.layout = replace(tail.layout, category_prefix=plan.layout.category_prefix)
    return tail


class _Planner:
    """What the best way to read a sheet comes to."""

    def __init__(self, plan: Plan, hints: Hints) -> None:
        self.plan = plan
        self.hints = hints
        self.outcome = compete(under_header(plan.sheet, plan.sample, find_header(plan.sample, hints), hints))
        self.read = settled(self.outcome)
        under = self.read.under
        plan.sheet, plan.sample = under.sample.sheet, under.sample
        plan.body, plan.cells = under.body, under.cells
        self.header, self.width, self.cells, self.profiles = under.header, under.width, under.cells, under.profiles
        self.currencies = under.currencies
        self.terms = FoundTerms()
        self.composed: tuple[int, ...] = ()  # the columns of names, where none holds them

    def decide(self) -> None:
        columns = self.read.columns
        understanding = self.plan.understanding
        understanding.header_rows = list(self.header.rows)
        understanding.data_start_row = self.header.data_start
        understanding.columns = self._with_values(columns)
        self.composed = columns_of_names(columns, self.header, self.profiles, self.cells)
        mode, problem = self._mode(columns)
        understanding.mode = mode
        understanding.reason = problem or Message(READ)
        if problem is None:
            self.terms = terms_of_price(self.read.under, columns)
            layout = self._layout(columns, mode)
            facts, small = fact_columns(columns, self.cells, layout.decimal), self._thousandths(columns, layout)
            layout = replace(layout, facts=facts, thousandths=small)
            self.plan.layout = layout
            understanding.currency, understanding.decimal_sign = layout.currency, layout.decimal
            understanding.lacks_currency = self._lacks_currency(layout)
            understanding.confidence = round(self.outcome.confidence, 2)
            understanding.contest = contest_of(self.outcome)
            period = self._period(columns, layout)
            if period.is_sure:
                understanding.valid_from, understanding.valid_until = period.start, period.end
            named = columns.first(Field.CURRENCY)
            shared = self.currencies.shared(layout.price, None if named is None else self.cells[named])
            doubts = self._doubts(columns, layout.price, shared)
            understanding.doubts = [*doubts, *doubts_of_period(period, self.hints)]
            understanding.notes = list(self._notes(columns, shared))

    def _period(self, columns: Columns, layout: Layout) -> Period:
        header = "" if layout.price is None else columns.guesses[layout.price].header
        names = (self.plan.sheet.name, self.hints.file_name)
        return period_of_sheet(self.plan.sample.rows, layout.header.data_start, header, names)

    def _with_values(self, columns: Columns) -> list[ColumnGuess]:
        pairs = zip(columns.guesses, self.cells, self.profiles, strict=False)
        return [guess._replace(samples=samples_of(cells), shape=profile.shares()) for guess, cells, profile in pairs]

    def _mode(self, columns: Columns) -> tuple[str, Message | None]:
        """What kind of list it is; or why it is none, with what to do."""
        price, code, name = (columns.first(field) for field in (Field.PRICE, Field.SUPPLIER_SKU, Field.NAME))
        if self.header.rows and self.plan.sample.rows[-1].number < self.header.data_start:
            return "", lists.NO_ITEMS.message(row=self.header.rows[0])
        if price is None:
            has_stock = code is not None and columns.of(Field.STOCK) and self.header.rows
            is_stock = has_stock and not may_hold_prices(columns, self.profiles)
            return ("stock", None) if is_stock else ("", why_no_price(self.read.under, columns.guesses))
        if name is None and not self.composed and code is None:
            return "", lists.NO_NAMES.message(columns=columns_shown(columns.guesses))
        mode = "full" if name is not None or self.composed else "prices"
        return mode, self._price_problem(columns.guesses[price], price)

    def _price_problem(self, guess: ColumnGuess, price: int) -> Message | None:
        if guess.confidence < LEAST_PRICE:
            return lists.UNSURE_PRICE.message(column=guess.letter)
        if not any(parse_price(cell, decimal=".").amount for cell in self.cells[price]):
            return lists.NO_ROWS.message(column=guess.letter)
        return None

    def _doubts(self, columns: Columns, price: int | None, shared: Shared | None) -> Iterator[Message]:
        yield from not_as_before(self.read)
        yield from doubts_of_price(self.read.under, columns, self.terms)
        if misplaced := misplaced_header(self.plan.sample, self.header.rows, self.read.under.body):
            yield misplaced
        for guess, profile in zip(columns.guesses, self.profiles, strict=False):
            if not guess.is_given and (doubt := names_of_money(guess, profile)):
                yield doubt
        has_own = self.hints.default_currency is not None  # else the currency as such is asked for
        if price is not None and shared is not None and shared.taken is None and has_own:
            letter, codes = columns.guesses[price].letter, ", ".join(shared.codes)
            yield lists.WHICH_CURRENCY.message(column=letter, sign=shared.sign, codes=codes)
        unit = self.currencies.other_unit(price) if price is not None and not self.hints.currency else None
        if price is not None and unit is not None:
            guess = columns.guesses[price]
            yield lists.NO_SUCH_CURRENCY.message(column=guess.letter, header=guess.header, sign=unit)
        if price is not None and self.read.rival is not None:
            first, second = (columns.guesses[column] for column in (price, self.read.rival))
            yield lists.TWO_PRICES.message(
                first=first.letter, first_header=first.header, second=second.letter, second_header=second.header
            )
        if price is not None and columns.first(Field.SUPPLIER_SKU) is None and (left := self._codes_left(columns)):
            yield lists.CODES_LEFT.message(column=left.letter, header=left.header)

    def _notes(self, columns: Columns, shared: Shared | None) -> Iterator[Message]:
        yield from self.terms.notes
        hidden = [columns.guesses[column] for column in sorted(self.read.under.hidden) if column < len(self.cells)]
        if used := [guess for guess in hidden if guess.field not in (Field.IGNORE, Field.CHARACTERISTIC, *PRICES)]:
            yield lists.HIDDEN_COLUMNS.message(columns=columns_shown(used))
        if shared is not None and shared.taken is not None:
            yield lists.TAKEN_FOR.message(sign=shared.sign, currency=shared.taken)

    def _codes_left(self, columns: Columns) -> ColumnGuess | None:
        """A column that its header calls a code, or that holds nothing else though no header says what it is.

        Codes that are made of names instead make every item a new one.
        """
        for column, guess in enumerate(columns.guesses):
            profile = self.profiles[column]
            is_left = guess.field in (Field.CHARACTERISTIC, Field.IGNORE) and not guess.is_given
            if not is_left or profile.serial or profile.filled <= MOSTLY:
                continue
            meanings = [match.field for match in match_header(self.header.last(column))[:1]]
            says_code = meanings == [Field.SUPPLIER_SKU] and profile.distinct > MOSTLY
            holds_codes = not meanings and profile.codes > CERTAIN and profile.distinct > _REPEATED
            if says_code or holds_codes:
                return guess
        return None

    def _layout(self, columns: Columns, mode: str) -> Layout:
        price, code, retail = map(columns.first, (Field.PRICE, Field.SUPPLIER_SKU, Field.RETAIL_PRICE))
        names, gaps = self.composed or tuple(columns.of(Field.NAME)), Gaps(self.cells, price)
        triples, breaks = find_triples(self.header), columns_of_breaks(self.read.under, columns)
        retail, kept = self._with_list_price(price, retail, self._kept(columns, triples, {b.column for b in breaks}))
        return Layout(
            sheet=self.plan.understanding.name,
            mode=mode,
            header=self.header,
            width=self.width,
            labels=labels_of(columns, self.header),
            price=price,
            code=code,
            names=names,
            names_are_composed=bool(self.composed),
            terms=self.terms.terms,
            retail=retail,
            breaks=breaks,
            periods=period_columns(columns, self.cells, self.hints.today),
            money=tuple(column for field in PRICES for column in columns.of(field)),
            currency_column=columns.first(Field.CURRENCY),
            currency=self._currency(price),
            default_currency=self.hints.default_currency,
            home=self.currencies.home,
            decimal=self._decimal(columns, price),
            footnotes=price is not None and bear_marks(self.cells[price]),
            stock=tuple(columns.of(Field.STOCK)),
            categories=tuple(columns.of(Field.CATEGORY)),
            characteristics=kept,
            varied=frozenset(column for column in kept if self.profiles[column].distinct > VARIED),
            further_codes=frozenset(column for column in kept if columns.guesses[column].field in CODES),
            triples=triples,
            telling=tuple(column for field in TELLING_APART for column in columns.of(field)),
            carried_down=gaps.written_once((*names[:1], *columns.of(Field.CATEGORY))),
            codes_optional=gaps.codes_are_optional(code),
            codes_have_fractions=code is not None and self.profiles[code].fractions > 0,
            zero_is_price=self.hints.zero_is_price,
            sections=self.hints.section_rule,
            formats=self._formats((price, retail, *(each.column for each in breaks)), code),
        )

    def _with_list_price(
        self, price: int | None, retail: int | None, kept: tuple[int, ...]
    ) -> tuple[int | None, tuple[int, ...]]:
        """What a discount is taken off is kept: as the retail price where it is one, else as it stands there."""
        if price is None or self.terms.terms.discounts is None:
            return retail, kept
        if retail is None and price_kind_of(self.header, price) in ("retail", "client"):
            return price, kept
        return retail, tuple(sorted({*kept, price}))

    def _kept(self, columns: Columns, triples: Sequence[Triple], breaks: AbstractSet[int]) -> tuple[int, ...]:
        """The columns that are characteristics of their own."""
        inside = breaks | {column for triple in triples for column in triple if column is not None}
        return tuple(
            column
            for column, guess in enumerate(columns.guesses)
            if guess.field in AS_CHARACTERISTICS and column not in inside and self.profiles[column].filled
        )

    def _decimal(self, columns: Columns, price: int | None) -> str | None:
        """The decimal sign that the price column itself shows, else all prices together, else the supplier's."""
        if price is None or self.hints.decimal_sign:
            return self.hints.decimal_sign or self.hints.default_decimal_sign
        own, others = self.cells[price], self._prices(columns)
        currency = self._usual_currency(price)
        found = decimal_sign_of_cells(own, currency) or decimal_sign_of_cells(others, currency)
        return found or self.hints.default_decimal_sign

    def _thousandths(self, columns: Columns, layout: Layout) -> Thousandths:
        """Whether prices have three decimals, unless people have said which sign is the decimal one."""
        if layout.price is None or self.hints.decimal_sign or self.hints.default_decimal_sign:
            return Thousandths.SURE
        return thousandths_of_cells(self._prices(columns), layout.decimal, self._usual_currency(layout.price))

    def _prices(self, columns: Columns) -> list[Cell]:
        return [cell for field in PRICES for column in columns.of(field) for cell in self.cells[column]]

    def _usual_currency(self, price: int) -> str | None:
        return self._currency(price) or self.hints.default_currency or self.currencies.home

    def _currency(self, price: int | None) -> str | None:
        return self.hints.currency or (self.currencies.of(price) if price is not None else None)

    def _lacks_currency(self, layout: Layout) -> bool:
        """Whether most prices would have none: what a few cells say is not said of the others."""
        if layout.price is None or layout.currency or layout.default_currency:
            return False
        named = self.cells[layout.currency_column] if layout.currency_column is not None else []
        said = says_currency(self.cells[layout.price], named, self.currencies.home)
        return not said and not self.currencies.differ(layout.price)

    def _formats(self, prices: Sequence[int | None], code: int | None) -> frozenset[int]:
        """The columns whose number formats have to be looked at cell by cell."""
        priced = [column for column in prices if column is not None]
        wanted = {each for each in priced if self.currencies.differ(each) or self.currencies.show_a_basis(each)}
        if code is not None and any(self.currencies.has_format(code, zeros) for zeros in ("00", "0.0")):
            wanted.add(code)
        return frozenset(wanted)
