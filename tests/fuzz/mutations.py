# ruff: noqa: E501
"""Valid files of every format, and changes to them that know what they change: members of archives, numbers, tags, bytes."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

from tests.attack.hostile_files import LIST, spreadsheetml, xlsb_cell
from tests.ingestion.parsers.files import (
    MAIN,
    opendocument,
    record,
    wide,
    worksheet,
    write_biff5,
    write_ods,
    write_raw_xlsx,
    write_xls,
    write_xlsb,
    write_xlsx,
)

NUMBER = re.compile(rb"[0-9]+")
NUMBERS = (
    b"0",
    b"-1",
    b"65535",
    b"65536",
    b"1048577",
    b"2147483648",
    b"99999999999999999999",
    b"1e999",
    b"",
    b"9" * 5000,
)
TOKENS = (
    b"<", b">", b"&", b'"', b"'", b"\0", b"\xff", b"\xd0", b"\xed\xa0\x80", b"]]>", b"<!--", b"-->", b"<![CDATA[", b"</row>", b"</c>", b"<row>",
    b"<c/>", b"<si>", b"<rPh>", b"&#0;", b"&#xD800;", b"_xD800_", b"_x0000_", b";", b"\t", b"\n", b"\r", b",", b"\xef\xbb\xbf", b"\xff\xfe",
    b"\xe2\x80\xae", b"nan", b"inf", b"=1+1", b"#REF!", b"A1:XFD1048576", b"<table>", b"<tr>", b"<td rowspan=9>", b"</table>",
)  # fmt: skip
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="200" formatCode="yyyy-mm-dd"/></numFmts><fonts><font><b/><sz val="12"/></font></fonts>'
    '<fills><fill/></fills><cellXfs><xf numFmtId="200" fontId="0" fillId="0"/><xf numFmtId="4"/></cellXfs></styleSheet>'
)
STRINGS = f'<sst xmlns="{MAIN}"><si><t>Bolt</t></si><si><r><t>two</t></r><r><t> fonts</t></r><rPh sb="0"><t>x</t></rPh></si></sst>'
SHARED = '<row r="3" hidden="1"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" s="1"><v>44927</v></c></row>'
TEXT = "Code;Name;Price;Stock\n" + "".join(f'A-{n};"Болт {n}";{n},50;{n * 3}\n' for n in range(1, 30))
TABLE = "".join(
    f"<tr><td>A-{n}</td><td colspan=1 style='font-weight:bold'>Bolt</td><td>{n}.5</td></tr>" for n in range(1, 20)
)
ROW = '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="1"><text:p>A-1<text:s text:c="2"/></text:p></table:table-cell><table:table-cell office:value-type="float" office:value="2.5"/></table:table-row>'
TABLES = f'<table:table table:name="L"><table:table-column table:visibility="collapse"/>{ROW * 4}</table:table>'
XML_ROWS = '<Row ss:Index="1"><Cell ss:Index="1"><Data ss:Type="String">Code</Data></Cell><Cell ss:MergeAcross="1"><Data ss:Type="Number">2.5</Data></Cell></Row>'
XLSB = record(60, struct.pack("<IIIIH", 1, 2, 0, 0, 1)) + b"".join(
    record(0, struct.pack("<I", n) + bytes(13)) + xlsb_cell(0, wide(f"A-{n}")) + record(7, struct.pack("<III", 1, 0, 0)) + record(5, struct.pack("<IId", 2, 0, 2.5))
    for n in range(9)
)  # fmt: skip


def text_file(name: str, content: bytes) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return write


SEEDS: Mapping[str, Callable[[Path], Path]] = {
    "xlsx": lambda folder: write_raw_xlsx(folder / "raw.xlsx", worksheet(LIST + SHARED, after='<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'), strings=STRINGS, styles=STYLES),
    "xlsx-usual": lambda folder: write_xlsx(folder / "usual.xlsx", [["Code", "Name", "Price"], *([f"A-{n}", "Bolt", n] for n in range(30))]),
    "xls": lambda folder: write_xls(folder / "list.xls", [["Code", "Name", "Price"], *([f"A-{n}", "Bolt", n] for n in range(30))]),
    "biff5": lambda folder: write_biff5(folder / "biff5.xls", ["Болт".encode("cp1251")] * 9),
    "xlsb": lambda folder: write_xlsb(folder / "list.xlsb", XLSB, record(19, b"\0" + wide("Bolt"))),
    "ods": lambda folder: write_ods(folder / "list.ods", TABLES),
    "fods": text_file("list.fods", opendocument(f"<office:body><office:spreadsheet>{TABLES}</office:spreadsheet></office:body>").encode()),
    "xml": text_file("list.xml", spreadsheetml(f'<Worksheet ss:Name="L"><Table><Column ss:Hidden="1"/>{XML_ROWS * 3}</Table></Worksheet>').encode()),
    "html": text_file("list.html", f"<html><title>x</title><table>{TABLE}</table></html>".encode()),
    "csv": text_file("list.csv", TEXT.encode()),
    "csv-cp1251": text_file("old.csv", TEXT.encode("cp1251")),
    "csv-utf-16": text_file("wide.csv", TEXT.encode("utf-16")),
}  # fmt: skip


def mutated(content: bytes, random: Random) -> bytes:
    """Changed inside of a member where it is an archive; now and then, and otherwise, the bytes themselves."""
    if not content.startswith(b"PK") or random.random() < 0.1:
        return changed(content, random)
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(packed, "w") as copy:
        target = random.choice(archive.namelist())
        for name in archive.namelist():
            inside = archive.read(name)
            copy.writestr(name, changed(inside, random) if name == target else inside)
    return packed.getvalue()


def changed(content: bytes, random: Random) -> bytes:
    for _ in range(random.randint(1, 5)):
        at = random.randrange(len(content) + 1)
        end = min(len(content), at + random.choice((1, 2, 8, 60)))
        match random.randrange(6):
            case 0:
                content = content[:at] + random.choice(TOKENS) + content[at:]
            case 1:
                content = content[:at] + content[end:]
            case 2:
                content = content[:at] + content[at:end] * random.choice((2, 3, 200)) + content[end:]
            case 3 if numbers := list(NUMBER.finditer(content)):
                found = random.choice(numbers)
                content = content[: found.start()] + random.choice(NUMBERS) + content[found.end() :]
            case 4:
                content = content[:at]
            case _:
                content = content[:at] + bytes([random.randrange(256)]) + content[at + 1 :]
    return content
