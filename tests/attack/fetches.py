"""Addresses that somebody wants us to ask: a server of ours on loopback counts who comes, and nobody may."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingestion.models import IngestionRun
from ingestion.runs import creation, queue
from suppliers.models import PriceListSource
from tests import factories as make
from tests.attack.arena import Arena, Tally, wait_until
from tests.attack.hostile_files import LIST, replaced, spreadsheetml
from tests.ingestion.parsers.files import MAIN, RELATIONS, opendocument, worksheet, write_ods, write_raw_xlsx
from tests.ingestion.parsers.google.server import ADDRESS, Trouble

SECONDS = 60
ALLOWED = "https://feeds.example/x"
ROW = "<tr><td>{}</td><td>{}</td><td>1.50</td></tr>"
SHEET_ROW = "<table:table-row>{}</table:table-row>"
SHEET_CELL = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
EXTERNAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Trap(threading.Thread):
    """Takes connections on loopback and keeps what they said first."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.server = socket.create_server(("127.0.0.1", 0))
        self.server.settimeout(0.1)
        self.port: int = self.server.getsockname()[1]
        self.is_over = threading.Event()
        self.visits: list[str] = []

    def run(self) -> None:
        while not self.is_over.is_set():
            try:
                line, _from = self.server.accept()
            except TimeoutError:
                continue
            with line:
                line.settimeout(1)
                try:
                    self.visits.append(line.recv(200).decode(errors="replace"))
                except OSError:
                    self.visits.append("")


@contextmanager
def trap() -> Iterator[Trap]:
    made = Trap()
    made.start()
    try:
        yield made
    finally:
        made.is_over.set()
        made.join()
        made.server.close()


def attack(arena: Arena, chance: random.Random, *, short: bool) -> Iterator[Tally]:
    with trap() as sprung:
        addresses = inner(sprung.port)
        chosen = chance.sample(addresses, 4) if short else addresses
        for tally in (
            sheets(arena, addresses, chosen),
            redirections(arena, sprung.port),
            feeds(arena, addresses, chosen),
        ):
            yield watched(tally, sprung)
        yield watched(lists(arena, sprung), sprung)


def watched(tally: Tally, sprung: Trap) -> Tally:
    tally.expect(not sprung.visits, f"somebody came to the server that nobody may ask: {sprung.visits}")
    sprung.visits.clear()
    return tally


def inner(port: int) -> list[str]:
    """Addresses that lead inside, as somebody might write them."""
    return [
        f"http://127.0.0.1:{port}/",
        f"http://localhost:{port}/spreadsheets/d/abcdefghijklmnopqrstuvwxyz",
        f"http://[::1]:{port}/",
        f"http://2130706433:{port}/",
        f"http://0x7f.1:{port}/",
        f"https://docs.google.com@127.0.0.1:{port}/spreadsheets/d/abcdefghijklmnopqrstuvwxyz/edit",
        f"https://docs.google.com.127.0.0.1:{port}/spreadsheets/d/abcdefghijklmnopqrstuvwxyz",
        f"https://docs.google.com/spreadsheets/d/../../../127.0.0.1:{port}/d/abcdefghijklmnopqrstuvwxyz",
        f"https://docs.google.com/spreadsheets/d/@127.0.0.1:{port}/edit",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fe80::1]/",
        "file:///etc/passwd",
        f"gopher://127.0.0.1:{port}/_x",
    ]


def sheets(arena: Arena, addresses: list[str], chosen: list[str]) -> Tally:
    """Through the form, and past it straight into a run."""
    tally = Tally("sheets at addresses inside")
    arena.google.requests.clear()
    for number, address in enumerate(addresses):
        facts = {"supplier": str(arena.numbers["supplier"]), "name": f"sheet {number}", "kind": "google_sheet"}
        answer = arena.people["Staff"].press("/admin/suppliers/pricelistsource/add/", **facts, sheet_url=address)
        tally.expect(answer.status < 500, f"{address}: the form ended with {answer.status}")
    past = [smuggled({"kind": "google_sheet", "sheet_url": ADDRESS}, "sheet_url", each) for each in chosen]
    for address, run in zip(chosen, past, strict=True):
        expect_failure(tally, run, address)
    asked = [path for path in arena.google.requests if not path.startswith("/v4/spreadsheets/")]
    tally.expect(not asked, f"Google was asked for something else than sheets: {asked[:3]}")
    return tally


