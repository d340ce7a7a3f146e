"""Lists with what is right in each of their rows: made-up ones and their mutations, real ones, and cases.

Real lists are a folder with `truth/index.json`, cases one with `*/*.expect.json`; both stay outside the repository.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Book
from ingestion.pricegrid.fields import KEYS
from ingestion.pricegrid.formats.opening import open_book
from ingestion.pricegrid.records import ListRefused
from ingestion.pricegrid.settings import Hints
from ingestion.pricegrid.verdict import USUAL_CONFIDENCE, Bars, VerdictKind, verdict_of
from tests.ingestion.pricegrid.grids import GridBook
from tests.ingestion.pricegrid.zoo.exports import HINTS, ODDITIES
from tests.ingestion.pricegrid.zoo.languages import LANGUAGES
from tests.ingestion.pricegrid.zoo.listing import Listing, reading_of
from tests.ingestion.pricegrid.zoo.mutations import MUTATIONS, Mutation
from tests.ingestion.pricegrid.zoo.rival_columns import RIVAL_COLUMNS, unnamed_price_beside_retail, without_a_price
from tests.ingestion.pricegrid.zoo.traits import TRAITS

MUTATED = 3  # mutations of each list of the zoo
NEW = 0.5  # so many of them are the first of their source: nothing is remembered
EVERY = 5  # of so many languages one, for each trait
AS_IT_IS = "as it is"
# What is said of these cases is their columns and rows, not what a cell's value means.
JUDGED_CASES = ("which column", "layout", "names", "codes", "titles and categories", "workbook")


class Right(NamedTuple):
    """What one row must give; without a code or names these are not known."""

    prices: tuple[float, ...]  # the best first; none: the row is no item
    code: str | None
    names: frozenset[str]


Truth = Mapping[int, Right]


@dataclass(frozen=True)
class Labelled:
    """A list and, by the names of its sheets, what is right; `group` are lists that are akin, as a supplier's are."""

    name: str
    group: str
    kind: str  # zoo, corpus or case
    mutation: str
    open: Callable[[], Book]
    truth: Mapping[str, Truth]
    hints: Hints = field(default_factory=Hints)
    is_complete: bool = True  # whether rows that the truth does not name are no items

    def of_sheet(self, name: str | None) -> Truth:
        return self.truth.get(name or "") or self.truth.get("", {})


def plain(text: object) -> str:
    return re.sub(r"\s+", " ", str(text or "")).strip().casefold()


def labelled_of(folders: Iterable[Path], seed: str = "") -> Iterator[Labelled]:
    yield from of_zoo(seed)
    for folder in folders:
        yield from of_corpus(folder) if (folder / "truth").is_dir() else of_cases(folder)


def of_zoo(seed: str = "") -> Iterator[Labelled]:
    """Each list of the zoo as it is and changed in some ways; another seed gives other changes."""
    lists: list[tuple[str, str, Listing]] = [
        (f"{key} {name}", name, TRAITS[name](LANGUAGES[key], variant))
        for variant, key in enumerate(LANGUAGES)
        for place, name in enumerate(TRAITS)
        if (variant + place) % EVERY == 0
    ]
    for name, make in ODDITIES.items():
        made = make()
        if isinstance(made, Listing) and not HINTS.get(name):
            lists.append((name, name, made))
    for name, group, listing in lists:
        yield _of_listing(name, group, AS_IT_IS, listing)
        random = Random(f"{seed}{name}")
        last = earlier_columns(listing)
        for mutation, change in (*_some(MUTATIONS, MUTATED - 1, random), *_some(RIVAL_COLUMNS, MUTATED, random)):
            known = {} if random.random() < NEW else last
            yield _of_listing(name, group, mutation, change(listing, random), known)
    for variant, key in enumerate(LANGUAGES):
        for made_up in (unnamed_price_beside_retail, without_a_price):
            yield _of_listing(key, made_up.__name__, made_up.__name__, made_up(LANGUAGES[key], variant))


def _some(makers: Mapping[str, Mutation], count: int, random: Random) -> list[tuple[str, Mutation]]:
    return [(name, makers[name]) for name in random.sample(sorted(makers), count)]


def earlier_columns(listing: Listing) -> dict[str, str]:
    """What is remembered of a list that was stored without a question."""
    try:
        sheets = reading_of([listing], {}).sheets
    except ListRefused:
        return {}
    if verdict_of(Bars(USUAL_CONFIDENCE), sheets=sheets).kind is not VerdictKind.STORED:
        return {}
    return {guess.header: guess.field for sheet in sheets for guess in sheet.columns if guess.field in KEYS}


def _of_listing(
    name: str, group: str, mutation: str, listing: Listing, last: Mapping[str, str] | None = None
) -> Labelled:
    truth = {
        row: Right((float(wanted.price),) if wanted.price else (), wanted.code, frozenset([plain(wanted.name)]))
        for row, wanted in listing.wanted.items()
    }
    grid = listing.grid()
    named = f"{name}, {mutation}" if mutation != AS_IT_IS else name
    hints = Hints(earlier_columns=last or {})
    return Labelled(named, f"zoo {group}", "zoo", mutation, lambda: GridBook([grid]), {"": truth}, hints)


def of_corpus(folder: Path) -> Iterator[Labelled]:
    index = json.loads((folder / "truth" / "index.json").read_text(encoding="utf-8"))
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    suppliers = {Path(each["file"]).name: each.get("repo") or each["id"] for each in manifest}
    for key, info in index.items():
        lines = (folder / "truth" / f"{key}.jsonl").read_text(encoding="utf-8").splitlines()
        truth: dict[str, dict[int, Right]] = defaultdict(dict)
        for row in map(json.loads, lines):
            said = [row.get("main_price"), *(row.get("prices") or {}).values()]
            prices = tuple(float(price) for price in said if price and float(price) > 0)
            names = frozenset(plain(name) for name in [row.get("name"), *row.get("name_alt", [])] if name)
            truth[row["sheet"] or ""][row["row_number"]] = Right(prices, row["supplier_sku"] or None, names)
        path = folder / "files" / info["file"]
        supplier = str(suppliers.get(info["file"], key))
        yield Labelled(f"corpus {key}", supplier, "corpus", AS_IT_IS, _opening(path), truth)


def of_cases(folder: Path) -> Iterator[Labelled]:
    for path in sorted(folder.glob("*/*.expect.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        stem = path.name.removesuffix(".expect.json")
        if case["kind"] not in JUDGED_CASES:
            continue
        file = next((each for each in path.parent.glob(f"{stem}.*") if not each.name.endswith(".json")), None)
        truth: dict[str, dict[int, Right]] = defaultdict(dict)
        for item in case.get("items", []):
            if "row" in item and item.get("price") is not None:
                prices = item["price"] if isinstance(item["price"], list) else [item["price"]]
                code = None if isinstance(item.get("code"), list) else item.get("code")
                right = Right(tuple(float(price) for price in prices if price), code, frozenset())
                truth[item.get("sheet") or ""][item["row"]] = right
        hints = Hints(default_currency=(case.get("supplier") or {}).get("currency"))
        group = "case " + "_".join(stem.split("_")[:2])
        if file is not None and (truth or "items" not in case["accept"]):
            yield Labelled(f"case {stem}", group, "case", AS_IT_IS, _opening(file), truth, hints, is_complete=False)


def _opening(path: Path) -> Callable[[], Book]:
    return lambda: open_book(path)
