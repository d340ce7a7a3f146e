"""What the stages of a run know: each is given what the ones before it have found out, and hands on more."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from ingestion.errors import ErrorType
from ingestion.models import IngestionRun
from ingestion.models.facts import Understanding
from ingestion.pricegrid.verdict import Bars
from ingestion.reader import Messages
from ingestion.runs.supplier_lock import Presence
from suppliers.models import PriceListSource


@dataclass(frozen=True)
class Staged:
    """What is in the stage, in numbers."""

    mode: str = "full"  # full, prices, or stock: what the list says of its items
    has: frozenset[str] = frozenset()  # the optional changes (`columns.OPTIONAL`) that the list tells
    ignored: int = 0  # of the failed rows, those of causes that nobody wants to see
    skipped: int = 0  # no items: headers, sections, repetitions
    noted: int = 0  # items with notes
    successful: int = 0
    failed: int = 0
    samples: Mapping[str, str] = field(default_factory=dict)  # a message, by type of error
    counts: Mapping[str, int] = field(default_factory=dict)  # errors by their type; some are not of a row

    @property
    def total(self) -> int:
        return self.successful + self.failed

    def without(self, repeated: int) -> Staged:
        """Rows that say the same again are no items."""
        return replace(self, successful=self.successful - repeated, skipped=self.skipped + repeated)

    def refused(self, rows: int, sample: str | None) -> Staged:
        """Rows that were items until now are errors."""
        if not rows:
            return self
        kind = ErrorType.VALIDATION
        return replace(
            self,
            successful=self.successful - rows,
            failed=self.failed + rows,
            counts={**self.counts, kind: self.counts.get(kind, 0) + rows},
            samples={kind: sample or "", **self.samples},
        )


class Differences(NamedTuple):
    """Between list and catalog, in numbers. `first_new` and `last_new` span the new ids."""

    new: int = 0
    changed: int = 0
    missing: int = 0
    returned: int = 0
    held: int = 0
    written: int = 0  # rows that are there and change
    first_new: int | None = None
    last_new: int | None = None
    rejected: int = 0  # of the held ones, those that a person has decided on before


@dataclass(frozen=True)
class Guarded:
    """What the guards did, and the list's own change of prices."""

    median: Decimal = Decimal(1)  # of what the known prices were multiplied by; 1 is no change
    is_complete: bool = True  # whether what is not in the list is missing
    said: tuple[str, ...] = ()  # what did not go in as the list says it, for people


@dataclass(frozen=True)
class Held:
    """What one stage opens and a later one, or the end of the run, lets go; in reverse order, whatever happens."""

    run: ExitStack  # until its end is on record: the local copy of the list, the transaction
    reader: ExitStack  # until the last row is staged: the process that reads
    watch: ExitStack  # until the last statement: the look whether somebody has cancelled


@dataclass(frozen=True)
class Context:
    run: IngestionRun
    presence: Presence
    held: Held
    supplier_id: int
    at: datetime  # when the attempt began; what it stores bears this time
    revision: int = 0  # of the supplier's items, that the list is compared with
    messages: Messages = field(default_factory=lambda: iter(()))  # of the reading process
    staged: Staged = Staged()
    bars: Bars = field(default_factory=Bars)  # what the list must come up to, so that nobody is asked
    understanding: Understanding = field(default_factory=Understanding)
    next_day: date | None = None  # when prices of the list begin that are not in force yet
    question: str = ""  # why a person should say first whether the list may go in
    waits_for: str = ""  # of the run, where there is one
    found: Differences = field(default_factory=Differences)
    guarded: Guarded = Guarded()

    @property
    def source(self) -> PriceListSource | None:
        return self.run.source

    @property
    def adopts(self) -> bool:
        """Whether it is a full list of a source: items without one become this one's, what is not listed is missing."""
        return self.staged.mode == "full" and self.run.source_id is not None

    @property
    def unchanged(self) -> int:
        return self.staged.successful - self.found.new - self.found.changed - self.found.held

    @property
    def goes_in(self) -> bool:
        """Whether anything of the list is compared with the catalog: a dry run does so whatever it would ask."""
        return self.staged.successful > 0 and (not self.question or self.run.dry_run)

    def report(self, progress: float = 0) -> None:
        """Per cent of the run; never back. Raises RunMoved when the run was cancelled meanwhile."""
        self.presence.report(self.run, progress)
