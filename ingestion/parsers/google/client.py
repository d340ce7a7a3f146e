"""The wire to Google Sheets: gspread with time-outs, patience as Google asks for it, and errors in our own words."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import requests
from django.utils.translation import gettext_noop
from google.auth.exceptions import GoogleAuthError, RefreshError
from google.auth.transport.requests import AuthorizedSession
from google.oauth2.service_account import Credentials
from gspread import HTTPClient
from gspread.exceptions import APIError

from ingestion.errors import AuthenticationError, ConfigurationError, IngestionError, NetworkError
from ingestion.pricegrid.problems import register

GOOGLE = "https://sheets.googleapis.com"
SCOPES = ("https://www.googleapis.com/auth/spreadsheets.readonly",)
TIMEOUT = 60.0  # seconds to connect, and again to wait for data
PATIENCE = 30.0  # seconds to wait here, in all, when Google says how long; a longer pause is the queue's affair
SHORTEST = 5.0  # what a pause costs of the patience at the least, so that a zero does not make us hammer

NO_KEY = register(
    "google.no_key",
    None,
    gettext_noop(
        "No Google service account is set up, so Google Sheets cannot be read. Ask the administrator to set "
        "GOOGLE_SERVICE_ACCOUNT_FILE, or download the sheet as XLSX and upload it."
    ),
)
BAD_KEY = register(
    "google.bad_key",
    None,
    gettext_noop("The key of the Google service account cannot be read. Ask the administrator to replace it."),
)
REFUSED_KEY = register(
    "google.refused_key",
    None,
    gettext_noop(
        "Google does not accept the key of the service account %(account)s. Ask the administrator to replace it."
    ),
)
NOT_SHARED = register(
    "google.not_shared",
    None,
    gettext_noop(
        "The sheet is not shared with us. Share the sheet with %(account)s (viewing is enough), then run again."
    ),
)
NO_SHEET = register(
    "google.no_sheet",
    None,
    gettext_noop("There is no Google Sheet at this address (any more). Check the address of the source."),
)
_BUSY = register(
    "google.busy",
    None,
    gettext_noop("Google Sheets does not take more requests now (%(status)s); it will be tried again."),
)
UNREACHABLE = register(
    "google.unreachable", None, gettext_noop("Google Sheets cannot be reached (%(problem)s); it will be tried again.")
)
REJECTED = register(
    "google.rejected", None, gettext_noop("Google Sheets rejects the request (%(status)s): %(problem)s")
)


class Access(NamedTuple):
    """What reading Google Sheets needs; the key is neither stored nor logged."""

    key_file: str = ""
    key_json: str = ""
    base_url: str = GOOGLE
    timeout: float = TIMEOUT
    patience: float = PATIENCE

    def credentials(self) -> Credentials:
        if not self.key_file and not self.key_json:
            raise ConfigurationError(NO_KEY.message())
        try:
            key = json.loads(self.key_json or Path(self.key_file).read_text(encoding="utf-8"))
            credentials: Credentials = Credentials.from_service_account_info(key, scopes=SCOPES)  # type: ignore[no-untyped-call]
        except (OSError, ValueError, GoogleAuthError):
            raise ConfigurationError(BAD_KEY.message()) from None  # the cause might quote the key
        return credentials


class SheetsHTTPClient(HTTPClient):
    """Asks one server only, follows no redirects, and gives up in time."""

    def __init__(self, credentials: Credentials, access: Access) -> None:
        session = AuthorizedSession(credentials, refresh_timeout=access.timeout)  # type: ignore[no-untyped-call]
        session.max_redirects = 0
        super().__init__(credentials, session)
        self.access = access
        self.set_timeout(access.timeout)

    def request(self, method: str, endpoint: str, *args: Any, **options: Any) -> requests.Response:
        address = self.access.base_url.rstrip("/") + endpoint.removeprefix(GOOGLE)
        patience = self.access.patience
        while True:
            try:
                return super().request(method, address, *args, **options)
            except APIError as error:
                pause = retry_after(error.response)
                if pause is None or pause >= patience:
                    raise
            patience -= max(pause, SHORTEST)
            time.sleep(pause)


class Sheets:
    """Reading, with every failure told apart by whether it can heal and who can heal it."""

    def __init__(self, access: Access) -> None:
        credentials = access.credentials()
        self.account: str = credentials.service_account_email
        self.http = SheetsHTTPClient(credentials, access)

    def get(self, key: str, params: Mapping[str, Any]) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = self.http.spreadsheets_get(key, dict(params))
        except APIError as error:
            raise self.explained(error.response) from error
        except RefreshError as error:
            raise self.key_refused(error) from error
        except (requests.RequestException, GoogleAuthError) as error:
            problem = UNREACHABLE.message(problem=type(error).__name__)
            raise NetworkError(problem) from error
        return answer

    def explained(self, response: requests.Response) -> IngestionError:
        status = response.status_code
        if status in (401, 403):
            return AuthenticationError(NOT_SHARED.message(account=self.account))
        if status == 404:
            return ConfigurationError(NO_SHEET.message())
        if status in (408, 429) or status >= 500:
            return NetworkError(_BUSY.message(status=status), retry_after=retry_after(response))
        return ConfigurationError(REJECTED.message(status=status, problem=_said(response)))

    def key_refused(self, error: RefreshError) -> IngestionError:
        if error.retryable:
            return NetworkError(UNREACHABLE.message(problem=type(error).__name__))
        return AuthenticationError(REFUSED_KEY.message(account=self.account))


def retry_after(response: requests.Response) -> float | None:
    """Seconds that Google asks to wait; None where it does not ask."""
    given = response.headers.get("Retry-After", "")
    return float(given) if given.isdecimal() else None


def _said(response: requests.Response) -> str:
    """Google's own words, cut to a length that fits a message."""
    try:
        return str(response.json()["error"]["message"])[:200]
    except (ValueError, KeyError, TypeError):
        return response.reason or ""
