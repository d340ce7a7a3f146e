"""How long matching takes, and its memory: `python -m benchmarks.matching RECORDS` (a side; made-up lists)."""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import replace

from catalog.matching import Index, Record, match
from catalog.matching.made_up import scenarios


def made_up(count: int) -> tuple[list[Record], list[Record]]:
    left: list[Record] = []
    right: list[Record] = []
    for number, lists in enumerate(scenarios(5, count)):
        left += [replace(record, id=f"{number}-{record.id}") for record in lists.left]
        right += [replace(record, id=f"{number}-{record.id}") for record in lists.right]
        if min(len(left), len(right)) >= count:
            break
    return left[:count], right[:count]


def main(count: int) -> None:
    left, right = made_up(count)
    started, processor = time.monotonic(), time.process_time()
    links = sum(len(matches.links) for matches in match(left, Index.build(right)))
    seconds, processor = time.monotonic() - started, time.process_time() - processor
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{count} x {count}: {links} links, {seconds:.0f} s, {processor:.0f} s of processor, {memory} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]))