def redirections(arena: Arena, port: int) -> Tally:
    """Google itself sends us somewhere else."""
    tally = Tally("redirections to addresses inside")
    targets = (
        f"http://127.0.0.1:{port}/x",
        f"http://localhost:{port}/x",
        f"//127.0.0.1:{port}/x",
        "file:///etc/passwd",
    )
    for status, target in zip((301, 302, 307, 308), targets, strict=True):
        arena.google.troubles[:] = [Trouble(status, times=1000, headers={"Location": target})]
        run = creation.create_run(source=make.SourceFactory(kind="google_sheet", sheet_url=ADDRESS))
        IngestionRun.objects.filter(pk=run.pk).update(max_retries=1)
        run.refresh_from_db()
        queue.enqueue(run)
        expect_failure(tally, run, f"{status} to {target}")
    tally.expect(arena.google.requests, "Google was not asked at all, so nothing was proved")
    arena.google.troubles.clear()
    return tally


def feeds(arena: Arena, addresses: list[str], chosen: list[str]) -> Tally:
    """A plug-in that fetches says where it may be sent; whatever stands in the source, it is sent nowhere else."""
    tally = Tally("feeds at addresses inside")
    for number, address in enumerate(addresses):
        facts = {"supplier": str(arena.numbers["supplier"]), "name": f"feed {number}", "kind": "remote"}
        facts |= {"parser_type": "fetching", "config": f'{{"address": "{address}"}}'}
        answer = arena.people["Staff"].press("/admin/suppliers/pricelistsource/add/", **facts)
        tally.expect(answer.status == 200, f"{address}: the form of a feed took it ({answer.status})")
    feed: dict[str, object] = {"kind": "remote", "parser_type": "fetching", "config": {"address": ALLOWED}}
    past = [smuggled(feed, "address", each) for each in chosen]
    for address, run in zip(chosen, past, strict=True):
        expect_failure(tally, run, address)
    return tally


def smuggled(source: dict[str, object], name: str, address: str) -> IngestionRun:
    """A run as if somebody had written the address into the database: no message is sent, workers find it."""
    made = make.SourceFactory(**source)
    run = creation.create_run(source=made)
    run.source_config = {**run.source_config, name: address}
    run.save(update_fields=["source_config"])
    changes: dict[str, object] = {name: address} if name == "sheet_url" else {"config": {name: address}}
    PriceListSource.objects.filter(pk=made.pk).update(**changes)
    return run


def expect_failure(tally: Tally, run: IngestionRun, what: str) -> None:
    wait_until(lambda: state_of(run) not in ("queued", "running"), SECONDS)
    run.refresh_from_db()
    tally.expect(run.status == "failure" and run.message, f"{what}: {run.status} {run.message[:200]}")


def state_of(run: IngestionRun) -> str:
    return IngestionRun.objects.values_list("status", flat=True).get(pk=run.pk)


def lists(arena: Arena, sprung: Trap) -> Tally:
    """Lists that name addresses wherever a format lets them. Each is taken in or refused, and its pages are opened."""
    tally = Tally("addresses in lists")
    folder = arena.folder / "links"
    folder.mkdir(exist_ok=True)
    address = f"http://127.0.0.1:{sprung.port}/"
    for name, content in named(folder, address):
        sent = arena.people["Staff"].upload(make.SupplierFactory().pk, name, content)
        if sent.run is None:
            tally.expect(sent.status == 200, f"{name}: the upload was answered with {sent.status}")
            continue
        run = IngestionRun.objects.get(pk=sent.run)
        wait_until(lambda run=run: state_of(run) not in ("queued", "running"), SECONDS)  # type: ignore[misc]
        run.refresh_from_db()
        tally.expect(run.status not in ("queued", "running"), f"{name}: {run.status}")
        for path in (f"pricelist/{run.price_list_id}/mapping/grid/", f"ingestionrun/{run.pk}/workbook/"):
            answer = arena.people["Viewer"].session.get(f"{arena.site.address}/admin/ingestion/{path}", timeout=60)
            tally.expect(answer.status_code == 200, f"{name}: {path} ended with {answer.status_code}")
    return tally


