"""How many facts are read, and how many of those are right, of lists that a person has labelled.

    python -m tests.ingestion.pricegrid.facts.score [FILE.labels ...]

Without files it scores the lists beside it (`lists.txt`). A `.labels` file labels one price list elsewhere: its first
line is `list: PATH`, each further one `> CODE name=value name=value ...`, as in `lists.txt`.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from ingestion.pricegrid import Hints, Item, open_book, understand
from ingestion.pricegrid.records import ItemFacts

LISTS = Path(__file__).with_name("lists.txt")
_NAMES = "|".join(ItemFacts._fields)
_FACT = re.compile(rf"(?:^|\s)({_NAMES})=(.*?)(?=\s(?:{_NAMES})=|$)")

Labels = Mapping[str, Mapping[str, str]]  # of each code


class Labelled(NamedTuple):
    name: str
    path: Path
    labels: Labels


class Score(NamedTuple):
    """Cells: of those that labels say, of those that were read, and of those that are both and equal."""

    said: int
    read: int
    right: int
    differences: list[str]

    @property
    def is_right(self) -> float:
        return self.right / max(self.read, 1)

    @property
    def is_found(self) -> float:
        return self.right / max(self.said, 1)


def labels_in(lines: list[str]) -> dict[str, dict[str, str]]:
    found = {}
    for line in lines:
        if line.startswith("> "):
            code = line[2:].split(" ", 1)[0]
            found[code] = {name: value.strip() for name, value in _FACT.findall(line[2 + len(code) :])}
    return found


def own_lists(folder: Path) -> Iterator[Labelled]:
    for place, block in enumerate(LISTS.read_text(encoding="utf-8").split("\n\n")):
        title, *lines = block.strip().split("\n")
        path = folder / f"{place}.csv"
        rows = [line for line in lines if not line.startswith("> ")]
        path.write_text("\n".join(row.replace("|", "\t") for row in rows) + "\n", encoding="utf-8")
        yield Labelled(title.removeprefix("# "), path, labels_in(lines))


def labelled_elsewhere(path: Path) -> Labelled:
    first, *lines = path.read_text(encoding="utf-8").split("\n")
    return Labelled(path.stem, Path(first.removeprefix("list:").strip()), labels_in(lines))


def written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def score(labelled: Labelled) -> Score:
    """Only of what some label of the list says: of whole columns, with what a person reads in each cell."""
    names = {name for facts in labelled.labels.values() for name in facts}
    counts: Counter[str] = Counter()
    differences = []
    reading = understand(open_book(labelled.path), Hints(default_currency="EUR"))
    items = {item.supplier_sku: item for item in reading if isinstance(item, Item)}
    reading.close()
    for code, said in labelled.labels.items():
        facts = items[code].facts._asdict() if code in items else {}
        for name in sorted(names):
            value, wanted = facts.get(name), said.get(name)
            read = None if value is None else written(value)
            counts.update(said=wanted is not None, read=read is not None, right=read is not None and read == wanted)
            if read != wanted:
                differences.append(f"{labelled.name}: {code} {name} is {read}, not {wanted}")
    return Score(counts["said"], counts["read"], counts["right"], differences)


def total(scores: list[Score]) -> Score:
    return Score(
        sum(each.said for each in scores),
        sum(each.read for each in scores),
        sum(each.right for each in scores),
        [line for each in scores for line in each.differences],
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = sys.argv[1:]
        lists = [labelled_elsewhere(Path(path)) for path in paths] if paths else list(own_lists(Path(folder)))
        found = total([score(each) for each in lists])
    for line in found.differences:
        print(line)
    print(f"{len(lists)} lists, {found.said} facts: {found.is_right:.1%} right, {found.is_found:.1%} found")


if __name__ == "__main__":
    main()
