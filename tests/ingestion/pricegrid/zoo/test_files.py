"""The same lists as files: every encoding that a country uses, every delimiter, every kind of workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.pricegrid.formats.opening import open_book
from ingestion.pricegrid.reading import understand
from tests.ingestion.pricegrid.zoo.files import ENCODINGS, as_csv, as_html, as_xls, as_xlsx
from tests.ingestion.pricegrid.zoo.languages import LANGUAGES
from tests.ingestion.pricegrid.zoo.listing import Listing, of_sheet
from tests.ingestion.pricegrid.zoo.traits import TRAITS


def problems_of(path: Path, listing: Listing) -> list[str]:
    records = {record.row_number: record for record in understand(open_book(path)) if record.row_number}
    return list(of_sheet(listing, records))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("language", ENCODINGS)
def test_a_text_in_the_encoding_of_its_country(tmp_path: Path, language: str, delimiter: str) -> None:
    for trait in ("texts", "quiet_sections"):
        made = TRAITS[trait](LANGUAGES[language], 0)
        if is_encodable(made, ENCODINGS[language]):
            assert problems_of(as_csv(made, tmp_path / "list.csv", ENCODINGS[language], delimiter), made) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("language", ENCODINGS)
def test_a_text_in_unicode(tmp_path: Path, language: str, encoding: str) -> None:
    made = TRAITS["texts"](LANGUAGES[language], 0)
    assert problems_of(as_csv(made, tmp_path / "list.csv", encoding, ";"), made) == []


@pytest.mark.parametrize(("write", "name"), [(as_xlsx, "list.xlsx"), (as_xls, "list.xls"), (as_html, "list.xls")])
@pytest.mark.parametrize("language", ["ru", "de", "zh", "ar"])
def test_a_workbook(tmp_path: Path, language: str, write: object, name: str) -> None:
    for trait in ("plain", "categories", "two_prices"):
        made = TRAITS[trait](LANGUAGES[language], 0)
        assert problems_of(write(made, tmp_path / name), made) == []


def is_encodable(listing: Listing, encoding: str) -> bool:
    text = "".join(str(cell) for row in listing.cells for cell in row)
    return text.encode(encoding, "replace").decode(encoding) == text
