"""Each reader fed with valid files that were changed: it gives records or refuses the list, and nothing else.

`make fuzz` takes ten minutes a reader (FUZZ_SECONDS), `SHORT=1 make fuzz` a minute in all; FUZZ_SEED repeats a run.
What breaks a reader is kept in the folder that the report names.
"""

from __future__ import annotations

import logging
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.attack.read_file import outcome
from tests.fuzz.mutations import SEEDS, mutated

LONGEST = 20  # seconds for one file
ADDRESS_SPACE = 1024 * 1024 * 1024
SHORT_SECONDS, LONG_SECONDS = 60, 600


def stop_waiting(signum: int, frame: object) -> None:
    raise TimeoutError(f"more than {LONGEST} seconds")


def fuzz(
    name: str, seed: Callable[[Path], Path], seconds: float, random: Random, folder: Path
) -> tuple[int, list[Path]]:
    """How many files were read, and those that broke the reader."""
    valid = seed(folder)
    content, suffix = valid.read_bytes(), valid.suffix
    path = folder / f"changed{suffix}"
    broken: list[Path] = []
    count, end = 0, time.monotonic() + seconds
    while time.monotonic() < end and len(broken) < 5:
        path.write_bytes(mutated(content, random))
        count += 1
        signal.alarm(LONGEST)
        try:
            outcome(path)
        except Exception:  # noqa: BLE001 whatever it is, it is a finding
            kept = folder / f"{name}-{count}{suffix}"
            kept.write_bytes(path.read_bytes())
            broken.append(kept)
            sys.stdout.write(f"{kept}\n{traceback.format_exc(limit=-4)}\n")
        finally:
            signal.alarm(0)
    return count, broken


def main() -> int:
    logging.disable(logging.CRITICAL)
    signal.signal(signal.SIGALRM, stop_waiting)
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    short = SHORT_SECONDS / len(SEEDS) if os.environ.get("SHORT") else LONG_SECONDS
    seconds = float(os.environ.get("FUZZ_SECONDS", short))
    seed = os.environ.get("FUZZ_SEED", "1")
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    failed = 0
    for name, make in SEEDS.items():
        count, broken = fuzz(name, make, seconds, Random(f"{seed}-{name}"), folder)
        failed += len(broken)
        sys.stdout.write(f"{name:12} {count:7} files, {len(broken)} broke it\n")
        sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
