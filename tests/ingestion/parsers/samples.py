"""One sample list of each kind of source, with eight items in rows 2 to 9."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.ingestion.parsers.files import write_xls, write_xlsx

HEADER = ["Code", "Name", "Price", "Currency"]
GOODS: list[list[Any]] = [[f"BN-10{n}", f"Hexagon bolt M{n} galvanised", n * 1.25, "EUR"] for n in range(1, 9)]
ROWS: list[list[Any]] = [HEADER, *GOODS]


def csv(path: Path) -> Path:
    path.write_text("\n".join(";".join(map(str, row)) for row in ROWS), encoding="utf-8")
    return path


def excel(path: Path) -> Path:
    return write_xlsx(path, ROWS)


def old_excel(path: Path) -> Path:
    return write_xls(path, ROWS)


def google_sheets(path: Path) -> Path:
    properties = {"title": "List", "sheetId": 0}
    head = {"format": "google_sheets/1", "properties": {"title": "Prices"}, "sheets": [{"properties": properties}]}
    values = [{"values": [{"effectiveValue": {kind(value): value}} for value in row]} for row in ROWS]
    body = {"sheets": [{"properties": properties, "data": [{"rowData": values}]}]}
    path.write_text(f"{json.dumps(head)}\n{json.dumps(body)}\n", encoding="utf-8")
    return path


def kind(value: object) -> str:
    return "stringValue" if isinstance(value, str) else "numberValue"


def json_items(path: Path) -> Path:
    entries = [dict(zip(("code", "name", "price", "currency"), row, strict=True)) for row in GOODS]
    path.write_text(json.dumps({"items": [{}, *entries]}), encoding="utf-8")
    return path


SAMPLES: dict[str, Callable[[Path], Path]] = {
    "csv": csv,
    "excel": excel,
    "google_sheets": google_sheets,
    "json_items": json_items,
}
