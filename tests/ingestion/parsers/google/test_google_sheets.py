from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from ingestion.errors import AuthenticationError, ConfigurationError, IngestionError, NetworkError
from ingestion.parsers.google import snapshot
from ingestion.parsers.google_sheets import GoogleSheetsParser
from ingestion.pricegrid import Book, Hints, Item
from ingestion.pricegrid.cells import CellError, Formula, Merge
from tests.ingestion.parsers.google.server import ACCOUNT, ADDRESS, KEY, Google, Trouble, serving

CONFIG = {"sheet_url": ADDRESS}


def text(value: str, **look: Any) -> dict[str, Any]:
    return {"effectiveValue": {"stringValue": value}, **({"effectiveFormat": look} if look else {})}


def number(value: float, pattern: str = "", kind: str = "NUMBER") -> dict[str, Any]:
    return {
        "effectiveValue": {"numberValue": value},
        "effectiveFormat": {"numberFormat": {"type": kind, **({"pattern": pattern} if pattern else {})}},
    }


PRICES = [
    [text("Our prices", textFormat={"bold": True, "fontSize": 14}, backgroundColor={"red": 1, "green": 0.8})],
    [],
    [text("Артикул"), text("Наименование"), text("Цена")],
    *([text(f"A-{n}"), text(f"Болт оцинкованный М{n}"), number(n * 1.5, "#,##0.00 [$₽-419]")] for n in range(1, 9)),
]


@pytest.fixture
def google(settings: Settings) -> Iterator[Google]:
    with serving(Google({"Прайс": PRICES, "It's old": [[text("old")]]})) as google:
        settings.GOOGLE_SERVICE_ACCOUNT_FILE = ""
        settings.GOOGLE_SERVICE_ACCOUNT_JSON = google.key()
        settings.GOOGLE_SHEETS_URL = google.url
        settings.GOOGLE_SHEETS_TIMEOUT = 5.0
        yield google


def fetched(tmp_path: Path, **config: Any) -> Path:
    found = GoogleSheetsParser().fetch({**CONFIG, **config})
    path = tmp_path / found.file_name
    with found.content as content:
        path.write_bytes(content.read())
    return path


def book(tmp_path: Path, **config: Any) -> Book:
    return GoogleSheetsParser().book(fetched(tmp_path, **config), CONFIG)


def failure(**config: Any) -> IngestionError:
    with pytest.raises(IngestionError) as caught:
        GoogleSheetsParser().fetch({**CONFIG, **config})
    return caught.value


def test_a_sheet_becomes_items(google: Google, tmp_path: Path) -> None:
    path = fetched(tmp_path, sheet_name="Прайс")
    assert path.name == "May prices.json"
    with closing(GoogleSheetsParser().open(path, {**CONFIG, "sheet_name": "Прайс"}, Hints())) as reading:
        records = list(reading)
    items = [record for record in records if isinstance(record, Item)]
    assert [(item.row_number, item.supplier_sku, item.price, item.currency) for item in items] == [
        (3 + n, f"A-{n}", Decimal("1.5") * n, "RUB") for n in range(1, 9)
    ]


