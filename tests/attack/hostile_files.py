# ruff: noqa: E501
"""Files that somebody might send to do harm: each builder writes one into a folder and gives its path.

All are small and always the same. What a reader must make of each: items, or one clear refusal, within 20 seconds and
512 MB. `BUILDERS` holds them by name.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tests.ingestion.parsers.files import (
    MAIN,
    RELATIONS,
    opendocument,
    record,
    relations,
    wide,
    worksheet,
    write_biff5,
    write_ods,
    write_raw_xlsx,
    write_xls,
    write_xlsb,
    write_xlsx,
    write_zip,
)

Builder = Callable[[Path], Path]
BUILDERS: dict[str, Builder] = {}
HEADER = '<row r="1">' + "".join(
    f'<c r="{letter}1" t="inlineStr"><is><t>{text}</t></is></c>'
    for letter, text in zip("ABC", ("Code", "Name", "Price"), strict=True)
)
HEADER += "</row>"
ITEM = '<row r="2"><c r="A2" t="str"><v>A-1</v></c><c r="B2" t="str"><v>Bolt</v></c><c r="C2"><v>2.5</v></c></row>'
LIST = HEADER + ITEM
CSV = "Code;Name;Price\nA-1;Bolt;2.50\nA-2;Nut;3.10\n"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPE = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'
SECRET = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
PARAMETER = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p.dtd"> %p;]>'
MEGA = 1024 * 1024
STYLES = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf/></cellXfs></styleSheet>'
STRINGS = f'<sst xmlns="{MAIN}"><si><t>x</t></si></sst>'
SPREADSHEETML = "urn:schemas-microsoft-com:office:spreadsheet"


def builds(name: str) -> Callable[[Builder], Builder]:
    def keep(builder: Builder) -> Builder:
        BUILDERS[name] = builder
        return builder

    return keep


def add(name: str, suffix: str, content: str | bytes | Callable[[], str | bytes]) -> None:
    """A file that is one text."""

    def build(folder: Path) -> Path:
        made = content() if callable(content) else content
        path = folder / f"{name}.{suffix}"
        path.write_bytes(made if isinstance(made, bytes) else made.encode())
        return path

    BUILDERS[name] = build


def add_xlsx(name: str, sheet: Callable[[], str | bytes], **parts: Callable[[], str]) -> None:
    BUILDERS[name] = lambda folder: write_raw_xlsx(
        folder / f"{name}.xlsx", sheet(), **{part: content() for part, content in parts.items()}
    )


def add_ods(name: str, table: Callable[[], str], styles: str = "") -> None:
    BUILDERS[name] = lambda folder: write_ods(folder / f"{name}.ods", table(), styles)


def spreadsheetml(inside: str, before: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{before}<Workbook xmlns="{SPREADSHEETML}" xmlns:ss="{SPREADSHEETML}">{inside}</Workbook>'
    )


def with_parts(path: Path, parts: Iterable[tuple[str, str | bytes]]) -> Path:
    """The archive with further members."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return path


# --- constructs that patterns trip over: unterminated, nested, repeated -------------------------------------------------

CONSTRUCTS = {
    "comment": "<!--",
    "cdata": "<![CDATA[",
    "instruction": "<?x ",
    "phonetic": "<rPh>",
    "phonetic-attributes": '<rPh sb="0" ',
    "run": "<r><t>",
    "run-open": "<r ",
    "text": "<t ",
    "string": "<si>",
    "string-open": "<si ",
    "hidden-column": '<col hidden="1" min="1" max="16384"',
    "hidden-column-closed": '<col hidden="1" min="1" max="16384"/>',
    "merge": "<mergeCell ",
    "merge-closed": '<mergeCell ref="A1:XFD1048576"/>',
    "row": "<row ",
    "row-hidden": '<row hidden="1" r="',
    "row-closed": '<row r="1"></row>',
    "cell": '<c r="A1" ',
    "cell-open": '<c r="A1"><v>',
    "formula": '<c r="A1"><f>',
    "entities": "&amp;&#1234;&lt;",
    "escapes": "_x0041_",
    "attribute": 'a="b" ',
    "word": "a",
    "quotes": "\"'",
    "blanks": "\n \t",
}
SHEET_PLACES = {
    "rows": lambda text: worksheet(LIST + text),
    "row": lambda text: worksheet(f'{HEADER}<row r="2"><c r="A2" t="str"><v>{text}</v></c></row>'),
    "tag": lambda text: worksheet(f'{HEADER}<row r="2"><c r="A2" {text}><v>1</v></c></row>'),
    "before": lambda text: worksheet(LIST, before=text),
    "after": lambda text: worksheet(LIST, after=text),
}


