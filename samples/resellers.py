"""Two resellers of the same makers' power tools: each has its own codes and its own way to write a name.

A third of what the second sells has its barcode, a third its model in the name, and of the rest only words tell what it is.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from samples.goods import Goods, amount

FAIRFAX, KESTREL = "Fairfax Tools", "Kestrel Trade Supplies"
FAIRFAX_HEADER = ["Code", "Description", "Category", "Brand", "Part no.", "EAN", "Net price, EUR", "Stock"]
KESTREL_HEADER = ["SKU", "Product", "Category", "Brand", "EAN", "Price, EUR", "Availability"]
MAKERS = ("Rheintal", "Nordwerk", "Torvald")
KINDS = {  # what it is, as each of them says it: its model, its variants
    ("Cordless drill", "Drill, cordless"): ("RBS", ("12 V", "14.4 V", "18 V", "36 V")),
    ("Angle grinder 125 mm", "Grinder, angle, 125mm"): ("WKS", ("750 W", "900 W", "1100 W", "1400 W")),
    ("Jigsaw", "Jig saw"): ("STP", ("500 W", "650 W", "720 W", "800 W")),
    ("Rotary hammer SDS-plus", "Hammer drill SDS plus"): ("BHM", ("600 W", "800 W", "900 W", "1050 W")),
    ("Random orbit sander", "Sander, random orbital"): ("EXS", ("125 mm", "150 mm", "180 mm", "225 mm")),
}


def gtin(number: int) -> str:
    """Of the range that GS1 keeps for examples."""
    digits = f"952{number:09d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str(-total % 10)


class Tool(NamedTuple):
    """The same thing as the one and as the other reseller has it."""

    fairfax: Goods
    kestrel: Goods
    maker: str
    model: str
    barcode: str


def tools() -> Iterator[Tool]:
    chance, number = random.Random(17), 0
    for maker, ((words, others), (letters, variants)) in product(MAKERS, KINDS.items()):
        for variant in variants:
            number += 1
            model, price = f"{letters}{10 + number}-{chance.randint(20, 99)}", amount(chance.uniform(45, 420))
            asked = amount(price * Decimal(chance.choice(["0.93", "0.97", "1.02", "1.08"])))
            name = f"{others} {maker} {written_in_name(number, model)}{variant.replace(' ', '')}"
            yield Tool(
                Goods(f"F{3000 + number}", f"{maker} {words} {model}, {variant}", price, None, "12", words),
                Goods(f"KT-{5000 + 7 * number}", name, asked, None, "in stock", others),
                maker,
                model,
                gtin(number),
            )


def written_in_name(number: int, model: str) -> str:
    return f"{model.replace('-', '')} " if number % 3 == 1 else ""


TOOLS = list(tools())
OF_CODE = {goods.code: tool for tool in TOOLS for goods in (tool.fairfax, tool.kestrel)}


def written(rows: Sequence[Sequence[object]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode()


def fairfax_csv(goods: Sequence[Goods], valid_from: str) -> bytes:
    """English: makers, their part numbers and barcodes beside the names, for items of several suppliers to be matched by."""
    rows: list[Sequence[object]] = [[f"Fairfax Tools, net prices from {valid_from}"], FAIRFAX_HEADER]
    for g in goods:
        tool = OF_CODE[g.code]
        rows.append([g.code, g.name, g.category, tool.maker, tool.model, tool.barcode, f"{g.price:.2f}", g.stock])
    return written(rows)


def kestrel_csv(goods: Sequence[Goods], valid_from: str) -> bytes:
    """English: what another supplier sells too, in other words, some with its barcode, some with its model in the name."""
    rows: list[Sequence[object]] = [[f"Kestrel Trade Supplies, {valid_from}"], KESTREL_HEADER]
    for number, g in enumerate(goods, start=1):
        tool = OF_CODE[g.code]
        barcode = tool.barcode if number % 3 == 0 else ""
        rows.append([g.code, g.name, g.category, tool.maker, barcode, f"{g.price:.2f}", g.stock])
    return written(rows)
