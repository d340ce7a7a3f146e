from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.pricegrid.formats.kinds import asks_for_password, sniff
from ingestion.pricegrid.records import ListRefused
from tests.ingestion.parsers.files import write_ods, write_xls, write_xlsb, write_xlsx, write_zip

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


@pytest.mark.parametrize(
    ("write", "kind"), [(write_xlsx, "xlsx"), (write_xls, "xls")], ids=["a new workbook", "an old workbook"]
)
def test_a_workbook_is_known_under_any_name(tmp_path: Path, write: object, kind: str) -> None:
    assert callable(write)
    assert sniff(write(tmp_path / "list.csv")) == kind


def test_binary_and_open_workbooks_are_known(tmp_path: Path) -> None:
    assert sniff(write_xlsb(tmp_path / "list.xlsx", b"")) == "xlsb"
    assert sniff(write_ods(tmp_path / "list.xls", "")) == "ods"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"code;price\r\nA;1\r\n", "text"),
        ("код;цена\r\nА;1\r\n".encode("utf-16-le"), "text"),
        ("код;цена\r\nА;1\r\n".encode("utf-16-be"), "text"),
        ("код;цена\r\nА;1\r\n".encode("utf-16"), "text"),
        (b"BMW;12\r\n", "text"),
        (b"<b>bold</b> text;12\r\n", "text"),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "html"),
        (b"\xef\xbb\xbf  <TABLE border=1><TR><TD>1</TABLE>", "html"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "xml"),
        (b'<?xml version="1.0"?><o:document xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>', "fods"),
        (b"\x09\x08\x08\x00\x00\x05\x05\x00", "xls"),
    ],
)
def test_a_text_is_known_by_its_beginning(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "list.xls"
    path.write_bytes(content)
    assert sniff(path) == kind


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (PNG, "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "picture"),
        (b"%PDF-1.7\n", "PDF"),
        (b"Rar!\x1a\x07", "RAR"),
        (bytes(range(256)) * 20, "binary"),
        (b'<?xml version="1.0"?><catalog/>', "XML file of another kind"),
    ],
)
def test_what_is_no_list_is_refused_and_named(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    with pytest.raises(ListRefused, match=words):
        sniff(path)


def test_other_archives_and_half_an_archive_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ListRefused, match="ZIP archive"):
        sniff(write_zip(tmp_path / "letter.docx", {"word/document.xml": "<w/>"}))
    half = tmp_path / "half.xlsx"
    half.write_bytes(write_xlsx(tmp_path / "whole.xlsx").read_bytes()[:2000])
    with pytest.raises(ListRefused, match="cut short"):
        sniff(half)


def test_an_old_workbook_with_a_password_is_said_to_be_one() -> None:
    bof, password = b"\x09\x08\x04\x00\x00\x06\x05\x00", b"\x2f\x00\x02\x00\x01\x02"
    assert asks_for_password(bof + b"\xe1\x00\x02\x00\xb0\x04" + password)
    assert not asks_for_password(bof)
    assert not asks_for_password(b"")


def test_what_else_an_old_container_may_hold(tmp_path: Path) -> None:
    """xlwt writes a container; its only stream is renamed in place, to a name of the same length."""
    path = write_xls(tmp_path / "list.xls")
    whole = path.read_bytes()
    path.write_bytes(whole.replace("Workbook".encode("utf-16-le"), "WordText".encode("utf-16-le")))
    with pytest.raises(ListRefused, match="another kind of Office document"):
        sniff(path)
    path.write_bytes(whole.replace(b"\x09\x08\x10\x00", b"\x2f\x00\x10\x00"))
    with pytest.raises(ListRefused, match="password"):
        sniff(path)
