"""Which column is which: by its header, by what stands under it and by its neighbours, each with a reason in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingestion.pricegrid.cells.letters import column_index, column_letter
from ingestion.pricegrid.fields import FIELDS, MANY, Field
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.records import ColumnGuess, Message
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.structure.column_profile import ColumnProfile
from ingestion.pricegrid.structure.field_fit import fit
from ingestion.pricegrid.structure.header import Header
from ingestion.pricegrid.vocabulary import match_header, normalise, vocabulary
from ingestion.pricegrid.vocabulary.headers import SURROGATE

UNMISTAKABLE = 0.97
_NO_HEADER = 0.6  # no header says what a column is that is not surer than that
_PLAIN_NUMBER = 0.02  # of two numbers of a database, the one with letters in it is rather known to others

_GIVEN = gettext_noop("Set for this source")
_UNKNOWN = gettext_noop("The header means nothing known: kept as a characteristic")
_TAKEN = gettext_noop("Another column is a better %(field)s: kept as a characteristic")
_DESCRIBED = gettext_noop("Nothing else says what the items are than this description")
_EACH_ITS_OWN = gettext_noop("Nothing else says what the items are, and each row has its own here")
_SERIAL = gettext_noop("The rows are numbered here")
_EMPTY = gettext_noop("The column is empty")


class Candidate(NamedTuple):
    column: int
    field: Field
    score: float
    reason: Message


@dataclass
class Columns:
    """The guess for every column; `given` are those that people have set."""

    guesses: list[ColumnGuess]
    given: frozenset[int] = frozenset()

    def of(self, field: Field) -> list[int]:
        return [index for index, guess in enumerate(self.guesses) if guess.field == field]

    def first(self, field: Field) -> int | None:
        return next(iter(self.of(field)), None)

    def set(self, column: int, field: Field, confidence: float, reason: Message, *, is_given: bool = False) -> None:
        self.guesses[column] = self.guesses[column]._replace(
            field=field, confidence=confidence, reason=reason, is_given=is_given
        )


def columns_by_header(header: Header, profiles: Sequence[ColumnProfile], hints: Hints) -> Columns:
    """What the headers say, as far as the values allow; a field that can be there once goes to the best column."""
    given = given_fields(header, hints)
    texts = [header.text(column) for column in range(len(profiles))]
    columns = Columns(
        [_unknown(column, texts[column], profiles[column]) for column in range(len(profiles))], frozenset(given)
    )
    taken: set[Field] = set()
    for column, field in given.items():
        columns.set(column, field, 1.0, Message(_GIVEN), is_given=True)
        taken.add(field)
    candidates = [
        each for column in range(len(profiles)) if column not in given for each in _candidates(header, profiles, column)
    ]
    decided = set(given)
    meanings = Counter(each.column for each in candidates)  # of equals, the header that says nothing else comes first
    for candidate in sorted(candidates, key=lambda each: (-each.score, meanings[each.column], each.column)):
        if candidate.column in decided:
            continue
        if candidate.field in taken and candidate.field not in MANY:
            columns.set(candidate.column, Field.CHARACTERISTIC, 0.6, Message(_TAKEN, {"field": candidate.field}))
            continue
        columns.set(candidate.column, candidate.field, candidate.score, candidate.reason)
        decided.add(candidate.column)
        taken.add(candidate.field)
    for field, distinct in ((Field.NAME, 0.0), (Field.SUPPLIER_SKU, UNMISTAKABLE)):
        if field not in taken:
            _take_second_best(columns, [each for each in candidates if each.field == field], profiles, distinct)
    if columns.first(Field.NAME) is None:
        _take_other_names(columns, profiles)
    return columns


def _take_other_names(columns: Columns, profiles: Sequence[ColumnProfile]) -> None:
    """The kind of goods where each row has another one ("Art" of plants), or else a description."""
    own = [column for column in range(len(profiles)) if _names_each_row(profiles[column])]
    longest = max(
        (profiles[column].length for column in own if columns.guesses[column].confidence <= _NO_HEADER), default=0
    )
    kinds = [column for column in own if _is_kind(columns.guesses[column]) and profiles[column].length >= longest]
    described = [column for column in columns.of(Field.DESCRIPTION) if profiles[column].filled]
    for found, reason in ((kinds, _EACH_ITS_OWN), (described, _DESCRIBED)):
        column = next((column for column in found if column not in columns.given), None)
        if column is not None:
            columns.set(column, Field.NAME, columns.guesses[column].confidence, Message(reason))
            return


def _is_kind(guess: ColumnGuess) -> bool:
    words = vocabulary().phrases("headers_alone.category", "headers_weak.category")
    return guess.field in (Field.CATEGORY, Field.CHARACTERISTIC) and bool(words.meanings(guess.header))


def _names_each_row(column: ColumnProfile) -> bool:
    return column.distinct >= UNMISTAKABLE and column.filled >= UNMISTAKABLE and column.texts + column.codes > 0.9


def _take_second_best(
    columns: Columns, candidates: Sequence[Candidate], profiles: Sequence[ColumnProfile], distinct: float
) -> None:
    """A "model" is a characteristic, but the name or the code where nothing better is there."""
    for candidate in sorted(candidates, key=lambda each: (-each.score, each.column)):
        is_free = candidate.column in columns.of(Field.CHARACTERISTIC) and candidate.column not in columns.given
        if is_free and profiles[candidate.column].distinct >= distinct:
            columns.set(candidate.column, candidate.field, candidate.score, candidate.reason)
            return


def _unknown(column: int, text: str, profile: ColumnProfile) -> ColumnGuess:
    if not profile.filled:
        return ColumnGuess(column_letter(column), text, Field.IGNORE, 1.0, Message(_EMPTY))
    if profile.serial:
        return ColumnGuess(column_letter(column), text, Field.IGNORE, 0.8, Message(_SERIAL))
    return ColumnGuess(column_letter(column), text, Field.CHARACTERISTIC, 0.5, Message(_UNKNOWN))


def _candidates(header: Header, profiles: Sequence[ColumnProfile], column: int) -> list[Candidate]:
    """The meanings of a header: its own words first, then those together with the titles above it."""
    parts = header.parts[column]
    if not parts:
        return []
    found: dict[Field, Candidate] = {}
    for text, weight in ((parts[-1], 1.0), (" ".join(parts), 0.97), *((part, 0.8) for part in parts[:-1])):
        for match in match_header(text)[:4]:
            if match.field == Field.SUPPLIER_SKU and not profiles[column].filled:
                continue  # codes are derived, as in a list without such a column
            score = match.score * weight * fit(match.field, profiles[column])
            if match.role == SURROGATE:
                score *= 1 - _PLAIN_NUMBER * profiles[column].numeric
            if score > max(0.35, found[match.field].score if match.field in found else 0):
                found[match.field] = Candidate(column, match.field, score, match.reason)
    if Field.SUPPLIER_SKU in found and Field.IGNORE in found and not profiles[column].serial:
        del found[Field.IGNORE]  # "No." heads line numbers or codes: these do not count
    return list(found.values())


def given_fields(header: Header, hints: Hints) -> Mapping[int, Field]:
    """The columns that people have named, by header text or by letter."""
    by_text = {normalise(header.text(column)): column for column in reversed(range(len(header.parts)))}
    by_text |= {
        normalise(header.last(column)): column for column in reversed(range(len(header.parts))) if header.parts[column]
    }
    named = {**dict.fromkeys(hints.characteristic_columns, Field.CHARACTERISTIC), **hints.column_mapping}
    given: dict[int, Field] = {}
    for key, field in named.items():
        column = by_text.get(normalise(key))
        if column is None:
            column = column_index(key)
        if column is not None and column < len(header.parts) and field in FIELDS:
            given[column] = FIELDS[field]
    return given
