"""python -m tests.attack: attacks a real site in every way we know, and says what came of it.

The exit code is 1 if anything did what it must not. SHORT=1 is the form for CI.
"""

from __future__ import annotations

import argparse
import os
import random
import secrets
import shutil
import signal
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

from tests.attack.arena import Arena, Tally
from tests.stack.processes import adopt_orphans, end_all, tree

KINDS = ("rights", "pages", "scripts", "formulas", "fetches", "cancel", "messages", "files")
SHOWN = 20


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.attack", description=__doc__)
    parser.add_argument("--short", action="store_true", default=bool(os.environ.get("SHORT")), help="or SHORT=1")
    parser.add_argument("--seed", default=os.environ.get("ATTACK_SEED") or secrets.token_hex(4), help="or ATTACK_SEED")
    parser.add_argument("--only", nargs="+", default=KINDS, choices=KINDS)
    return parser.parse_args()


def main() -> int:
    words = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    adopt_orphans()
    started, folder = time.monotonic(), Path(tempfile.mkdtemp(prefix="unified-catalog-attack-"))
    folder.chmod(0o711)  # the server's user passes through it
    print(f"ATTACK_SEED={words.seed}", flush=True)
    tallies: list[Tally] = []
    arena, computing = None, 0.0
    try:
        arena = Arena.build(folder)
        for kind in words.only:
            attack = import_module(f"tests.attack.{kind}").attack
            for tally in attack(arena, random.Random(words.seed), short=words.short):
                tallies.append(tally)
                print(f"{tally.kind}: {tally.tried} looked at, {len(tally.problems)} failed", flush=True)
    finally:
        computing = sum(sum(process.cpu_times()[:4]) for process in tree(os.getpid()))
        if arena is not None:
            arena.stop()
        end_all()
        shutil.rmtree(folder, ignore_errors=True)
    print(table(tallies))
    print(f"\nATTACK_SEED={words.seed}, {time.monotonic() - started:.0f} s, {computing:.0f} s of computing")
    return 1 if any(tally.problems for tally in tallies) else 0


def table(tallies: list[Tally]) -> str:
    lines = ["", f"{'attack':<40} {'looked at':>9} {'failed':>6}"]
    lines += [f"{each.kind:<40} {each.tried:>9} {len(each.problems):>6}  {', '.join(each.notes)}" for each in tallies]
    lines += [f"  {each.kind}: {problem}" for each in tallies for problem in each.problems[:SHOWN]]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
