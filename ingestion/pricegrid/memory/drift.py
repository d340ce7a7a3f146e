"""Whether a new list looks like the one that its settings were made for, and how to bind them anew if it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from ingestion.pricegrid.cells.grid import Sheet
from ingestion.pricegrid.cells.letters import column_index, column_letter
from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.memory.fingerprint import (
    SeenColumn,
    SheetPrint,
    has_other_values,
    key_of,
    sheet_prints,
    times_of,
)
from ingestion.pricegrid.records import Message
from ingestion.pricegrid.settings import Hints, as_tuple
from ingestion.pricegrid.structure.column_profile import profile_column
from ingestion.pricegrid.structure.header import Header, find_header
from ingestion.pricegrid.structure.header_words import words_of
from ingestion.pricegrid.structure.sample import samples_of, take_sample
from ingestion.pricegrid.vocabulary import match_header, normalise

LIKE_ENOUGH = 0.55
_CLEARLY = 0.15  # by so much the likest column must be ahead of the next

MOVED = gettext_noop("The column “%(old_header)s” moved from %(old)s to %(new)s.")
RENAMED = gettext_noop("The column %(old)s “%(old_header)s” seems to be %(new)s “%(new_header)s” now.")
_GONE = gettext_noop("The column %(old)s “%(old_header)s” is gone, and no other column looks like it.")
UNCLEAR = gettext_noop(
    "The column %(old)s “%(old_header)s” is gone; %(new)s “%(new_header)s” is only one of several that look like it."
)
VALUES = gettext_noop("Other values than before stand in the column %(old)s “%(old_header)s”.")
HEADER = gettext_noop("The header moved from row %(old)s to row %(new)s.")
OTHER_SHEET = gettext_noop("The sheet “%(old)s” seems to be “%(new)s” now.")
SHEET = gettext_noop("The sheet “%(old)s” is gone.")


class DriftKind(StrEnum):
    """What is not as it was: these values are kept with runs."""

    MOVED = "moved"
    RENAMED = "renamed"
    GONE = "gone"
    UNCLEAR = "unclear"
    VALUES = "values"
    HEADER = "header"
    SHEET = "sheet"
    OTHER_SHEET = "other_sheet"


MESSAGES = {
    DriftKind.MOVED: MOVED,
    DriftKind.RENAMED: RENAMED,
    DriftKind.GONE: _GONE,
    DriftKind.UNCLEAR: UNCLEAR,
    DriftKind.VALUES: VALUES,
}
SETTLED = (
    DriftKind.MOVED,
    DriftKind.RENAMED,
    DriftKind.HEADER,
    DriftKind.OTHER_SHEET,
)  # what can be bound anew without asking more


class Drift(NamedTuple):
    """One thing that is not as it was; `old` beside `new`, which is None where nothing takes its place."""

    kind: DriftKind
    message: Message
    sheet: str | None = None
    old: SeenColumn | None = None
    new: SeenColumn | None = None


class Drifted(NamedTuple):
    """All that changed, and the settings that fit the new list; None where a person has to say more than yes."""

    drifts: list[Drift]
    settings: dict[str, Any] | None


@dataclass(frozen=True)
class Profile:
    """What the source's lists looked like when a person saved their settings."""

    fingerprint: Mapping[str, Any]
    settings: Mapping[str, Any]

    def drifted(self, sheets: Sequence[Sheet], hints: Hints) -> Drifted:
        return find_drift(self.fingerprint, sheets, self.settings, hints)


def find_drift(
    printed: Mapping[str, Any], sheets: Sequence[Sheet], settings: Mapping[str, Any], hints: Hints
) -> Drifted:
    """`settings` belong to the fingerprint, `hints` to the list as a whole, `sheets` are those that may be read."""
    drifts: list[Drift] = []
    changed: dict[str, Any] = {**settings, "column_mapping": dict(settings.get("column_mapping", {}))}
    views = [SheetNow(sheet, hints) for sheet in sheets]
    for known in sheet_prints(printed):
        view = _counterpart(known, views)
        if view is None:
            drifts.append(Drift(DriftKind.SHEET, Message(SHEET, {"old": known.sheet or "-"}), known.sheet))
            continue
        views.remove(view)
        found = [*_other_sheet(known, view.sheet.name, settings), *view.drifts(known)]
        drifts += found
        _bind(changed, view, found)
    settled = all(drift.kind in SETTLED for drift in drifts)
    return Drifted(drifts, changed if drifts and settled else None)


