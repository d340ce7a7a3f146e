"""A person with a browser, without the browser: signs in, uploads, presses."""

from __future__ import annotations

import re
import socket
import struct
from typing import NamedTuple
from urllib.parse import urlsplit

import requests

SECONDS = 60
RUN = re.compile(r"/ingestionrun/(\d+)/change/")
UPLOAD = "/admin/ingestion/pricelist/add/"
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Answer(NamedTuple):
    """What a press led to: the page of a run, another page (status below 400), an error, or nothing (status 0)."""

    status: int
    run: int | None
    said: str = ""


class Client:
    def __init__(self, address: str) -> None:
        self.address = address
        self.session = requests.Session()
        self.session.trust_env = False

    def sign_in(self, name: str, password: str) -> None:
        page = f"{self.address}/admin/login/"
        self.session.get(page, timeout=SECONDS).raise_for_status()
        answer = self._post("/admin/login/", {"username": name, "password": password})
        if answer.status_code != requests.codes.found:
            raise PermissionError(f"{name} could not sign in: {answer.status_code}")

    def twin(self) -> Client:
        """The same person in another tab, on a connection of its own."""
        other = Client(self.address)
        other.session.cookies.update(self.session.cookies)
        return other

    def press(self, path: str, **data: str) -> Answer:
        try:
            return self._answer(self._post(path, data))
        except requests.RequestException as error:
            return Answer(0, None, str(error))

    def upload(self, supplier: int, name: str, content: bytes, **data: str) -> Answer:
        try:
            answer = self._post(f"{UPLOAD}?supplier={supplier}", data, files={"file": (name, content, "text/csv")})
        except requests.RequestException as error:
            return Answer(0, None, str(error))
        return self._answer(answer)

    def cut_upload(self, supplier: int, name: str, content: bytes, *, share: float, **data: str) -> None:
        """Sends a part of an upload and hangs up."""
        request = requests.Request(
            "POST",
            f"{self.address}{UPLOAD}?supplier={supplier}",
            data={**data, "csrfmiddlewaretoken": self._token()},
            files={"file": (name, content, "text/csv")},
        )
        prepared = self.session.prepare_request(request)
        assert isinstance(prepared.body, bytes)
        where = urlsplit(self.address)
        head = [f"POST {prepared.path_url} HTTP/1.1", f"Host: {where.netloc}"]
        head += [f"{key}: {value}" for key, value in prepared.headers.items()]
        with socket.create_connection((str(where.hostname), int(where.port or 80)), timeout=SECONDS) as line:
            line.sendall("\r\n".join([*head, "", ""]).encode())
            line.sendall(prepared.body[: int(len(prepared.body) * share)])
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)

    def _post(self, path: str, data: dict[str, str], **more: object) -> requests.Response:
        return self.session.post(
            f"{self.address}{path}",
            data={**data, "csrfmiddlewaretoken": self._token()},
            headers={"Referer": self.address},
            allow_redirects=False,
            timeout=SECONDS,
            **more,  # type: ignore[arg-type]
        )

    def _token(self) -> str:
        return self.session.cookies.get("csrftoken") or ""

    def _answer(self, response: requests.Response) -> Answer:
        found = RUN.search(response.headers.get("Location", ""))
        return Answer(response.status_code, int(found.group(1)) if found else None, response.text[-500:])
