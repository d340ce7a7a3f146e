"""What a file is, by its content: names and suffixes are not believed."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import olefile

from ingestion.parsers.formats.refusals import EMPTY, ENCRYPTED, NOT_A_LIST, refused, refusing_damage

HEAD_BYTES = 65536
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BARE_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00")
HTML_TAG = re.compile(r"<(?:!doctype\s+html|html|head|body|table|tr|meta)\b", re.IGNORECASE)
SPREADSHEETML = "urn:schemas-microsoft-com:office:spreadsheet"
FLAT_ODS = "urn:oasis:names:tc:opendocument:xmlns:office"
STRANGERS = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"BM", "a picture (BMP)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"RIFF", "a picture or a recording"),
    (b"Rar!", "a RAR archive: unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive: unpack it first"),
    (b"\x1f\x8b", "a GZIP archive: unpack it first"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)
BINARY = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1a\x1b")


def sniff(path: Path) -> str:
    """One of xlsx, xlsb, ods, xls, fods, xml, html, text; refuses what is no table, encrypted or empty."""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if not head.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise refused(EMPTY)
    if head.startswith(b"PK"):
        return kind_of_zip(path)
    if head.startswith(OLE_MAGIC):
        return kind_of_ole(path)
    if BARE_BIFF.match(head):
        return "xls"
    return kind_of_text(head)


def kind_of_zip(path: Path) -> str:
    with refusing_damage("xlsx"), zipfile.ZipFile(path) as archive:
        names = {name.lstrip("/").lower() for name in archive.namelist()}
        mimetype = archive.read("mimetype")[:200] if "mimetype" in names else b""
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    if any(name.startswith("xl/") and name.endswith("workbook.bin") for name in names):
        return "xlsb"
    if any(name.endswith("workbook.xml") or name.startswith("xl/") for name in names):
        return "xlsx"
    if "content.xml" in names and not mimetype:
        return "ods"
    raise refused(NOT_A_LIST, found="a ZIP archive or another kind of document: unpack or convert it first")


def kind_of_ole(path: Path) -> str:
    with refusing_damage("xls"), olefile.OleFileIO(path) as container:
        names = {entry[0].lower() for entry in container.listdir()}
    if "encryptedpackage" in names:
        raise refused(ENCRYPTED)
    if names & {"workbook", "book"}:
        return "xls"
    raise refused(NOT_A_LIST, found="another kind of Office document")


def kind_of_text(head: bytes) -> str:
    for magic, found in STRANGERS:
        if head.startswith(magic) and (len(magic) > 2 or is_binary(head)):
            raise refused(NOT_A_LIST, found=found)
    if is_binary(head) and not looks_like_utf16(head):
        raise refused(NOT_A_LIST, found="a binary file")
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
        raise refused(NOT_A_LIST, found="an XML file of another kind")
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
