"""What a run says of itself, typed: as JSON it stands in the columns of its row.

    run.understood().read[0].currency      # of `understanding`
    summary = run.summed_up()              # of `summary`; None of a run that has no change-set
    summary and summary.buckets["new"]
    run.drifted().settings                 # of `drift`
    run.errors()["ValidationError"].count  # of `error_counts`

What the JSON lacks has its default: what earlier versions kept stays readable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

Json = dict[str, Any]


def known(kind: type[Any], kept: Mapping[str, Any]) -> Json:
    """What a dataclass has a field for: JSON of another version may say more, or less."""
    return {each.name: kept[each.name] for each in fields(kind) if each.name in kept}


@dataclass(frozen=True)
class ColumnUnderstood:
    letter: str = ""
    header: str = ""
    field: str = ""  # what it was taken for
    confidence: float = 0  # 0 to 1
    reason: str = ""  # for people


@dataclass(frozen=True)
class SheetUnderstood:
    name: str | None = None  # None where the list has no sheets
    chosen: bool = False  # whether it was read
    reason: str = ""  # why, for people
    header_rows: tuple[int, ...] = ()  # as in the spreadsheet, from 1
    data_start_row: int | None = None
    columns: tuple[ColumnUnderstood, ...] = ()
    currency: str | None = None  # of its prices, where their cells name none
    decimal_sign: str | None = None
    mode: str | None = None  # full, prices, or stock
    confidence: float = 0  # 0 to 1, that it is a price list
    notes: tuple[str, ...] = ()  # for people

    def to_json(self) -> Json:
        kept = asdict(self)
        return {"sheet": kept.pop("name"), **kept}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> SheetUnderstood:
        columns = tuple(ColumnUnderstood(**known(ColumnUnderstood, each)) for each in kept.get("columns", ()))
        lists = {name: tuple(kept.get(name, ())) for name in ("header_rows", "notes")}
        return cls(**{**known(cls, kept), **lists, "name": kept.get("sheet"), "columns": columns})


@dataclass(frozen=True)
class Understanding:
    """How the list was understood, in the language of whoever made the run."""

    mode: str | None = None  # full, prices, or stock; None where nothing was understood
    notes: tuple[str, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)  # rows that are no items, by their kind
    sheets: tuple[SheetUnderstood, ...] = ()
    questions: tuple[str, ...] = ()  # that a person has to answer before it is stored, for people
    left_out: tuple[str, ...] = ()  # what of the list did not go in, though it may be meant to, for people
    likely_supplier: int | None = None  # another `Supplier.pk`, whose list it may be

    @property
    def read(self) -> list[SheetUnderstood]:
        """The sheets that were read."""
        return [sheet for sheet in self.sheets if sheet.chosen]

    def letters(self) -> dict[tuple[str, str], str]:
        """The column of each field, by sheet (a sheet without a name is an empty text) and field."""
        return {(sheet.name or "", column.field): column.letter for sheet in self.read for column in sheet.columns}

    def by_header(self) -> dict[str, str]:
        """What each header meant; where one is there several times, or of several meanings, it says nothing."""
        found: dict[str, list[str]] = {}
        for sheet in self.read:
            headers = [column.header for column in sheet.columns]
            for column in sheet.columns:
                found.setdefault(column.header, []).append(column.field if headers.count(column.header) == 1 else "")
        return {header: fields[0] for header, fields in found.items() if header and len(set(fields)) == 1 and fields[0]}

    def to_json(self) -> Json:
        return {
            "mode": self.mode,
            "notes": list(self.notes),
            "skipped": dict(self.skipped),
            "sheets": [sheet.to_json() for sheet in self.sheets],
            "questions": list(self.questions),
            "left_out": list(self.left_out),
            "likely_supplier": self.likely_supplier,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Understanding:
        return cls(
            kept.get("mode"),
            tuple(kept.get("notes", ())),
            dict(kept.get("skipped", {})),
            tuple(SheetUnderstood.from_json(sheet) for sheet in kept.get("sheets", ())),
            tuple(kept.get("questions", ())),
            tuple(kept.get("left_out", ())),
            kept.get("likely_supplier"),
        )


@dataclass(frozen=True)
class PriceBar:
    """One bar of the histogram of price changes: how many changed by more than `low` and at most `high` per cent."""

    low: int | None  # None: open below
    high: int | None  # None: open above
    count: int


@dataclass(frozen=True)
class RemovedCategory:
    """A category that an undo removed, so that its own undo puts it back."""

    pk: int
    parent: int | None
    name: str


@dataclass(frozen=True)
class ChangeSummary:
    """What a run changes, in figures."""

    buckets: Mapping[str, int] = field(default_factory=dict)  # items by `Change.Kind`, or "unchanged"
    histogram: tuple[PriceBar, ...] = ()  # from the deepest fall to the steepest rise
    movers: tuple[int, ...] = ()  # the changes (`Change.pk`) of most per cent, the biggest first
    median: Decimal | None = None  # change of the list's prices in per cent; None where nobody has looked
    guards: tuple[str, ...] = ()  # what the guards did, for people
    new_span: tuple[int, int] | None = None  # first and last `SupplierItem.pk` of what is new
    is_complete: bool = False  # whether what is not in the list counts as missing
    categories: tuple[RemovedCategory, ...] = ()

    @property
    def changed(self) -> int:
        """Items that were changed, whatever of them: conflicts were left alone."""
        return sum(count for kind, count in self.buckets.items() if kind != "conflict")

    def to_json(self) -> Json:
        return {
            "buckets": dict(self.buckets),
            "histogram": [[bar.low, bar.high, bar.count] for bar in self.histogram],
            "movers": list(self.movers),
            "median": None if self.median is None else str(self.median),
            "guards": list(self.guards),
            "new_span": list(self.new_span) if self.new_span else None,
            "is_complete": self.is_complete,
            "categories": [[each.pk, each.parent, each.name] for each in self.categories],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> ChangeSummary:
        median, span = kept.get("median"), kept.get("new_span")
        return cls(
            dict(kept.get("buckets", {})),
            tuple(PriceBar(*bar) for bar in kept.get("histogram", ())),
            tuple(kept.get("movers", ())),
            None if median is None else Decimal(median),
            tuple(kept.get("guards", ())),
            (span[0], span[1]) if span else None,
            kept.get("is_complete", False),
            tuple(RemovedCategory(*each) for each in kept.get("categories", ())),
        )


@dataclass(frozen=True)
class ColumnLook:
    """A column as it looked in a list."""

    letter: str = ""
    header: str = ""
    samples: tuple[str, ...] = ()  # some of its values

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> ColumnLook:
        return cls(**{**known(cls, kept), "samples": tuple(kept.get("samples", ()))})


@dataclass(frozen=True)
class DriftedColumn:
    """One thing that is not as it was when a person said how the list is read."""

    kind: str
    message: str  # for people
    sheet: str | None = None
    field: str = ""  # what the column was taken for
    old: ColumnLook | None = None
    new: ColumnLook | None = None  # None where nothing takes its place

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> DriftedColumn:
        sides = {side: ColumnLook.from_json(kept[side]) if kept.get(side) else None for side in ("old", "new")}
        return cls(**{"kind": "", "message": "", **known(cls, kept), **sides})


@dataclass(frozen=True)
class DriftReport:
    """What changed in the list since a person said how it is read."""

    changes: tuple[DriftedColumn, ...] = ()
    settings: Mapping[str, Any] | None = None  # that fit the list as it is now; None where a person has to say more

    def to_json(self) -> Json:
        return {"changes": [asdict(each) for each in self.changes], "settings": self.settings}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> DriftReport:
        return cls(tuple(map(DriftedColumn.from_json, kept.get("changes", ()))), kept.get("settings"))


@dataclass(frozen=True)
class ErrorCount:
    """How many errors of one type a run had, and one of their messages."""

    count: int
    sample: str


def errors_to_json(errors: Mapping[str, ErrorCount]) -> Json:
    return {str(error_type): asdict(found) for error_type, found in errors.items()}


def errors_from_json(kept: Mapping[str, Mapping[str, Any]]) -> dict[str, ErrorCount]:
    return {error_type: ErrorCount(found["count"], found["sample"]) for error_type, found in kept.items()}


@dataclass(frozen=True)
class RunCounts:
    """Rows of the list and items of the catalog by what became of them; the columns of a run bear these names."""

    total_rows: int = 0  # those stored and those that failed
    successful_rows: int = 0
    failed_rows: int = 0
    skipped_rows: int = 0  # no items: headers, sections, repetitions
    new_items: int = 0
    changed_items: int = 0
    unchanged_items: int = 0
    missing_items: int = 0
    returned_items: int = 0
    new_drafts: int = 0
    held_items: int = 0


@dataclass(frozen=True)
class RunOutcome:
    """What a run says of itself when it has ended, or asks whether so many failed rows are acceptable."""

    status: str
    counts: RunCounts = RunCounts()
    errors: Mapping[str, ErrorCount] = field(default_factory=dict)  # by `ErrorType`
    understanding: Understanding | None = None  # None where the list was not read
    summary: ChangeSummary | None = None  # None where nothing was compared
    revision: int | None = None  # of the supplier's items, that the summary was computed against
    error_type: str = ""
    message: str = ""
    waits_for: str = ""
    next_day: date | None = None  # when the list is to be taken in again: prices of it begin then


@dataclass(frozen=True)
class MatchingCounts:
    """What became of the new items of a run, when they were matched."""

    remembered: int = 0  # linked, for a person had linked them before
    by_key: int = 0
    by_gate: int = 0
    by_score: int = 0
    proposed: int = 0
    left: int = 0  # drafts of their own without a likely product
    gate_closed: bool = False  # then nothing was linked without a person

    def to_json(self) -> Json:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> MatchingCounts:
        return cls(**known(cls, kept))
