"""A small server that speaks Google's protocol on loopback: sign-in of a service account, and reading spreadsheets."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

KEY = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789"
ADDRESS = f"https://docs.google.com/spreadsheets/d/{KEY}/edit"
ACCOUNT = "reader@unified-catalog.example"
RANGE = re.compile(r"'((?:[^']|'')*)'!A(\d+):([A-Z]+)(\d+)")
Answer = dict[str, Any]


@dataclass
class Trouble:
    """What the server says instead of an answer, how many times, and how long it thinks before."""

    status: int
    times: int = 1
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    body: bytes = b'{"error": {"code": 0, "message": "no", "status": "NO"}}'


@dataclass
class Google:
    """`tabs` maps a title to its rows of cells; `extra` adds to the properties and merges of tabs."""

    tabs: dict[str, list[list[Answer]]]
    extra: dict[str, Answer] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    sign_in_trouble: Trouble | None = None
    requests: list[str] = field(default_factory=list)
    url: str = ""

    def key(self) -> str:
        """A service account's key file, with a sign-in address of our own."""
        return json.dumps(
            {
                "type": "service_account",
                "client_email": ACCOUNT,
                "private_key": private_key(),
                "private_key_id": "1",
                "token_uri": f"{self.url}/token",
            }
        )

    def book(self) -> Answer:
        sheets = [
            {
                "properties": {
                    "title": title,
                    "sheetId": number * 100,
                    "index": number,
                    "sheetType": "GRID",
                    "gridProperties": {"rowCount": max(len(rows), 1), "columnCount": 26},
                    **self.extra.get(title, {}).get("properties", {}),
                },
                "merges": self.extra.get(title, {}).get("merges", []),
            }
            for number, (title, rows) in enumerate(self.tabs.items())
        ]
        return {"properties": {"title": "May prices", "locale": "ru_RU", "timeZone": "Europe/Minsk"}, "sheets": sheets}

    def rows(self, portion: str) -> Answer:
        found = RANGE.fullmatch(portion)
        assert found, portion
        title, first, last = found[1].replace("''", "'"), int(found[2]), int(found[4])
        data = {
            "startRow": first - 1,
            "rowData": [{"values": row} if row else {} for row in self.tabs[title][first - 1 : last]],
            **self.extra.get(title, {}).get("data", {}),
        }
        properties = {"sheetId": list(self.tabs).index(title) * 100}
        return {"sheets": [{"properties": properties, "data": [data]}]}


@cache
def private_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


class Handler(BaseHTTPRequestHandler):
    google: Google

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        assert form["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
        if trouble := self.google.sign_in_trouble:
            self.be_difficult(trouble)
        else:
            self.answer({"access_token": "token-of-the-test", "expires_in": 3600, "token_type": "Bearer"})

    def do_GET(self) -> None:
        self.google.requests.append(self.path)
        assert self.headers["Authorization"] == "Bearer token-of-the-test"
        if self.google.troubles:
            trouble = self.google.troubles[0]
            trouble.times -= 1
            if not trouble.times:
                self.google.troubles.pop(0)
            self.be_difficult(trouble)
            return
        address = urlsplit(self.path)
        if address.path != f"/v4/spreadsheets/{KEY}":
            self.be_difficult(Trouble(404))
            return
        portions = parse_qs(address.query).get("ranges")
        self.answer(self.google.rows(portions[0]) if portions else self.google.book())

    def be_difficult(self, trouble: Trouble) -> None:
        time.sleep(trouble.delay)
        self.send(trouble.status, trouble.body, trouble.headers)

    def answer(self, content: Answer) -> None:
        self.send(200, json.dumps(content).encode(), {})

    def send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that http.server asks for
        """Says nothing."""


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that gave up is part of the tests."""


@contextmanager
def serving(google: Google) -> Iterator[Google]:
    server = QuietServer(("127.0.0.1", 0), type("BoundHandler", (Handler,), {"google": google}))
    google.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield google
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
