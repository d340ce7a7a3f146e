"""A person at a browser: logs in, fills forms in, sends files, and sees only what the site sends."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, Request, build_opener

from containers.steps import Failed, check


@dataclass
class Page:
    url: str
    text: str
    fields: dict[str, str] = field(default_factory=dict)
    stylesheets: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)


class Person:
    def __init__(self, site: str) -> None:
        self.site = site
        self.browser = build_opener(HTTPCookieProcessor(CookieJar()))

    def open(self, path: str) -> Page:
        return self._page(Request(urljoin(self.site, path)))

    def log_in(self, name: str, password: str) -> None:
        page = self.open("/admin/")
        page = self.send(page, username=name, password=password)
        check("password" not in page.fields, f"{name} could not log in")

    def send(self, page: Page, *, file: tuple[str, str, bytes] | None = None, **changes: str) -> Page:
        """The page's form as it is, with these changes."""
        values = page.fields | changes
        if file is None:
            return self._page(Request(page.url, urlencode(values).encode(), {"Referer": page.url}))
        boundary = uuid.uuid4().hex
        kind = f"multipart/form-data; boundary={boundary}"
        headers = {"Content-Type": kind, "Referer": page.url}
        return self._page(Request(page.url, multipart(values, file, boundary), headers))

    def fetch(self, url: str) -> tuple[int, str, bytes]:
        with self._answer(Request(urljoin(self.site, url))) as answer:
            return answer.status, answer.headers.get("Content-Type", ""), answer.read()

    def _page(self, request: Request) -> Page:
        with self._answer(request) as answer:
            text = answer.read().decode(errors="replace")
            reader = Reader()
            reader.feed(text)
            page = Page(answer.geturl(), text, reader.fields, reader.stylesheets, reader.scripts)
        check("errornote" not in text and "errorlist" not in text, f"{page.url} shows an error")
        return page

    def _answer(self, request: Request) -> HTTPResponse:
        try:
            answer: HTTPResponse = self.browser.open(request, timeout=60)
        except HTTPError as error:
            raise Failed(f"{request.full_url} answers {error.code}: {error.read()[:300]!r}") from error
        except (URLError, OSError) as error:
            raise Failed(f"{request.full_url} does not answer: {error}") from error
        return answer


class Reader(HTMLParser):
    """What a form would send if nobody touched it, and what a page needs besides."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.stylesheets: list[str] = []
        self.scripts: list[str] = []
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and given.get("rel") == "stylesheet":
            self.stylesheets.append(given["href"])
        elif tag == "script" and given.get("src"):
            self.scripts.append(given["src"])
        elif tag == "input" and given.get("name"):
            self._input(given)
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and self._select and ("selected" in given or self._select not in self.fields):
            self.fields[self._select] = given.get("value", "")
        elif tag == "textarea":
            self._area = given.get("name", "")
            self.fields[self._area] = ""

    def _input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in {"submit", "button", "file", "image", "search"}:
            return
        if kind not in {"checkbox", "radio"} or "checked" in given:
            self.fields[given["name"]] = given.get("value", "on" if kind == "checkbox" else "")

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""


def multipart(values: dict[str, str], file: tuple[str, str, bytes], boundary: str) -> bytes:
    field_name, file_name, content = file
    parts: list[tuple[str, bytes]] = [(f'name="{name}"', value.encode()) for name, value in values.items()]
    parts.append((f'name="{field_name}"; filename="{file_name}"\r\nContent-Type: application/octet-stream', content))
    body = b"".join(
        f"--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + value + b"\r\n"
        for head, value in parts
    )
    return body + f"--{boundary}--\r\n".encode()
