"""The table at the end, for people and for docs/reliability.md."""

from __future__ import annotations

from collections.abc import Iterable

from tests.chaos.trials import Tally

HEAD = ("fault", "times", "passed", "failed", "slowest recovery", "struck at")


def cells(tally: Tally) -> tuple[str, ...]:
    if tally.skipped and not tally.tried:
        return (tally.fault, "0", "-", "-", "-", f"skipped: {tally.skipped}")
    moments = ", ".join(f"{moment} {count}" for moment, count in sorted(tally.struck_at.items()))
    passed = str(tally.tried - tally.failed)
    return (tally.fault, str(tally.tried), passed, str(tally.failed), f"{tally.slowest:.1f} s", moments)


def table(tallies: Iterable[Tally]) -> str:
    """In Markdown, aligned."""
    rows = [HEAD, *map(cells, tallies)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [" | ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) for row in rows]
    lines.insert(1, " | ".join("-" * width for width in widths))
    return "\n".join(f"| {line} |" for line in lines)
