"""What a file is, by its content: names and suffixes are not believed."""

from __future__ import annotations

import re
from pathlib import Path

import olefile

from ingestion.pricegrid.formats.archives import open_archive, read_small
from ingestion.pricegrid.formats.limits import DEFAULT_LIMITS, Limits
from ingestion.pricegrid.formats.refusals import refused, refusing_damage
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.problems import files
from ingestion.pricegrid.records import Message

HEAD_BYTES = 65536
MANIFEST = "META-INF/manifest.xml"
FILEPASS = 0x2F
RECORDS_BEFORE_PASSWORD = 8
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BARE_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00")
HTML_TAG = re.compile(r"<(?:!doctype\s+html|html|head|body|table|tr|meta)\b", re.IGNORECASE)
SPREADSHEETML = "urn:schemas-microsoft-com:office:spreadsheet"
FLAT_ODS = "urn:oasis:names:tc:opendocument:xmlns:office"
STRANGERS = (
    (b"%PDF", gettext_noop("a PDF document")),
    (b"\x89PNG", gettext_noop("a picture (PNG)")),
    (b"\xff\xd8\xff", gettext_noop("a picture (JPEG)")),
    (b"GIF8", gettext_noop("a picture (GIF)")),
    (b"BM", gettext_noop("a picture (BMP)")),
    (b"II*\x00", gettext_noop("a picture (TIFF)")),
    (b"MM\x00*", gettext_noop("a picture (TIFF)")),
    (b"RIFF", gettext_noop("a picture or a recording")),
    (b"Rar!", gettext_noop("a RAR archive: unpack it first")),
    (b"7z\xbc\xaf", gettext_noop("a 7-Zip archive: unpack it first")),
    (b"\x1f\x8b", gettext_noop("a GZIP archive: unpack it first")),
    (b"{\\rtf", gettext_noop("a text document (RTF)")),
    (b"MZ", gettext_noop("a program")),
    (b"\x7fELF", gettext_noop("a program")),
)
BINARY = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1a\x1b")


def sniff(path: Path, limits: Limits = DEFAULT_LIMITS) -> str:
    """One of xlsx, xlsb, ods, xls, fods, xml, html, text; refuses what is no table, encrypted, empty or a bomb."""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    refuse_empty(head)
    if head.startswith(b"PK"):
        return kind_of_zip(path, limits)
    if head.startswith(OLE_MAGIC):
        return kind_of_ole(path)
    if BARE_BIFF.match(head):
        return "xls"
    return kind_of_text(head)


def check_head(head: bytes) -> None:
    """Refuses what the first bytes alone show to be no table. Nothing is opened: this is asked of whatever is sent."""
    refuse_empty(head)
    if not head.startswith((b"PK", OLE_MAGIC)) and not BARE_BIFF.match(head):
        kind_of_text(head)


def refuse_empty(head: bytes) -> None:
    if not head.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise refused(files.EMPTY)


def kind_of_zip(path: Path, limits: Limits) -> str:
    with refusing_damage("xlsx"), open_archive(path, limits) as archive:
        names = {name.lstrip("/").lower() for name in archive.namelist()}
        mimetype = read_small(archive, "mimetype", limits)[:200] if "mimetype" in archive.namelist() else b""
        if MANIFEST in archive.namelist() and b"encryption-data" in read_small(archive, MANIFEST, limits):
            raise refused(files.ENCRYPTED)
    if b"opendocument.spreadsheet" in mimetype or ("content.xml" in names and not mimetype):
        return "ods"
    if any(name.startswith("xl/") and name.endswith("workbook.bin") for name in names):
        return "xlsb"
    if any(name.endswith("workbook.xml") or name.startswith("xl/") for name in names):
        return "xlsx"
    raise refused(
        files.NOT_A_LIST,
        found=Message(gettext_noop("a ZIP archive or another kind of document: unpack or convert it first")),
    )


def kind_of_ole(path: Path) -> str:
    with refusing_damage("xls"), olefile.OleFileIO(path) as container:
        names = {entry[0].lower(): entry[0] for entry in container.listdir()}
        if "encryptedpackage" in names:
            raise refused(files.ENCRYPTED)
        stream = next((names[name] for name in ("workbook", "book") if name in names), None)
        if stream is None:
            raise refused(files.NOT_A_LIST, found=Message(gettext_noop("another kind of Office document")))
        if asks_for_password(container.openstream(stream).read(HEAD_BYTES)):
            raise refused(files.ENCRYPTED)
    return "xls"


def asks_for_password(stream: bytes) -> bool:
    """Whether FILEPASS is among the first records of a workbook: what follows it is encrypted."""
    at = 0
    for _ in range(RECORDS_BEFORE_PASSWORD):
        kind, size = int.from_bytes(stream[at : at + 2], "little"), int.from_bytes(stream[at + 2 : at + 4], "little")
        if kind == FILEPASS:
            return True
        at += 4 + size
    return False


def kind_of_text(head: bytes) -> str:
    for magic, found in STRANGERS:
        if head.startswith(magic) and (len(magic) > 2 or is_binary(head)):
            raise refused(files.NOT_A_LIST, found=Message(found))
    if is_binary(head) and not looks_like_utf16(head):
        raise refused(files.NOT_A_LIST, found=Message(gettext_noop("a binary file")))
    text = head.replace(b"\x00", b"").decode("latin-1").lstrip("\ufeffï»¿ÿþ \t\r\n")
    if not text.startswith("<"):
        return "text"
    if SPREADSHEETML in text:
        return "xml"
    if text.startswith("<?xml") and FLAT_ODS in text:
        return "fods"
    if HTML_TAG.search(text):
        return "html"
    if text.startswith("<?xml"):
        raise refused(files.NOT_A_LIST, found=Message(gettext_noop("an XML file of another kind")))
    return "text"


def is_binary(head: bytes) -> bool:
    """More than one control byte in a hundred: no text has that."""
    controls = sum(head.count(byte) for byte in BINARY)
    return controls * 100 > len(head)


def looks_like_utf16(head: bytes) -> bool:
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or utf16_without_mark(head) is not None


def utf16_without_mark(head: bytes) -> str | None:
    """Of a text in UTF-16, line ends, digits and separators have a zero as one byte, always on the same side."""
    low, high = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if high * 20 > half and low * 20 <= high:
        return "utf-16-le"
    if low * 20 > half and high * 20 <= low:
        return "utf-16-be"
    return None
