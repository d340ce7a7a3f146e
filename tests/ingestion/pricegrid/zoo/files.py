"""Lists of the zoo as files."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.ingestion.parsers.files import write_xls, write_xlsx
from tests.ingestion.pricegrid.zoo.listing import Listing

ENCODINGS = {
    **dict.fromkeys(("ru", "uk", "be", "bg"), "cp1251"),
    **dict.fromkeys(("en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "no", "fi", "id"), "cp1252"),
    **dict.fromkeys(("pl", "cs", "sk", "hu", "hr", "sl"), "cp1250"),
    "tr": "cp1254", "el": "cp1253", "ar": "cp1256", "he": "cp1255", "lt": "cp1257", "lv": "cp1257", "et": "cp1257",
    "zh": "gb18030", "ja": "cp932", "ko": "cp949", "th": "cp874",
}  # fmt: skip


def as_csv(listing: Listing, path: Path, encoding: str, delimiter: str) -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(listing.cells)
    path.write_bytes(text.getvalue().encode(encoding, "replace"))
    return path


def as_html(listing: Listing, path: Path) -> Path:
    """What web shops send as .xls."""
    rows = ["".join(f"<td>{'' if cell is None else cell}</td>" for cell in row) for row in listing.cells]
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    path.write_text(f"<html><meta charset='utf-8'><table>{body}</table></html>", encoding="utf-8")
    return path


def as_xlsx(listing: Listing, path: Path) -> Path:
    return write_xlsx(path, listing.cells)


def as_xls(listing: Listing, path: Path) -> Path:
    return write_xls(path, listing.cells)