def _counterpart(known: SheetPrint, views: Sequence[SheetNow]) -> SheetNow | None:
    """The sheet of the same name; else the one that has most of the headers."""
    same = next((view for view in views if view.sheet.name == known.sheet), None)
    return same or max(views, key=lambda view: view.shared(known), default=None)


def sheet_names(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """The sheets that settings name."""
    return as_tuple(settings.get("sheet_name") or [])


def _other_sheet(known: SheetPrint, name: str, settings: Mapping[str, Any]) -> Iterator[Drift]:
    """Only where the settings name the sheet its name matters: suppliers write dates into it."""
    if known.sheet != name and known.sheet in sheet_names(settings):
        yield Drift(DriftKind.OTHER_SHEET, Message(OTHER_SHEET, {"old": known.sheet, "new": name}), known.sheet)


def _bind(settings: dict[str, Any], view: SheetNow, drifts: Sequence[Drift]) -> None:
    mapping = settings["column_mapping"]
    for drift in drifts:
        if drift.kind == DriftKind.HEADER:
            _move_rows(settings, view.header)
        elif drift.kind == DriftKind.OTHER_SHEET:
            others = [name for name in sheet_names(settings) if name != drift.sheet]
            settings["sheet_name"] = [*others, view.sheet.name]
        elif drift.old and drift.new:
            names = (normalise(drift.old.header), normalise(drift.old.letter))
            for key in [key for key in mapping if normalise(key) in names]:
                del mapping[key]
    headers = times_of(column.header for column in view.columns)
    for drift in drifts:
        if drift.old and drift.new and drift.kind in SETTLED:
            mapping[key_of(drift.new.letter, drift.new.header, headers)] = drift.old.field


def _move_rows(settings: dict[str, Any], header: Header) -> None:
    settings["header_row"] = list(header.rows)
    if settings.get("data_start_row"):
        settings["data_start_row"] = header.data_start


class SheetNow:
    """A new sheet as the old settings would see it. Where they do not find its header, it is looked for anew."""

    def __init__(self, sheet: Sheet, hints: Hints) -> None:
        self.sheet = sheet
        self._sample = take_sample(sheet)
        self._given = hints.header_row
        self._headers = [find_header(self._sample, hints)] if self._sample.rows else []
        if self._sample.rows and (hints.header_row or hints.has_header is False):
            self._headers.append(
                find_header(self._sample, replace(hints, header_row=(), has_header=None, data_start_row=None))
            )
        self.header = self._headers[0] if self._headers else Header((), (), 1, 0, Message(""))
        self.columns: list[SeenColumn] = []

    def shared(self, known: SheetPrint) -> int:
        """How many of the headers it has under the better of its header rows, which are used from then on."""
        wanted = {words_of(column.header) for column in known.columns if column.header}
        counts = [
            len(wanted & {words_of(header.text(at)) for at in range(len(header.parts))}) for header in self._headers
        ]
        if counts:
            self.header = self._headers[counts.index(max(counts))]
        return max(counts, default=0)

    def drifts(self, known: SheetPrint) -> Iterator[Drift]:
        self.shared(known)
        self.columns = list(self._columns())
        if self._given and self.header.rows and set(self.header.rows) != set(known.header_rows):
            rows = {"old": _rows(known.header_rows), "new": _rows(self.header.rows)}
            yield Drift(DriftKind.HEADER, Message(HEADER, rows), self.sheet.name)
        bound, unclear = _bound(known.columns, self.columns)
        for old in known.columns:
            kind = _kind(old, bound.get(old.letter))
            if kind is DriftKind.RENAMED and old.letter in unclear:
                kind = DriftKind.UNCLEAR
            if kind is not None and old.is_bound:
                yield self._drift(kind, old, bound.get(old.letter))

    def _columns(self) -> Iterator[SeenColumn]:
        body = self._sample.body(self.header.data_start)
        for at in range(max(self._sample.width, len(self.header.parts))):
            cells = self._sample.column(at, body)
            shape = profile_column(cells).shares()
            if shape["filled"] or self.header.text(at):
                yield SeenColumn(column_letter(at), self.header.text(at), samples=samples_of(cells), shape=shape)

    def _drift(self, kind: DriftKind, old: SeenColumn, new: SeenColumn | None) -> Drift:
        params = {"old": old.letter, "old_header": old.header}
        if new is not None:
            params |= {"new": new.letter, "new_header": new.header}
        return Drift(kind, Message(MESSAGES[kind], params), self.sheet.name, old, new)


def _kind(old: SeenColumn, new: SeenColumn | None) -> DriftKind | None:
    if new is None:
        return DriftKind.GONE
    if has_other_values(old.field, old.shape, new.shape):
        return DriftKind.VALUES
    if words_of(old.header) != words_of(new.header):
        return DriftKind.RENAMED
    return DriftKind.MOVED if old.letter != new.letter else None


def _bound(known: Sequence[SeenColumn], columns: Sequence[SeenColumn]) -> tuple[dict[str, SeenColumn], set[str]]:
    """Which new column each old one is, by the old letters: by the same header, else whatever is clearly most alike."""
    left = {column.letter: column for column in columns}
    bound = _bound_by_header(known, left)
    unclear: set[str] = set()
    gone = [old for old in known if old.is_bound and old.letter not in bound]
    pairs = [
        (likeness, old, new)
        for old in gone
        for new in left.values()
        if (likeness := _likeness(old, new)) >= LIKE_ENOUGH
    ]
    for likeness, old, new in sorted(pairs, key=lambda pair: -pair[0]):
        if old.letter in bound or new.letter not in left:
            continue
        bound[old.letter] = left.pop(new.letter)
        # A price is bound anew only where nothing else could be it.
        clearly = 1 if old.field == Field.PRICE else _CLEARLY
        if any(other is old and near.letter in left and likeness - close < clearly for close, other, near in pairs):
            unclear.add(old.letter)
    return bound, unclear


def _bound_by_header(known: Sequence[SeenColumn], left: dict[str, SeenColumn]) -> dict[str, SeenColumn]:
    """Takes the columns that it finds out of `left`."""
    bound: dict[str, SeenColumn] = {}
    for old in sorted(known, key=lambda column: not column.is_bound):
        same = [column for column in left.values() if words_of(column.header) == words_of(old.header)]
        same = same if old.header else [column for column in same if column.letter == old.letter]
        if same:
            bound[old.letter] = left.pop(min(same, key=lambda column: _distance(old, column)).letter)
    return bound


def _distance(old: SeenColumn, new: SeenColumn) -> int:
    return abs((column_index(old.letter) or 0) - (column_index(new.letter) or 0))


def _likeness(old: SeenColumn, new: SeenColumn) -> float:
    """0 where the values are of another kind; else by place, words of the header, and what the header means."""
    if has_other_values(old.field, old.shape, new.shape):
        return 0
    means_it = any(match.field == old.field and match.score >= LIKE_ENOUGH for match in match_header(new.header)[:3])
    words = fuzz.ratio(normalise(old.header), normalise(new.header)) / 100 if old.header and new.header else 0
    like = 0.3 + 0.3 * (old.letter == new.letter) + 0.3 * words + 0.3 * means_it
    return like + 0.2 * _is_of_size(old.shape, new.shape)


def _is_of_size(old: Mapping[str, float], new: Mapping[str, float]) -> bool:
    """Whether the amounts are about as large as before."""
    before, now = old.get("largest", 0), new.get("largest", 0)
    return bool(before) and 0.6 <= now / before <= 1.6


def _rows(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows)) or "-"