def xlsx_construct(folder: Path, construct: str, place: str, size: int) -> Path:
    text = CONSTRUCTS[construct] * (size // len(CONSTRUCTS[construct]))
    path = folder / f"{construct}-{place}-{size}.xlsx"
    if place == "strings":
        return write_raw_xlsx(
            path, worksheet(LIST), strings=f'<sst xmlns="{MAIN}"><si>{text}</si><si><t>x</t></si></sst>'
        )
    if place == "styles":
        return write_raw_xlsx(path, worksheet(LIST), styles=f'<styleSheet xmlns="{MAIN}">{text}</styleSheet>')
    if place == "formats":
        code = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        formats = (
            f'<numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs>'
        )
        return write_raw_xlsx(path, worksheet(LIST), styles=f'<styleSheet xmlns="{MAIN}">{formats}</styleSheet>')
    return write_raw_xlsx(path, SHEET_PLACES[place](text))


def add_construct(construct: str, place: str) -> None:
    BUILDERS[f"xlsx-{construct}-in-{place}"] = lambda folder: xlsx_construct(folder, construct, place, 400_000)


for _construct, _place in (
    ("comment", "rows"), ("comment", "strings"), ("comment", "after"), ("cdata", "rows"), ("cdata", "strings"),
    ("phonetic", "strings"), ("phonetic-attributes", "strings"), ("run", "strings"), ("run-open", "strings"),
    ("string", "strings"), ("string-open", "strings"), ("hidden-column", "before"), ("hidden-column-closed", "before"),
    ("merge", "after"), ("merge-closed", "after"), ("row", "rows"), ("row-hidden", "rows"), ("cell", "rows"),
    ("cell-open", "rows"), ("formula", "rows"), ("entities", "row"), ("attribute", "tag"), ("word", "tag"),
    ("word", "formats"), ("quotes", "formats"),
):  # fmt: skip
    add_construct(_construct, _place)


# --- too much of something ----------------------------------------------------------------------------------------------

add_xlsx("xlsx-one-row-of-cells", lambda: worksheet(LIST + '<row r="3">' + "<c/>" * 25_000_000 + "</row>"))
add_xlsx("xlsx-rows-of-cells", lambda: worksheet(LIST + ("<row>" + "<c/>" * 16_000 + "</row>") * 1_500))
add_xlsx("xlsx-huge-cell", lambda: worksheet(f'{LIST}<row r="3"><c r="A3" t="str"><v>{"x" * 52 * MEGA}</v></c></row>'))
add_xlsx("xlsx-long-cell", lambda: worksheet(f'{LIST}<row r="3"><c r="A3" t="str"><v>{"x" * 200_000}</v></c></row>'))
add_xlsx(
    "xlsx-far-cells",
    lambda: worksheet(LIST + "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(3, 60_000))),
)
add_xlsx("xlsx-beyond-the-last-column", lambda: worksheet(LIST + '<row r="3"><c r="ZZZ3"><v>1</v></c></row>'))
add_xlsx("xlsx-stray-cell", lambda: worksheet(HEADER + '<row r="2"><c r="XFD2"><v>1</v></c></row>' + "".join(
    f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" t="str"><v>Bolt {n}</v></c><c r="C{n}"><v>2</v></c></row>' for n in range(3, 100_000))))  # fmt: skip
add_xlsx("xlsx-many-columns", lambda: worksheet("".join(
    f'<row r="{row}">' + "".join(f'<c r="{letters(column)}{row}"><v>{row}{column}</v></c>' for column in range(16_384)) + "</row>" for row in range(1, 60))))  # fmt: skip
add_xlsx("xlsx-row-number", lambda: worksheet(LIST + f'<row r="{"9" * 4000}"><c r="A3"><v>1</v></c></row>'))
add_xlsx("xlsx-number-of-digits", lambda: worksheet(LIST + f'<row r="3"><c r="A3"><v>{"9" * 100_000}</v></c></row>'))
add_xlsx(
    "xlsx-rows-backwards",
    lambda: worksheet(HEADER + '<row r="9"><c r="A9"><v>1</v></c></row><row r="3"><c r="A3"><v>1</v></c></row>'),
)
add_xlsx("xlsx-negative-row", lambda: worksheet(LIST + '<row r="-3"><c r="A-3"><v>1</v></c></row>'))
add_xlsx("xlsx-merges-over-each-other", lambda: worksheet(
    "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 3_000)),
    after="<mergeCells>" + "".join(f'<mergeCell ref="A{n}:B1048576"/>' for n in range(1, 100_000)) + "</mergeCells>"))  # fmt: skip
add_xlsx("xlsx-merge-far-right", lambda: worksheet(
    '<row r="1"><c r="XFD1"><v>7</v></c></row>' + "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(2, 60_000)),
    after='<mergeCells><mergeCell ref="XFD1:XFD1048576"/></mergeCells>'))  # fmt: skip
add_xlsx("xlsx-many-looks", lambda: worksheet(LIST + "".join(
    f'<row r="{n}">' + "".join(f'<c r="{letters(c)}{n}" s="{n * c % 997}" x{n}="{c}"><v>1</v></c>' for c in range(30)) + "</row>" for n in range(3, 20_000))),
    styles=lambda: f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 1000}</cellXfs></styleSheet>')  # fmt: skip
add_xlsx(
    "xlsx-many-strings",
    lambda: worksheet(LIST),
    strings=lambda: f'<sst xmlns="{MAIN}">{"<si><t>ab</t></si>" * 5_500_000}</sst>',
)
add_xlsx(
    "xlsx-many-styles",
    lambda: worksheet(LIST),
    styles=lambda: f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 5_000_000}</cellXfs></styleSheet>',
)
add_xlsx(
    "xlsx-long-format",
    lambda: worksheet(LIST),
    styles=lambda: (
        f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="200" formatCode="{"[" * 500_000}"/></numFmts></styleSheet>'
    ),
)
add_xlsx(
    "xlsx-deep",
    lambda: worksheet(LIST + '<row r="3"><c r="A3" t="inlineStr"><is>' + "<r>" * 1_000_000 + "</is></c></row>"),
)
add_xlsx(
    "xlsx-many-attributes",
    lambda: worksheet(LIST + '<row r="3"><c ' + " ".join(f'a{n}=""' for n in range(500_000)) + "><v>1</v></c></row>"),
)
add_xlsx(
    "xlsx-bad-escapes",
    lambda: worksheet(
        f'{HEADER}<row r="2"><c r="A2" t="str"><v>A_x0000__xD83D_</v></c><c r="B2" t="str"><v>_xDE00__x0008_b&#xD800;&#0;</v></c><c r="C2"><v>1</v></c></row>'
    ),
)
add_xlsx("xlsx-not-in-utf-8", lambda: worksheet(LIST).encode().replace(b"Bolt", b"B\xeflt"))
add_xlsx("xlsx-codec-of-no-text", lambda: worksheet(LIST).replace("?>", ' encoding="zip"?>', 1))
add_xlsx("xlsx-cut-short", lambda: worksheet(LIST)[:-60])


def letters(column: int) -> str:
    text, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


@builds("xlsx-many-sheets")
def many_sheets(folder: Path) -> Path:
    path = write_raw_xlsx(folder / "many-sheets.xlsx", worksheet(LIST))
    sheets = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 50_000))
    return replaced(
        path,
        {"xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets></workbook>'},
    )


def replaced(path: Path, parts: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path) as archive:
        content: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return write_zip(path, {**content, **parts})


# --- external entities, entity bombs ------------------------------------------------------------------------------------

for _name, _doctype in (("laughs", DOCTYPE), ("secret", SECRET), ("remote", REMOTE), ("parameter", PARAMETER)):
    _reference = {"laughs": "&l9;", "secret": "&secret;"}.get(_name, "x")

    def _dtd(inside: str, doctype: str = _doctype) -> str:
        return inside.replace("?>", f"?>{doctype}", 1) if inside.startswith("<?xml") else doctype + inside

    def _build(name: str, doctype: str, reference: str) -> None:
        dtd = doctype
        bad = f'<row r="3"><c r="A3" t="str"><v>{reference}</v></c></row>'
        sheet = worksheet(LIST + bad).replace("?>", f"?>{dtd}", 1)
        add_xlsx(f"xlsx-{name}-in-sheet", lambda: sheet)
        add_xlsx(
            f"xlsx-{name}-in-strings",
            lambda: worksheet(LIST),
            strings=lambda: f'{dtd}<sst xmlns="{MAIN}"><si><t>{reference}</t></si></sst>',
        )
        add_xlsx(
            f"xlsx-{name}-in-styles",
            lambda: worksheet(LIST),
            styles=lambda: f'{dtd}<styleSheet xmlns="{MAIN}" x="{reference if name == "laughs" else ""}"/>',
        )
        BUILDERS[f"xlsx-{name}-in-workbook"] = lambda folder: replaced(
            write_raw_xlsx(folder / f"{name}-workbook.xlsx", worksheet(LIST)),
            {
                "xl/workbook.xml": f'{dtd}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="{reference if name == "laughs" else "x"}" r:id="rId1"/></sheets></workbook>'
            },
        )
        table = '<table:table table:name="T"><table:table-row><table:table-cell><text:p>{}</text:p></table:table-cell></table:table-row></table:table>'
        flat = opendocument(
            f"<office:body><office:spreadsheet>{table.format(reference)}</office:spreadsheet></office:body>"
        )
        add(f"fods-{name}", "fods", flat.replace("?>", f"?>{dtd}", 1))
        add(
            f"xml-{name}",
            "xml",
            spreadsheetml(
                f"<Worksheet><Table><Row><Cell><Data>{reference}</Data></Cell></Row></Table></Worksheet>", dtd
            ),
        )
        add(
            f"html-{name}",
            "html",
            f"{dtd}<html><table><tr><td>Code</td></tr><tr><td>{reference}</td></tr></table></html>",
        )

    _build(_name, _doctype, _reference)

# --- ODS, SpreadsheetML, XLSB, XLS, HTML --------------------------------------------------------------------------------

CELL = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
add_ods(
    "ods-blank-repeated",
    lambda: (
        "<table:table><table:table-row><table:table-cell><text:p>x<text:s text:c='2000000000'/></text:p></table:table-cell></table:table-row></table:table>"
    ),
)
add_ods(
    "ods-row-repeated",
    lambda: (
        '<table:table><table:table-row table:number-rows-repeated="2000000000">'
        + CELL.format("", "x")
        + "</table:table-row></table:table>"
    ),
)
add_ods(
    "ods-rows-repeated-within-limits",
    lambda: (
        '<table:table><table:table-row table:number-rows-repeated="900000">'
        + CELL.format("", "x")
        + "</table:table-row></table:table>"
    ),
)
add_ods(
    "ods-cell-repeated",
    lambda: (
        "<table:table>"
        + ("<table:table-row>" + CELL.format(' table:number-columns-repeated="16384"', "x") + "</table:table-row>")
        * 300
        + "</table:table>"
    ),
)
add_ods(
    "ods-cells-beyond",
    lambda: (
        "<table:table><table:table-row>"
        + CELL.format(' table:number-columns-repeated="99999999999"', "x")
        + "</table:table-row></table:table>"
    ),
)
add_ods(
    "ods-negative",
    lambda: (
        '<table:table><table:table-row table:number-rows-repeated="-5">'
        + CELL.format(' table:number-columns-repeated="-1"', "x")
        + "</table:table-row></table:table>"
    ),
)
add_ods(
    "ods-digits",
    lambda: (
        f'<table:table><table:table-row table:number-rows-repeated="{"9" * 100_000}">'
        + CELL.format("", "x")
        + "</table:table-row></table:table>"
    ),
)
add_ods("ods-many-looks", lambda: "<table:table>" + "".join(
    f'<table:table-row><table:table-cell table:style-name="s{n % 2}" table:number-columns-repeated="{n % 16000 + 1}"/><table:table-cell table:style-name="s1" table:number-columns-repeated="16000"/>' + CELL.format("", n) + "</table:table-row>" for n in range(3_000)) + "</table:table>",
    "<style:style style:name='s1' style:family='table-cell'><style:text-properties fo:font-weight='bold'/></style:style>")  # fmt: skip
add_ods(
    "ods-deep",
    lambda: (
        "<table:table><table:table-row><table:table-cell>"
        + "<text:span>" * 500_000
        + "</table:table-cell></table:table-row></table:table>"
    ),
)
add_ods(
    "ods-format-digits",
    lambda: "<table:table/>",
    '<number:number-style style:name="n"><number:number number:min-integer-digits="2000000000"/></number:number-style>',
)
add_ods("ods-elements-outside", lambda: "<table:table>" + "<x/>" * 5_000_000 + "</table:table>")
add_ods("ods-comments", lambda: "<table:table>" + "<!---->" * 3_000_000 + "</table:table>")
add_ods(
    "ods-spans",
    lambda: (
        "<table:table>"
        + ("<table:table-row>" + CELL.format(' table:number-rows-spanned="1000000"', "x") * 20 + "</table:table-row>")
        * 5_000
        + "</table:table>"
    ),
)
add(
    "xml-spans",
    "xml",
    lambda: spreadsheetml(
        "<Worksheet><Table>"
        + '<Column ss:Hidden="1" ss:Span="16000"/>' * 20_000
        + '<Row ss:Hidden="1" ss:Span="1000000"/>' * 3
        + "</Table></Worksheet>"
    ),
)
add(
    "xml-index",
    "xml",
    lambda: spreadsheetml(
        '<Worksheet><Table><Row ss:Index="99999999999"><Cell ss:Index="99999999999" ss:MergeAcross="99999999"><Data>x</Data></Cell></Row></Table></Worksheet>'
    ),
)
add(
    "xml-far-cells",
    "xml",
    lambda: spreadsheetml(
        "<Worksheet><Table>"
        + '<Row><Cell ss:Index="16384"><Data>x</Data></Cell></Row>' * 30_000
        + "</Table></Worksheet>"
    ),
)
add(
    "xml-negative",
    "xml",
    spreadsheetml(
        '<Worksheet><Table><Row ss:Index="-1"><Cell ss:MergeDown="-7"><Data>x</Data></Cell></Row></Table></Worksheet>'
    ),
)
add("xml-elements", "xml", lambda: spreadsheetml("<Worksheet><Table>" + "<x/>" * 4_000_000 + "</Table></Worksheet>"))
add(
    "xml-one-row",
    "xml",
    lambda: spreadsheetml("<Worksheet><Table><Row>" + "<Cell/>" * 3_000_000 + "</Row></Table></Worksheet>"),
)
add("xml-deep", "xml", lambda: spreadsheetml("<Worksheet>" + "<Table>" * 500_000))
add(
    "xml-huge-text",
    "xml",
    lambda: spreadsheetml(
        "<Worksheet><Table><Row><Cell><Data>" + "x" * 20 * MEGA + "</Data></Cell></Row></Table></Worksheet>"
    ),
)
add("xml-cut-short", "xml", spreadsheetml("<Worksheet><Table><Row><Cell><Data>x</Data></Cell></Row>")[:-11])
add("html-deep-tables", "html", lambda: "<html>" + "<table><tr><td>" * 100_000)
add("html-deep", "html", lambda: "<html><table><tr><td>" + "<b><i>" * 500_000)
add(
    "html-spans",
    "html",
    lambda: "<table>" + ("<tr>" + '<td rowspan="65534" colspan="900">x</td>' * 15 + "</tr>") * 400 + "</table>",
)
add("html-cells", "html", lambda: "<table><tr>" + "<td>" * 3_000_000)
add("html-tags", "html", lambda: "<html><p>" + "<br>" * 5_000_000)
add(
    "html-attributes",
    "html",
    lambda: "<table><tr><td " + " ".join(f"a{n}=1" for n in range(400_000)) + ">x</td></tr></table>",
)
add("html-comments", "html", lambda: "<html><table>" + "<!--" * 500_000)
add("html-entities", "html", lambda: "<html><table><tr><td>" + "&amp;&#x41" * 200_000)
add("html-open-tags", "html", lambda: "<html><table>" + "<tr><td " * 300_000)
add("html-styles", "html", lambda: '<table><tr><td style="' + "mso-number-format:'" * 50_000 + '">x</td></tr></table>')
add(
    "html-scripts",
    "html",
    "<table><tr><th>Code</th><th>Name<script>alert(1)</script></th><th>Price</th></tr><tr><td>A-1</td><td><img src=x onerror=alert(1)>Bolt</td><td>2.5</td></tr></table>",
)


def xlsb_cell(column: int, body: bytes, kind: int = 6) -> bytes:
    return record(kind, struct.pack("<II", column, 0) + body)


XLSB_ROW = record(0, struct.pack("<I", 0) + bytes(13))
BUILDERS["xlsb-record-length"] = lambda folder: write_xlsb(
    folder / "length.xlsb", XLSB_ROW + b"\x06\xff\xff\xff\x7f" + bytes(100)
)
BUILDERS["xlsb-text-length"] = lambda folder: write_xlsb(
    folder / "text.xlsb", XLSB_ROW + xlsb_cell(0, struct.pack("<I", 0x7FFFFFFF) + b"ab")
)
BUILDERS["xlsb-far-cells"] = lambda folder: write_xlsb(folder / "far.xlsb", b"".join(
    record(0, struct.pack("<I", n) + bytes(13)) + xlsb_cell(16_383, wide("x")) for n in range(30_000)))  # fmt: skip
BUILDERS["xlsb-beyond"] = lambda folder: write_xlsb(folder / "beyond.xlsb", XLSB_ROW + xlsb_cell(0xFFFFFFF0, wide("x")))
BUILDERS["xlsb-row-number"] = lambda folder: write_xlsb(
    folder / "row.xlsb", record(0, struct.pack("<I", 0xFFFFFFF0) + bytes(13)) + xlsb_cell(0, wide("x"))
)
BUILDERS["xlsb-hidden-columns"] = lambda folder: write_xlsb(
    folder / "hidden.xlsb",
    record(60, struct.pack("<IIIIH", 0, 0xFFFFFFFF, 0, 0, 1)) * 20_000 + XLSB_ROW + xlsb_cell(0, wide("x")),
)
BUILDERS["xlsb-merges"] = lambda folder: write_xlsb(
    folder / "merges.xlsb",
    XLSB_ROW + xlsb_cell(0, wide("x")) + record(176, struct.pack("<IIII", 0, 0xFFFFFF, 0, 0xFFFF)) * 500_000,
)
BUILDERS["xlsb-bad-string"] = lambda folder: write_xlsb(
    folder / "string.xlsb", XLSB_ROW + record(7, struct.pack("<III", 0, 0, 99))
)
BUILDERS["xlsb-many-strings"] = lambda folder: write_xlsb(
    folder / "strings.xlsb", XLSB_ROW + xlsb_cell(0, wide("x")), record(19, b"\0" + wide("ab")) * 8_000_000
)
BUILDERS["xlsb-half-characters"] = lambda folder: write_xlsb(
    folder / "half.xlsb", XLSB_ROW + xlsb_cell(0, struct.pack("<I", 1) + b"\x00\xd8")
)


def biff(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def add_ole(name: str, change: Callable[[bytearray], None]) -> None:
    """A real XLS whose container was changed."""

    def build(folder: Path) -> Path:
        path = write_xls(folder / f"{name}.xls")
        content = bytearray(path.read_bytes())
        change(content)
        path.write_bytes(content)
        return path

    BUILDERS[name] = build


def fat_loop(content: bytearray) -> None:
    """Each sector of the file allocation table leads to itself."""
    at = 512 * (1 + struct.unpack_from("<I", content, 76)[0])
    for sector in range(128):
        struct.pack_into("<I", content, at + 4 * sector, sector)


def directory_loop(content: bytearray) -> None:
    at = 512 * (1 + struct.unpack_from("<I", content, 48)[0])
    for entry in range(4):
        struct.pack_into("<III", content, at + 128 * entry + 68, 1, 1, 1)


add_ole("xls-fat-loop", fat_loop)
add_ole("xls-directory-loop", directory_loop)
add_ole("xls-fat-sectors", lambda content: struct.pack_into("<I", content, 44, 0x7FFFFFFF))
add_ole("xls-difat-sectors", lambda content: struct.pack_into("<II", content, 68, 0, 0x7FFFFFFF))
add_ole("xls-sector-size", lambda content: struct.pack_into("<H", content, 30, 0x00FF))
add_ole("xls-mini-sector-size", lambda content: struct.pack_into("<H", content, 32, 0x001F))
add_ole(
    "xls-stream-size",
    lambda content: struct.pack_into(
        "<I", content, 512 * (1 + struct.unpack_from("<I", content, 48)[0]) + 128 + 120, 0x7FFFFFFF
    ),
)
add_ole("xls-cut-short", lambda content: content.__delitem__(slice(len(content) // 2, None)))
generator = random.Random(9)
add(
    "xls-string-count",
    "xls",
    biff(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    + biff(0x00FC, struct.pack("<II", 0x7FFFFFFF, 0x7FFFFFFF) + b"\x01\x00\x00a")
    + biff(0x000A),
)
add("xls-record-length", "xls", biff(0x0809, struct.pack("<HHHH", 0x0500, 5, 0, 0)) + b"\x85\x00\xff\xff" + bytes(20))
add("xls-random-records", "xls", lambda: biff(0x0809, struct.pack("<HHHH", 0x0500, 5, 0, 0)) + b"".join(
    biff(generator.randrange(0x300), generator.randbytes(generator.randrange(30))) for _ in range(2_000)))  # fmt: skip


def merge_much(sheet: Any) -> None:
    for row in range(30):
        for column in range(0, 250, 2):
            sheet.merge(1_500 + 60 * row, 1_550 + 60 * row, column, column + 1)


BUILDERS["xls-merges"] = lambda folder: write_xls(folder / "merges.xls", [["x", 1]] * 1_000, merge_much)
BUILDERS["xls-binary-texts"] = lambda folder: write_biff5(folder / "texts.xls", [bytes(range(1, 200)) * 2] * 3_000)


# --- archives -----------------------------------------------------------------------------------------------------------


@builds("zip-bomb")
def zip_bomb(folder: Path) -> Path:
    return write_raw_xlsx(folder / "bomb.xlsx", worksheet(LIST + " " * 150 * MEGA))


@builds("zip-nested")
def nested(folder: Path) -> Path:
    content = bytes(10 * MEGA)
    for level in range(6):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(8):
                archive.writestr(f"{level}-{copy}.zip", content)
        content = packed.getvalue()
    return with_parts(write_raw_xlsx(folder / "nested.xlsx", worksheet(LIST)), [("xl/media/inner.zip", content)])


@builds("zip-overlapping")
def overlapping(folder: Path) -> Path:
    """Many members in the list, one of them in the file."""
    path = write_zip(folder / "overlapping.xlsx", {"xl/workbook.xml": bytes(MEGA)})
    content = path.read_bytes()
    at = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    entry = content[at:end]
    entries = b"".join(entry.replace(b"xl/workbook.xml", f"xl/workboo{n:05}".encode()[:15]) for n in range(5_000))
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 5_000, 5_000, len(entries), at, 0)
    path.write_bytes(content[:at] + entries + tail)
    return path


@builds("zip-lying-sizes")
def lying(folder: Path) -> Path:
    """Unpacks to far more than it declares."""
    path = write_raw_xlsx(folder / "lying.xlsx", worksheet(LIST + " " * 20 * MEGA))
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(bytes(content).replace(struct.pack("<I", size), struct.pack("<I", 1000)))
    return path


@builds("zip-many-members")
def many_members(folder: Path) -> Path:
    path = folder / "members.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(60_000):
            archive.writestr(f"x{number}", b"")
    return path


@builds("zip-huge-directory")
def huge_directory(folder: Path) -> Path:
    path = folder / "directory.xlsx"
    head = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0)
    entries = b"".join(head + f"{n:04x}"[-4:].encode() for n in range(300_000))
    path.write_bytes(b"PK\x03\x04" + entries + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 9, 9, len(entries), 4, 0))
    return path


@builds("zip-same-name-twice")
def same_name(folder: Path) -> Path:
    path = with_parts(
        write_raw_xlsx(folder / "twice.xlsx", worksheet(LIST)), [("xl/worksheets/sheet1.xmk", worksheet(LIST))]
    )
    path.write_bytes(path.read_bytes().replace(b"sheet1.xmk", b"sheet1.xml"))
    return path


@builds("zip-other-methods")
def other_methods(folder: Path) -> Path:
    path = folder / "lzma.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", "x" * MEGA)
    return path


@builds("zip-path-names")
def path_names(folder: Path) -> Path:
    names = ("../../etc/cron.d/x", "/etc/passwd", "C:\\Windows\\x", "\\\\host\\share\\x", "xl/../../x", "a\0b")
    return with_parts(write_raw_xlsx(folder / "paths.xlsx", worksheet(LIST)), [(name, "harm") for name in names])


@builds("zip-quoted-names")
def quoted_names(folder: Path) -> Path:
    names = ("'; DROP TABLE x; --", '"><script>alert(1)</script>', "$(touch x)", "`id`", "x" * 60_000, "\u202egpj.xslx")
    return with_parts(write_raw_xlsx(folder / "quoted.xlsx", worksheet(LIST)), [(name, "harm") for name in names])


def add_target(name: str, target: str) -> None:
    def build(folder: Path) -> Path:
        path = write_raw_xlsx(folder / f"{name}.xlsx", worksheet(LIST))
        return replaced(path, dict(relations(("rId1", "worksheet", target), ("rId2", "sharedStrings", target))))

    BUILDERS[name] = build


add_target("relation-upwards", "../../../../etc/passwd")
add_target("relation-absolute", "/etc/passwd")
add_target("relation-unc", "\\\\127.0.0.1\\share\\x.xml")
add_target("relation-http", "http://127.0.0.1:9/x.xml")
add_target("relation-itself", "workbook.xml")
add_target("relation-to-relations", "_rels/workbook.xml.rels")


@builds("zip-random-bytes")
def random_bytes(folder: Path) -> Path:
    path = folder / "random.xlsx"
    path.write_bytes(b"PK\x03\x04" + random.Random(3).randbytes(50_000))
    return path


@builds("xlsx-cut-in-half")
def cut_in_half(folder: Path) -> Path:
    path = write_xlsx(
        folder / "half.xlsx", [["Code", "Name", "Price"], *([f"A-{n}", "Bolt", n] for n in range(1, 500))]
    )
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


@builds("xlsx-broken-checksum")
def broken_checksum(folder: Path) -> Path:
    path = write_raw_xlsx(folder / "checksum.xlsx", worksheet(LIST))
    content = path.read_bytes()
    right = struct.pack("<I", zlib.crc32(worksheet(LIST).encode()))
    path.write_bytes(content.replace(right, b"\0\0\0\0"))
    return path


# --- files that are two things at once ----------------------------------------------------------------------------------

BUILDERS["polyglot-html-xlsx"] = lambda folder: prefixed(folder, b"<html><script>alert(1)</script>")
BUILDERS["polyglot-pdf-xlsx"] = lambda folder: prefixed(folder, b"%PDF-1.7\n1 0 obj\n")
BUILDERS["polyglot-csv-xlsx"] = lambda folder: prefixed(folder, CSV.encode())


def prefixed(folder: Path, before: bytes) -> Path:
    path = write_raw_xlsx(folder / "polyglot.xlsx", worksheet(LIST))
    path.write_bytes(before + path.read_bytes())
    return path


add("csv-like-zip", "csv", "PK;Name;Price\nA-1;Bolt;2\n")
add("csv-like-ole", "csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1;" + CSV.encode())
add("csv-like-pdf", "csv", "%PDF;Name;Price\nA-1;Bolt;2\n")
add("csv-like-xml", "csv", "<?xml version='1.0'?>;Name;Price\nA-1;Bolt;2\n")

# --- text ---------------------------------------------------------------------------------------------------------------

add("csv-one-line", "csv", lambda: "x" * 100 * MEGA)
add("csv-one-line-late", "csv", lambda: CSV + "x" * 50 * MEGA + "\n")
add("csv-many-columns", "csv", lambda: "Code;Name;Price" + ";x" * 1_000_000 + "\nA-1;Bolt;2\n")
add("csv-many-columns-in-many-lines", "csv", lambda: (";x" * 250_000 + "\n") * 60)
add(
    "csv-wide-header",
    "csv",
    lambda: (
        "Code;Name;Price;" + ";".join(f"h{n}" for n in range(16_000)) + "\n" + ("A;Bolt;2" + ";1" * 16_000 + "\n") * 200
    ),
)
add("csv-nuls", "csv", "Code;Name;Price\nA\0-1;Bo\0lt;2\nA-2;\0\0\0;\0\n")
add(
    "csv-controls",
    "csv",
    "Code;Name;Price\n" + "".join(f"A-{n};Bolt{chr(n)};2\n" for n in range(1, 32) if n not in (10, 13)),
)
add("csv-bidi", "csv", "Code;Name;Price\nA-1;\u202e\u2066tloB\u2069;2\nA-\u200b2;N\u00adut\ufeff;3\n")
add("csv-open-quotes", "csv", lambda: "Code;Name;Price\n" + 'a"b;"c;1\n' * 100_000)
add("csv-open-quote", "csv", lambda: CSV + 'A-3;"' + "Nut;3\n" * 300_000)
add("csv-quotes", "csv", lambda: CSV + '"' * 900_000 + "\n")
add("csv-quoted-cell", "csv", lambda: CSV + 'A-3;"' + "x\n" * 400_000 + '";3\n')
add("csv-many-empty-lines", "csv", lambda: CSV + "\n" * 3_000_000)
add("csv-carriage-returns", "csv", lambda: CSV + "\r" * 3_000_000)
add("csv-tabs", "txt", lambda: ("Code  Name  Price" + "\t" * 200_000 + "\n") * 30)
add("csv-utf16-one-line", "csv", lambda: b"\xff\xfe" + "\u0a41\u0a00\u0a0d".encode("utf-16-le") * 8_000_000)
add("csv-ascii-word", "csv", lambda: CSV.encode() + b"A-3;" + b"a" * 90_000 + b"\xe9;3\n")
add(
    "csv-digits",
    "csv",
    lambda: f"Code;Name;Price\nA-1;Bolt;{'1' * 120_000}\nA-2;Nut;{'1 ' * 60_000}\nA-3;Nut;{'1.' * 60_000}x\n",
)
add(
    "csv-tags",
    "csv",
    lambda: (
        "Code;Name;Price\n"
        + "".join(
            f"A-{n};{text};2\n"
            for n, text in enumerate(
                ("<!--" * 30_000, "<style" * 20_000, "<script>" * 15_000, "<b " * 40_000, "&#" * 60_000, "<" * 120_000)
            )
        )
    ),
)
add(
    "csv-paths",
    "csv",
    lambda: (
        "Code;Name;Price;Category\n"
        + "".join(
            f"A-{n};Nut;2;{text}\n"
            for n, text in enumerate((" " * 120_000 + "x", ">" * 120_000, "a / " * 30_000, "x \t" * 40_000))
        )
    ),
)
add(
    "csv-formulas",
    "csv",
    'Code;Name;Price\n=cmd|\'/c calc\'!A1;@SUM(1+1)*cmd|\'/c calc\'!A0;2\n+1+1;-2+3;3\n"=HYPERLINK(""http://x"",""x"")";Nut;4\n',
)
add(
    "csv-scripts",
    "csv",
    'Code<script>alert(1)</script>;Name"><img src=x onerror=alert(1)>;Price\nA-1;<svg onload=alert(1)>;2\n{{7*7}};${7*7};3\n',
)
add("csv-cut-character", "csv", CSV.encode() + "A-3;Гайка".encode()[:-1])
add("csv-declared-delimiter", "csv", "sep=\0\nCode\0Name\0Price\n")


@builds("xlsx-scripts")
def scripts(folder: Path) -> Path:
    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    rows: list[list[object]] = [
        ["Code", f"Name {bad}", "Price"],
        [f"A-1{bad}", f"Bolt{bad}", 2.5],
        ["=cmd|'/c calc'!A1", "+1", 3],
    ]
    path = write_xlsx(folder / "scripts.xlsx", rows)
    book = zipfile.ZipFile(path).read("xl/workbook.xml").decode()
    return replaced(
        path, {"xl/workbook.xml": book.replace('name="Sheet"', 'name="&lt;script&gt;alert(1)&lt;/script&gt;"')}
    )


@builds("xlsx-formulas")
def formulas(folder: Path) -> Path:
    return write_xlsx(folder / "formulas.xlsx", [["Code", "Name", "Price"], ["=1+1", '=HYPERLINK("http://x")', "=A1"]])
