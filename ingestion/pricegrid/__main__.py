"""`python -m ingestion.pricegrid [--json] FILE...` prints what is understood of price lists.

With `--json` it prints JSON Lines: the items and errors of a file in the order of their rows, then its summary; of
several files each line names its own. The exit code is 1 where a file is refused or cannot be opened.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import TextIOWrapper
from pathlib import Path

from ingestion.pricegrid.formats.opening import open_book
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.printing import json_lines, naming, refusal_lines, report
from ingestion.pricegrid.records import ListRefused, Message
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.verdict import (
    USUAL_CONFIDENCE,
    USUAL_FAILED_PERCENT,
    Bars,
    Verdict,
    VerdictKind,
    examine,
    verdict_of,
)

_UNREADABLE = gettext_noop("The file cannot be opened (%(problem)s). Check its name and whether you may read it.")


def main(words: Sequence[str]) -> int:
    parser = ArgumentParser("python -m ingestion.pricegrid", description="Prints what is understood of price lists.")
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print JSON Lines: items, errors and a summary")
    parser.add_argument("--sheet", action="append", default=[], help="read this sheet only; may be given several times")
    parser.add_argument("--currency", help="the currency where a list names none (ISO 4217, such as EUR)")
    today = datetime.now(UTC).date()
    parser.add_argument(
        "--day", type=date.fromisoformat, default=today, help="read it for this day (such as 2026-12-31)"
    )
    asked = parser.parse_args(words)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")
    hints = Hints(sheet_name=tuple(asked.sheet), default_currency=asked.currency, today=asked.day)
    printer = Printer(hints, as_json=asked.json, names_files=len(asked.files) > 1)
    refused = [path for path in asked.files if not printer.prints(path)]
    return 1 if refused else 0


@dataclass(frozen=True)
class Printer:
    """Prints what is understood of files, one after the other."""

    hints: Hints
    as_json: bool
    names_files: bool

    def prints(self, path: str) -> bool:
        """Whether the file is not refused."""
        if self.names_files and not self.as_json:
            self.write(path, [f"== {path}"])
        verdict: Verdict | None = None

        def lines() -> Iterator[str]:
            nonlocal verdict
            verdict = yield from self.understood(path)

        self.write(path, lines())
        return verdict is not None and verdict.kind is not VerdictKind.REFUSED

    def understood(self, path: str) -> Generator[str, None, Verdict]:
        try:
            with closing(open_book(path)) as book:
                hints = replace(self.hints, file_name=Path(path).name)
                examined = examine(book, hints, Bars(USUAL_CONFIDENCE, USUAL_FAILED_PERCENT))
                return (yield from (json_lines if self.as_json else report)(examined))
        except (ListRefused, OSError) as problem:
            refusal = _refusal_of(problem)
            verdict = verdict_of(Bars(), refusal=refusal)
            yield from refusal_lines(refusal, verdict) if self.as_json else [str(refusal.message)]
            return verdict

    def write(self, path: str, lines: Iterable[str]) -> None:
        if self.names_files and self.as_json:
            lines = naming(path, lines)
        sys.stdout.writelines(f"{line}\n" for line in lines)


def _refusal_of(problem: ListRefused | OSError) -> ListRefused:
    if isinstance(problem, ListRefused):
        return problem
    return ListRefused(Message(_UNREADABLE, {"problem": problem.strerror}), "ConfigurationError")


if __name__ == "__main__":
    try:
        status = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has read enough: `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    sys.exit(status)
