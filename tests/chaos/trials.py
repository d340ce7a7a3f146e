"""What a fault was tried on, and what came of it."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from typing import Any

Posted = tuple[int, int]  # the run, and the week of its list


@dataclass
class Case:
    """A supplier, and the lists that it has sent, in the order in which they were received."""

    supplier: int
    source: int
    variant: int
    posted: list[Posted] = field(default_factory=list)

    @property
    def runs(self) -> list[int]:
        return [run for run, _week in self.posted]


@dataclass
class Outcome:
    """Of one fault: which one, what exactly it struck, the seconds from the healing to the end of its last run."""

    number: int
    struck_at: str = ""
    recovery: float = 0.0
    problems: list[str] = field(default_factory=list)
    skipped: str = ""


@dataclass
class Trial:
    """One fault under way: the suppliers that it concerns, and since when everything works again."""

    cases: list[Case]
    outcome: Outcome
    healed: float = field(default_factory=time.time)

    def heal(self) -> None:
        self.healed = time.time()

    def strikes(self, what: str) -> None:
        self.outcome.struck_at = what

    def blame(self, *problems: str) -> None:
        self.outcome.problems += problems

    def as_json(self) -> dict[str, Any]:
        return asdict(self.outcome)


@dataclass
class Tally:
    """What the table says of one kind of fault."""

    fault: str
    tried: int = 0
    failed: int = 0
    slowest: float = 0.0
    skipped: str = ""
    struck_at: dict[str, int] = field(default_factory=dict)

    def add(self, outcome: Outcome) -> None:
        if outcome.skipped:
            self.skipped = outcome.skipped
            return
        self.tried += 1
        self.failed += bool(outcome.problems)
        self.slowest = max(self.slowest, outcome.recovery)
        if outcome.struck_at:
            self.struck_at[outcome.struck_at] = self.struck_at.get(outcome.struck_at, 0) + 1
