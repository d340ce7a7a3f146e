"""What is checked, one line of a table each; the first that fails ends the trial."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


class Failed(Exception):
    """A step did not give what it must; the text says what it gave."""


def check(is_so: object, otherwise: str) -> None:
    if not is_so:
        raise Failed(otherwise)


@dataclass
class Step:
    name: str
    seconds: float = 0
    found: str = ""
    is_good: bool = False


@dataclass
class Steps:
    done: list[Step] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """`found` of what is yielded is said in the table."""
        current = Step(name)
        self.done.append(current)
        began = time.monotonic()
        try:
            yield current
        except Failed as failure:
            current.found = str(failure)
            raise
        else:
            current.is_good = True
        finally:
            current.seconds = time.monotonic() - began
            say(line_of(current))

    def table(self) -> str:
        return "\n".join(
            ["", "| step | result | seconds | found |", "| --- | --- | --- | --- |", *map(row_of, self.done)]
        )


def line_of(step: Step) -> str:
    return f"{'ok  ' if step.is_good else 'FAIL'} {step.seconds:6.1f} s  {step.name}: {step.found}"


def row_of(step: Step) -> str:
    return f"| {step.name} | {'ok' if step.is_good else 'FAILED'} | {step.seconds:.1f} | {step.found} |"


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