def named(folder: Path, address: str) -> Iterator[tuple[str, bytes]]:
    yield "links.csv", f"Code;Name;Price;Picture\nL-1;{address}a;1.50;{address}b.png\nL-2;Nut;{address};x\n".encode()
    rows = ROW.format("Code", "Name").replace("1.50", "Price")
    rows += ROW.format(f'<img src="{address}c.png">L-1', f'<a href="{address}d">Bolt</a>')
    head = f'<base href="{address}"><link rel="stylesheet" href="e.css"><script src="{address}f.js"></script>'
    head += f'<meta http-equiv="refresh" content="0;url={address}g"><iframe src="{address}h"></iframe>'
    yield "links.html", f"<html><head>{head}</head><body><table>{rows}</table></body></html>".encode()
    yield "links.xls", f"<html><head>{head}</head><body><table>{rows}</table></body></html>".encode()
    yield "links.xlsx", linked_workbook(folder / "links.xlsx", address)
    yield "links.ods", linked_table(folder / "links.ods", address)
    declared = f'<!ENTITY e SYSTEM "{address}j"><!ENTITY % p SYSTEM "{address}k"> %p;'
    entity = f'<!DOCTYPE x SYSTEM "{address}i.dtd" [{declared}]>'
    sheet = worksheet(LIST).replace("?>", f"?>{entity}", 1)
    yield "entity.xlsx", write_raw_xlsx(folder / "entity.xlsx", sheet).read_bytes()
    flat = opendocument("<office:body><office:spreadsheet>&e;</office:spreadsheet></office:body>")
    yield "entity.fods", flat.replace("?>", f"?>{entity}", 1).encode()
    yield "entity.xml", spreadsheetml("&e;", entity).encode()


def linked_workbook(path: Path, address: str) -> bytes:
    """External links, a query, a picture, a hyperlink and formulas that ask for something."""
    formula = f'<row r="3"><c r="A3"><f>WEBSERVICE("{address}l")</f><v>1</v></c><c r="B3"><f>[1]Sheet1!A1</f></c></row>'
    links = f'<hyperlinks><hyperlink ref="A2" r:id="rId9" xmlns:r="{RELATIONS}"/></hyperlinks>'
    write_raw_xlsx(path, worksheet(LIST + formula, after=links))
    targets = "".join(
        f'<Relationship Id="rId{number}" Type="{EXTERNAL}/{kind}" Target="{address}{kind}" TargetMode="External"/>'
        for number, kind in enumerate(("hyperlink", "image", "externalLinkPath", "attachedTemplate", "worksheet"), 5)
    )
    relations = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{targets}</Relationships>'
    )
    query = f'<connection id="1"><webPr url="{address}m"/></connection>'
    link = f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{RELATIONS}" r:id="rId7"/></externalLink>'
    return replaced(
        path,
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relations,
            "xl/externalLinks/externalLink1.xml": link,
            "xl/externalLinks/_rels/externalLink1.xml.rels": relations,
            "xl/connections.xml": f'<connections xmlns="{MAIN}">{query}</connections>',
        },
    ).read_bytes()


def linked_table(path: Path, address: str) -> bytes:
    rows = SHEET_ROW.format("".join(SHEET_CELL.format("", text) for text in ("Code", "Name", "Price")))
    link = f'<text:a xlink:href="{address}n" xmlns:xlink="http://www.w3.org/1999/xlink">Bolt</text:a>'
    formula = f" table:formula=\"of:='{address}o'#$Sheet1.A1\""
    rows += SHEET_ROW.format(
        SHEET_CELL.format("", "A-1") + SHEET_CELL.format("", link) + SHEET_CELL.format(formula, "1.50")
    )
    source = f'<table:table-source xlink:href="{address}p" xmlns:xlink="http://www.w3.org/1999/xlink"/>'
    return write_ods(path, f'<table:table table:name="T">{source}{rows}</table:table>').read_bytes()
