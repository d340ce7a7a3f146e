"""One table, and what can go wrong with one of its lines: whatever it is, it may cost that row and no other."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

HEADER = ("Code", "Barcode", "Name", "Description", "Price", "Stock")
NOUNS = ("Hammer", "Rope, braided", 'Saw 24"', "Lamp", "Bucket; grey", "Door's hinge", "Tape")
REMARKS = ("", "Solid, heavy and sharp.", "Made of oak; oiled.", 'The "small" one', "Two sizes, 3,5 and 4,5 m")


class Good(NamedTuple):
    code: str
    barcode: str
    name: str
    remark: str
    price: str
    stock: int


def goods_of(random: Random, count: int = 40) -> list[Good]:
    return [
        Good(
            f"{random.choice(['HB', 'KL'])}-{1000 + number}",
            f"40{random.randrange(10**10):010}",
            f"{random.choice(NOUNS)} {number}",
            random.choice(REMARKS),
            f"{random.randrange(1, 400)}.{random.randrange(100):02}",
            random.randrange(100),
        )
        for number in range(count)
    ]


def lines_of(goods: Sequence[Good], delimiter: str = ",", columns: Sequence[int] = range(len(HEADER))) -> list[str]:
    """Where a semicolon parts cells, a comma parts euros and cents."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\n")
    for row in (HEADER, *goods):
        texts = [str(cell).replace(".", ",") if row[4] is cell and delimiter == ";" else cell for cell in row]
        writer.writerow([texts[column] for column in columns])
    return written.getvalue().splitlines()


def place_of(line: str, sign: str, random: Random) -> int:
    return random.choice([at for at, char in enumerate(line) if char == sign] or [0])


def one_more_delimiter(line: str, delimiter: str, random: Random) -> str:
    at = place_of(line, delimiter, random)
    return line[:at] + delimiter + line[at:]


def one_less_delimiter(line: str, delimiter: str, random: Random) -> str:
    at = place_of(line, delimiter, random)
    return line[:at] + line[at + 1 :]


def quote_before_a_cell(line: str, delimiter: str, random: Random) -> str:
    at = place_of(line, delimiter, random) + 1 if random.random() < 0.8 else 0
    return f'{line[:at]}"{line[at:]}'


def quote_anywhere(line: str, delimiter: str, random: Random) -> str:
    at = random.randrange(len(line) + 1)
    return f'{line[:at]}"{line[at:]}'


def one_quote_less(line: str, delimiter: str, random: Random) -> str:
    at = place_of(line, '"', random) if '"' in line else None
    return line if at is None else line[:at] + line[at + 1 :]


def no_quotes(line: str, delimiter: str, random: Random) -> str:
    return line.replace('"', "")


def backslashes(line: str, delimiter: str, random: Random) -> str:
    return line.replace('""', '\\"')


def other_delimiter(line: str, delimiter: str, random: Random) -> str:
    other = random.choice([sign for sign in ",;\t| " if sign != delimiter])
    return other.join(f'"{cell}"' if other in cell else cell for cell in next(csv.reader([line], delimiter=delimiter)))


def other_delimiter_unquoted(line: str, delimiter: str, random: Random) -> str:
    other = random.choice([sign for sign in ",;\t| " if sign != delimiter])
    return line.replace(delimiter, other)


def decimal_comma(line: str, delimiter: str, random: Random) -> str:
    before, dot, after = line.rpartition(".")
    return f"{before},{after}" if dot else line


def entity(line: str, delimiter: str, random: Random) -> str:
    at = line.find("a")
    return f"{line[:at]}&auml;{line[at + 1 :]}" if at >= 0 else line


def torn(line: str, delimiter: str, random: Random) -> str:
    at = random.randrange(1, len(line))
    return f"{line[:at]}\r{line[at:]}"


DAMAGES: tuple[Callable[[str, str, Random], str], ...] = (
    one_more_delimiter,
    one_less_delimiter,
    quote_before_a_cell,
    quote_anywhere,
    one_quote_less,
    no_quotes,
    backslashes,
    other_delimiter,
    other_delimiter_unquoted,
    decimal_comma,
    entity,
    torn,
)
