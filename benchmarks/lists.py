"""Made-up weekly lists: as a supplier sends them, and the same after a perfect reader, for the floor.

The second week has 80 % of the first one's rows as they were, 10 % with a new price, and 10 % that are new in place of
as many that are gone. Two rows in a thousand cannot be used.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from demo.made_up import COLOURS, CURRENCIES, MATERIALS, NOUNS, name

HEADER = ["Code", "Description", "Price", "Currency", "Colour", "Size", "Material", "Weight", "Category", "In stock"]
DETAILS = HEADER[4:8]
BAD = {3: "on request", 11: "?"}  # of every thousand rows


def amount(cents: int, style: int) -> str:
    whole, rest = divmod(cents, 100)
    grouped = f"{whole:,}"
    return (
        f"{whole}.{rest:02}",
        f"{whole},{rest:02}",
        f"{grouped}.{rest:02}",
        f"{grouped.replace(',', ' ')},{rest:02}",
        f"{grouped.replace(',', '.')},{rest:02}",
    )[style]


def rows(count: int, week: int, supplier: int) -> Iterator[tuple[list[str], list[str]]]:
    """Each row raw and clean."""
    for number in range(count):
        rng = random.Random(number * 1000 + supplier)
        is_new = week == 2 and number % 10 == 9
        cents = rng.randrange(100, 2_000_000) + (week == 2 and number % 10 == 4)
        code, text = f"{'N' if is_new else 'A'}{supplier}-{number:07}", name(rng)
        details = [
            rng.choice(COLOURS),
            f"{rng.randrange(300)} mm",
            rng.choice(MATERIALS),
            f"{rng.randrange(9999) / 100} kg",
        ]
        category = f"{rng.choice(NOUNS[:8])}/{rng.choice(NOUNS[8:16])}/{rng.choice(NOUNS[16:24])}"
        currency, stock = CURRENCIES[number % 4], str(rng.randrange(900))
        price = BAD.get(number % 1000) or amount(cents, rng.randrange(5))
        clean = [
            code,
            text,
            f"{cents / 100:.2f}",
            currency,
            json.dumps(dict(zip(DETAILS, details, strict=True))),
            stock,
        ]
        yield [code, text, price, currency, *details, category, stock], [] if number % 1000 in BAD else clean


def write(folder: Path, count: int, *, supplier: int = 1, xlsx: bool = False) -> None:
    """raw-WEEK.csv, clean-WEEK.csv and, if wanted, raw-WEEK.xlsx."""
    folder.mkdir(parents=True, exist_ok=True)
    for week in (1, 2):
        with (
            (folder / f"raw-{week}.csv").open("w", newline="") as raw,
            (folder / f"clean-{week}.csv").open("w") as clean,
        ):
            raw_csv, clean_csv = csv.writer(raw), csv.writer(clean)
            raw_csv.writerow(HEADER)
            for raw_row, clean_row in rows(count, week, supplier):
                raw_csv.writerow(raw_row)
                if clean_row:
                    clean_csv.writerow(clean_row)
        if xlsx:
            write_xlsx(folder / f"raw-{week}.xlsx", count, week, supplier)


def write_xlsx(path: Path, count: int, week: int, supplier: int) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Prices")
        sheet.write_row(0, 0, HEADER)
        for place, (row, _clean) in enumerate(rows(count, week, supplier), start=1):
            sheet.write_row(place, 0, row)
