"""python -m tests.chaos: throws every kind of fault at real stacks and says what became of the catalog.

Each lane is a stack of its own: while one waits for a recovery, another one works. The exit code is 1 if anything was
not as undisturbed.
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

from tests.chaos.lanes import Lane, Progress, plan
from tests.chaos.table import table
from tests.stack.processes import leave_on_sigterm

LANES = 2


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--short", action="store_true", default=bool(os.environ.get("SHORT")), help="a tenth (SHORT=1)")
    parser.add_argument("--seed", default=os.environ.get("CHAOS_SEED") or secrets.token_hex(4), help="or CHAOS_SEED")
    parser.add_argument("--lanes", type=int, default=LANES, help="stacks at the same time")
    parser.add_argument("--only", nargs="+", default=[], metavar="KIND", help="kinds of fault, such as Kills")
    parser.add_argument("--times", type=int, help="of each kind, instead of its own number")
    parser.add_argument("--logs", type=Path, metavar="FOLDER", help="keeps the logs of all processes there")
    parser.add_argument("--table", type=Path, metavar="FILE", help="writes the table there, too, as Markdown")
    return parser.parse_args()


def main() -> int:
    words = arguments()
    leave_on_sigterm()
    progress = Progress(plan(words.only, times=words.times, short=words.short))
    print(f"CHAOS_SEED={words.seed}: {progress.total} faults in {words.lanes} lanes", flush=True)
    started = time.monotonic()
    with ExitStack() as stack:
        lanes = [start(stack, words.seed, words.logs, number) for number in range(1, words.lanes + 1)]
        threads = [Thread(target=lane.work, args=(progress,), daemon=True) for lane in lanes]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return say(progress, time.monotonic() - started, words)


def start(stack: ExitStack, seed: str, logs: Path | None, number: int) -> Lane:
    """A lane in a folder of its own, which is gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="unified-catalog-chaos-"))
    folder.chmod(0o711)  # the server's user passes through it
    stack.callback(shutil.rmtree, folder, ignore_errors=True)
    if logs:
        stack.callback(keep_logs, folder, logs / f"lane-{number}")
    lane = Lane(folder, seed)
    stack.callback(lane.stop)
    return lane


def keep_logs(folder: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for log in folder.glob("*.log"):
        shutil.copy(log, target)


def say(progress: Progress, seconds: float, words: argparse.Namespace) -> int:
    text = table(progress.tallies.values())
    facts = f"CHAOS_SEED={words.seed}, {seconds / 60:.1f} minutes, {progress.problems} problems"
    print(f"\n{text}\n\n{facts}")
    if words.table:
        words.table.write_text(f"# The last run of `make chaos`\n\n{text}\n\n{facts}\n", encoding="utf-8")
    return 1 if progress.problems else 0


if __name__ == "__main__":
    sys.exit(main())
