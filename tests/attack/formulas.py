"""Formulas that come in as texts: whatever goes out for a spreadsheet program holds them as texts."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Iterator

import openpyxl
import requests

from catalog.models import Product
from ingestion.models import IngestionRun
from suppliers.models import Supplier
from tests import factories as make
from tests.attack.arena import Arena, Tally, wait_until
from tests.stack.client import Client

PAYLOADS = [
    "=1+1",
    "+1+1",
    "-1+1|x",
    "@SUM(A1)",
    "=cmd|' /c calc'!A0",
    '=HYPERLINK("http://127.0.0.1/?"&A1,"x")',
    '=WEBSERVICE("http://127.0.0.1/")',
    "{=1+1}",
    "\t=1+1",
    "\r=1+1",
]
MARK = re.compile(r"[=+@-]\s*(?:1\+1|SUM|cmd|HYPERLINK|WEBSERVICE)")
NUMBER = re.compile(r"[+-]?[\d.,  ]+%?")
RUN_BY_PROGRAMS = ("=", "+", "-", "@", "\t", "\r")
SECONDS = 30  # until what a worker makes is there


def attack(arena: Arena, chance: random.Random, *, short: bool) -> Iterator[Tally]:
    tally = Tally("formulas in what goes out")
    run = smuggle(arena)
    client = arena.people["Administrator"]
    for name, answer in files(arena, client, run):
        tally.expect(answer.status_code == 200, f"{name}: {answer.status_code}")
        is_workbook = answer.content.startswith(b"PK")
        tally.expect(is_workbook == name.endswith("xlsx"), f"{name} is something else: {answer.content[:60]!r}")
        seen = check_workbook(tally, name, answer.content) if is_workbook else check_csv(tally, name, answer.content)
        tally.expect(seen, f"{name}: none of the formulas is in it, so nothing was looked at")
    yield tally


def smuggle(arena: Arena) -> int:
    """Objects of such names, and lists of such rows: the second one with other prices. Returns its run."""
    supplier = Supplier.objects.get(pk=arena.numbers["supplier"])
    for number, text in enumerate(PAYLOADS):
        product = make.ProductFactory(internal_sku=f"{text} {number}", name=text)
        make.SupplierItemFactory(supplier=supplier, product=product, supplier_sku=f"{text} {number}", name=text)
    listed = make.SupplierFactory().pk
    taken_in(arena, listed, "1.50")
    return taken_in(arena, listed, "1.60")


def taken_in(arena: Arena, supplier: int, price: str) -> int:
    """A list with such texts in each column, of which some rows fail."""
    rows = [["Code", "Name", "Price", "=1+1 Colour"]]
    for number, text in enumerate(PAYLOADS):
        rows += [[f"{text}-{number}", text, price, text], [f"{text}-bad-{number}", text, text, text]]
    rows += [[f"G-{number}", "Bolt", price, "red"] for number in range(200)]
    content = io.StringIO()
    csv.writer(content, delimiter=";").writerows(rows)
    sent = arena.people["Staff"].upload(supplier, "=1+1.csv", content.getvalue().encode())
    assert sent.run, sent.said
    unfinished = IngestionRun.objects.filter(pk=sent.run, status__in=("queued", "running"))
    wait_until(lambda: not unfinished.exists(), SECONDS)
    return sent.run


def files(arena: Arena, client: Client, run: int) -> Iterator[tuple[str, requests.Response]]:
    """All that can be taken away, by its name."""
    for place in ("catalog/supplieritem", "ingestion/change"):
        for kind in ("csv", "xlsx"):
            yield f"{place} as {kind}", fetched(client, f"/admin/{place}/export/{kind}/")
    names = ("internal_sku", "name", "status")
    for number, kind in enumerate(("xlsx", "csv")):
        form = {"format": str(number), "resource": "", **{f"productresource_{name}": "on" for name in names}}
        yield f"products as {kind}", fetched(client, "/admin/catalog/product/export/", **form)
    chosen = list(Product.objects.filter(name__in=PAYLOADS).values_list("pk", flat=True))
    path = "/admin/catalog/product/"
    yield "offers compared as xlsx", fetched(client, path, action="compare", _selected_action=chosen)
    yield "errors as xlsx", fetched(client, f"/admin/ingestion/ingestionrun/{run}/workbook/")


def fetched(client: Client, path: str, **form: object) -> requests.Response:
    """The file itself, however long a worker takes to make it."""
    answer = asked(client, path, form)

    def is_there() -> bool:
        nonlocal answer
        if "attachment" not in answer.headers.get("Content-Disposition", ""):
            answer = asked(client, path, form)
        return "attachment" in answer.headers.get("Content-Disposition", "")

    wait_until(is_there, SECONDS, pause=0.5)
    return answer


def asked(client: Client, path: str, form: dict[str, object]) -> requests.Response:
    if not form:
        return client.session.get(client.address + path, timeout=60)
    data = {**form, "csrfmiddlewaretoken": client.session.cookies["csrftoken"]}
    return client.session.post(client.address + path, data=data, headers={"Referer": client.address}, timeout=60)


def check_workbook(tally: Tally, name: str, content: bytes) -> int:
    """How many of the smuggled formulas are in it, as texts."""
    seen = 0
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            tally.expect(cell.data_type != "f", f"{name}: the formula {cell.value!r} at {cell.coordinate}")
            tally.expect(cell.hyperlink is None, f"{name}: a link at {cell.coordinate}")
            seen += bool(MARK.search(str(cell.value)))
    return seen


def check_csv(tally: Tally, name: str, content: bytes) -> int:
    seen = 0
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        for cell in row:
            is_run = cell.startswith(RUN_BY_PROGRAMS) and not NUMBER.fullmatch(cell)
            tally.expect(not is_run, f"{name}: a cell begins {cell[:20]!r}")
            seen += bool(MARK.search(cell))
    return seen