def test_cells_looks_and_what_stands_around_them(google: Google, tmp_path: Path) -> None:
    google.tabs["Прайс"] = [
        [
            text(
                "Title",
                textFormat={"bold": True, "italic": True, "fontSize": 14},
                backgroundColor={"red": 1, "green": 0.8},
            ),
            text("white", backgroundColor={"red": 1, "green": 1, "blue": 1}),
            number(42, "00000"),
            number(45292, "dd.MM.yyyy", "DATE"),
            number(45292, "", "DATE"),
            {"effectiveValue": {"boolValue": True}},
            {"effectiveValue": {"errorValue": {"type": "DIVIDE_BY_ZERO", "message": "Division by zero"}}},
            {"userEnteredValue": {"formulaValue": "=A1"}},
            text(""),
        ],
        [text("hidden")],
    ]
    google.extra["Прайс"] = {
        "merges": [{"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 3}],
        "data": {"rowMetadata": [{}, {"hiddenByFilter": True}], "columnMetadata": [{}, {"hiddenByUser": True}]},
    }
    google.extra["It's old"] = {"properties": {"hidden": True}}
    sheet, old = book(tmp_path).sheets
    rows = dict(sheet.rows())
    assert rows[1] == ["Title", "white", 42, date(2024, 1, 1), date(2024, 1, 1), True, "#DIV/0!", "A1"]
    assert list(map(type, rows[1][6:])) == [CellError, Formula]
    assert sheet.style(1, 1) == ("General", True, "FFCC00", 0, 14.0, True, False)
    assert [look.number_format if (look := sheet.style(1, column)) else None for column in (3, 4, 6)] == [
        "00000",
        "dd.MM.yyyy",
        None,
    ]
    assert (sheet.merges, sheet.hidden_rows, sheet.hidden_columns) == ([Merge(1, 1, 1, 3)], {2}, {2})
    assert (sheet.state, old.state) == ("visible", "hidden")


def test_tabs_are_those_asked_for_else_the_one_of_the_address_else_all(google: Google, tmp_path: Path) -> None:
    def names(**config: Any) -> list[str]:
        return [sheet.name for sheet in book(tmp_path, **config).sheets]

    google.tabs["chart"] = []
    google.extra["chart"] = {"properties": {"sheetType": "OBJECT"}}
    assert names() == ["Прайс", "It's old"]
    assert names(sheet_name="It's old") == ["It's old"]
    assert names(sheet_name=["It's old", "Прайс"]) == ["It's old", "Прайс"]
    assert names(sheet_url=f"{ADDRESS}#gid=100") == ["It's old"]
    assert names(sheet_url=f"{ADDRESS}?gid=0#gid=0") == ["Прайс", "It's old"]


def test_long_sheets_come_in_portions(google: Google, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "ROWS_A_REQUEST", 4)
    sheet = book(tmp_path, sheet_name="Прайс").sheets[0]
    assert [row for row, _ in sheet.rows()] == [1, *range(3, 12)]
    assert len(google.requests) == 4


def test_the_same_sheet_gives_the_same_bytes(google: Google, tmp_path: Path) -> None:
    assert fetched(tmp_path).read_bytes() == fetched(tmp_path).read_bytes()


@pytest.mark.parametrize("status", [401, 403])
def test_a_sheet_that_is_not_shared(google: Google, status: int) -> None:
    google.troubles = [Trouble(status, times=9)]
    error = failure()
    assert isinstance(error, AuthenticationError)
    assert f"Share the sheet with {ACCOUNT}" in str(error)


def test_a_sheet_that_does_not_exist(google: Google) -> None:
    error = failure(sheet_url=ADDRESS.replace(KEY, "2" + KEY))
    assert isinstance(error, ConfigurationError)
    assert "no Google Sheet at this address" in str(error)


def test_a_tab_that_does_not_exist(google: Google) -> None:
    error = failure(sheet_name="Preise")
    assert isinstance(error, ConfigurationError)
    assert str(error) == "The sheet has no tab named Preise. Its tabs are: Прайс, It's old."


def test_a_pause_that_google_asks_for_is_made(google: Google, tmp_path: Path) -> None:
    google.troubles = [Trouble(429, times=2, headers={"Retry-After": "0"})]
    assert book(tmp_path).sheets
    assert len(google.requests) == 5


@pytest.mark.parametrize(
    ("trouble", "pause"),
    [
        (Trouble(429, times=9, headers={"Retry-After": "120"}), 120.0),
        (Trouble(429, times=9, headers={"Retry-After": "soon"}), None),
        (Trouble(503, times=9), None),
        (Trouble(500, times=9, body=b"no JSON"), None),
        (Trouble(408, times=9), None),
    ],
)
def test_what_can_heal(google: Google, trouble: Trouble, pause: float | None) -> None:
    google.troubles = [trouble]
    error = failure()
    assert isinstance(error, NetworkError)
    assert error.can_heal
    assert error.retry_after == pause


def test_patience_ends(google: Google) -> None:
    google.troubles = [Trouble(429, times=99, headers={"Retry-After": "0"})]
    assert isinstance(failure(), NetworkError)
    assert len(google.requests) == 7


@pytest.mark.parametrize("body", [b'{"error": {"code": 400, "message": "Unable to parse range"}}', b"[]", b"?"])
def test_a_request_that_is_rejected(google: Google, body: bytes) -> None:
    google.troubles = [Trouble(400, body=body)]
    error = failure()
    assert isinstance(error, ConfigurationError)
    assert "(400)" in str(error)


def test_a_server_that_does_not_answer_in_time(google: Google, settings: Settings) -> None:
    settings.GOOGLE_SHEETS_TIMEOUT = 0.2
    google.troubles = [Trouble(200, delay=0.6)]
    error = failure()
    assert isinstance(error, NetworkError)
    assert "cannot be reached" in str(error)


def test_a_server_that_is_not_there(google: Google, settings: Settings) -> None:
    settings.GOOGLE_SHEETS_URL = "http://127.0.0.1:9"
    assert isinstance(failure(), NetworkError)


def test_redirects_are_not_followed(google: Google) -> None:
    google.troubles = [Trouble(302, headers={"Location": f"{google.url}/elsewhere"})]
    assert isinstance(failure(), NetworkError)
    assert len(google.requests) == 1


def test_a_key_that_google_does_not_accept(google: Google) -> None:
    google.sign_in_trouble = Trouble(400, body=b'{"error": "invalid_grant"}')
    error = failure()
    assert isinstance(error, AuthenticationError)
    assert ACCOUNT in str(error)


def test_a_sign_in_that_fails_for_now(google: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("google.auth._exponential_backoff._DEFAULT_INITIAL_INTERVAL_SECONDS", 0.01)
    google.sign_in_trouble = Trouble(503, body=b'{"error": "internal_failure"}')
    assert isinstance(failure(), NetworkError)


def test_the_key_may_be_a_file(google: Google, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "key.json").write_text(google.key(), encoding="utf-8")
    settings.GOOGLE_SERVICE_ACCOUNT_FILE = str(tmp_path / "key.json")
    settings.GOOGLE_SERVICE_ACCOUNT_JSON = ""
    assert book(tmp_path).sheets


@pytest.mark.parametrize("key", ["", "no json", '{"type": "service_account", "private_key": "secret-of-the-key"}'])
def test_a_key_that_is_missing_or_broken_is_never_quoted(google: Google, settings: Settings, key: str) -> None:
    settings.GOOGLE_SERVICE_ACCOUNT_JSON = key
    error = failure()
    assert isinstance(error, ConfigurationError)
    assert "secret-of-the-key" not in f"{error}{error.__cause__}"


@pytest.mark.parametrize(
    "address",
    [
        "http://docs.google.com/spreadsheets/d/" + KEY,
        "https://docs.google.com.evil.example/spreadsheets/d/" + KEY,
        "https://docs.google.com@evil.example/spreadsheets/d/" + KEY,
        "https://evil.example/https://docs.google.com/spreadsheets/d/" + KEY,
        "https://docs.google.com/document/d/" + KEY,
        "https://docs.google.com/spreadsheets/d/e/2PACX-" + KEY,
        "https://docs.google.com/spreadsheets/d/../../" + KEY,
        "file:///etc/passwd",
        KEY,
    ],
)
def test_only_addresses_of_google_sheets_are_taken(google: Google, address: str) -> None:
    with pytest.raises(ConfigurationError, match="not the address of a Google Sheet"):
        GoogleSheetsParser().check({"sheet_url": address})
    assert isinstance(failure(sheet_url=address), ConfigurationError)
    assert not google.requests


def test_an_address_in_its_usual_forms() -> None:
    for ending in ("", "/", "/edit", "/edit?usp=sharing", "/edit#gid=5", "?gid=5"):
        GoogleSheetsParser().check({"sheet_url": f" https://docs.google.com/spreadsheets/d/{KEY}{ending} "})
    GoogleSheetsParser().check({"sheet_url": f"https://docs.google.com/spreadsheets/u/1/d/{KEY}/edit"})


def test_a_snapshot_of_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "snapshot.json"
    path.write_text(json.dumps({"format": "google_sheets/9"}), encoding="utf-8")
    with pytest.raises(Exception, match="unknown format"):
        GoogleSheetsParser().book(path, CONFIG)
