"""A workbook: which sheets it has, in which state, and what they share."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from ingestion.parsers.formats.limits import Limits
from ingestion.parsers.formats.refusals import refusing_damage
from ingestion.parsers.formats.xlsx.cells import Readers
from ingestion.parsers.formats.xlsx.package import Package
from ingestion.parsers.formats.xlsx.styles import read_styles
from ingestion.parsers.formats.xlsx.texts import shared_strings
from ingestion.parsers.formats.xlsx.worksheet import Worksheet
from ingestion.parsers.formats.xml import elements, named, parse_xml
from ingestion.sheet.records import Message

STATES = {"hidden": "hidden", "veryHidden": "very_hidden"}


class Workbook:
    kind = "xlsx"

    def __init__(self, path: Path, limits: Limits) -> None:
        self.notes: list[Message] = []
        with refusing_damage(self.kind):
            self.archive = zipfile.ZipFile(path)
            self.sheets = list(read_sheets(Package(self.archive), limits))

    def close(self) -> None:
        self.archive.close()


def read_sheets(package: Package, limits: Limits) -> Iterator[Worksheet]:
    main = package.find("", "officeDocument", "xl/workbook.xml")
    if main is None:
        raise ValueError("no workbook inside")
    root = parse_xml(package.read(main))
    readers = read_shared(package, main, root)
    parts = {found.id: found.target for found in package.related(main) if found.kind == "worksheet"}
    for element in elements(root, "sheet"):
        part = parts.get(named(element).get("id", ""))
        if part and part in package:
            state = STATES.get(element.get("state", ""), "visible")
            yield Worksheet(package, part, element.get("name", ""), state, readers, limits)


def read_shared(package: Package, main: str, root: etree._Element) -> Readers:
    strings = package.find(main, "sharedStrings", "xl/sharedStrings.xml")
    styles = package.find(main, "styles", "xl/styles.xml")
    from_1904 = any(found.get("date1904") in ("1", "true") for found in elements(root, "workbookPr"))
    return Readers(
        read_styles(package.read(styles)) if styles else [],
        shared_strings(package, strings) if strings else [],
        from_1904=from_1904,
    )
