"""What understanding costs: `inspect_price_list` on a large CSV beside reading it with csv and normalising its prices.

    python benchmarks/inspect_csv.py [ROWS]

Run it from the project's root. It prints microseconds a row for both, their ratio (the bar is 3), and the peak memory
of the command, which must not grow with the rows.
"""

from __future__ import annotations

import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = [
    "Article",
    "Name",
    "Price",
    "Currency",
    "Colour",
    "Size",
    "Material",
    "Brand",
    "Weight",
    "Warranty",
    "Category",
    "Stock",
]
BRANDS = ["Acme", "Example"]
COLOURS = ["red", "blue", "weiß", "чёрный", "vert", "żółty"]
NOUNS = ["Hammer drill", "Насос циркуляционный", "Wasserhahn", "Café moulu", "Bearing", "Łopata"]
NOTATIONS = ("{:.2f}", "{:.2f} €", "€{:.2f}", "{:,.2f}", " {:.2f} EUR")


def write(path: Path, rows: int) -> None:
    rng = random.Random(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        for number in range(rows):
            price = rng.choice(NOTATIONS).format(rng.uniform(1, 50_000))
            name = f"{rng.choice(NOUNS)} no. {number:07d} / {rng.choice(COLOURS)}"
            size = f"{rng.randrange(300)}x{rng.randrange(300)} mm"
            details = [rng.choice(COLOURS), size, "steel", rng.choice(BRANDS), f"{rng.randrange(9999) / 100:.2f} kg"]
            rest = [f"{rng.choice((12, 24))} months", f"Tools > Group {rng.randrange(40)}", rng.randrange(5000)]
            writer.writerow([f"SKU-{number:08d}", name, price, "EUR", *details, *rest])


def floor(path: Path) -> float:
    """Seconds of processor time for csv and the price alone."""
    from ingestion.pricegrid.values.price import parse_price  # noqa: PLC0415 only what is measured is loaded

    started = time.process_time()
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.reader(file):
            parse_price(row[2])
    return time.process_time() - started


def command(*words: str) -> float:
    """Seconds of processor time of a command and all that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    line = [sys.executable, "manage.py", "inspect_price_list", *words]
    subprocess.run(line, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        path, small = Path(folder, "list.csv"), Path(folder, "small.csv")
        write(path, rows)
        write(small, 20)
        least = floor(path)
        start_up = command(str(small), "--json")
        taken = command(str(path), "--json") - start_up
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    figures = f"csv and price {least / rows * 1e6:.1f} µs a row, inspect_price_list {taken / rows * 1e6:.1f} µs a row"
    print(f"{rows:,} rows: {figures}, ratio {taken / least:.2f}; peak {peak} MB")


if __name__ == "__main__":
    main()
