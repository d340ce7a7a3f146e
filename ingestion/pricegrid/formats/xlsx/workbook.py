"""A workbook: which sheets it has, in which state, and what they share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ingestion.pricegrid.cells.grid import Style
from ingestion.pricegrid.formats.archives import open_archive
from ingestion.pricegrid.formats.limits import Limits
from ingestion.pricegrid.formats.refusals import refusing_damage
from ingestion.pricegrid.formats.xlsx.cells import Readers
from ingestion.pricegrid.formats.xlsx.package import Package
from ingestion.pricegrid.formats.xlsx.styles import StyleTable
from ingestion.pricegrid.formats.xlsx.texts import shared_strings
from ingestion.pricegrid.formats.xlsx.worksheet import Worksheet
from ingestion.pricegrid.formats.xml import Pieces, attributes_of
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.records import Message

_SHEETS = gettext_noop("sheets")
_STATES = {"hidden": "hidden", "veryHidden": "very_hidden"}


class Workbook:
    kind = "xlsx"

    def __init__(self, path: Path, limits: Limits) -> None:
        self.notes: list[Message] = []
        with refusing_damage(self.kind):
            self.archive = open_archive(path, limits)
            try:
                self.sheets = list(_read_sheets(Package(self.archive, limits), limits))
            except BaseException:
                self.archive.close()
                raise

    def close(self) -> None:
        self.archive.close()


class Named(NamedTuple):
    """A sheet as the workbook names it; `relation` leads to its part."""

    name: str
    state: str
    relation: str


def _read_sheets(package: Package, limits: Limits) -> Iterator[Worksheet]:
    main = package.find("", "officeDocument", "xl/workbook.xml")
    if main is None:
        raise ValueError("no workbook inside")
    named_sheets, from_1904 = read_main(package, main, limits)
    readers = read_shared(package, main, limits, from_1904=from_1904)
    parts = {found.id: found.target for found in package.related(main) if found.kind == "worksheet"}
    for name, state, relation in named_sheets:
        part = parts.pop(relation, None)  # none stands for two sheets
        if part and part in package:
            yield Worksheet(package, part, name, state, readers, limits)


def read_main(package: Package, main: str, limits: Limits) -> tuple[list[Named], bool]:
    """The sheets in their order, and whether dates count from 1904."""
    sheets: list[Named] = []
    from_1904 = False
    with package.open(main) as content:
        for _, tag, element in Pieces(content, main, limits, whole=("sheet", "workbookPr")):
            own = attributes_of(element)
            if tag == "workbookPr":
                from_1904 = from_1904 or own.get("date1904") in ("1", "true")
            else:
                limits.check_text(len(own.get("name", "")), main)
                sheets.append(
                    Named(own.get("name", ""), _STATES.get(own.get("state", ""), "visible"), own.get("id", ""))
                )
                limits.check_count(len(sheets), limits.sheets, _SHEETS, main)
    return sheets, from_1904


def read_shared(package: Package, main: str, limits: Limits, *, from_1904: bool) -> Readers:
    strings = package.find(main, "sharedStrings", "xl/sharedStrings.xml")
    styles: list[Style] = []
    if part := package.find(main, "styles", "xl/styles.xml"):
        with package.open(part) as content:
            styles = StyleTable(part, limits).read(content)
    return Readers(styles, shared_strings(package, strings) if strings else [], limits, from_1904=from_1904)
