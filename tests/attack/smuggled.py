"""What is smuggled in: scripts in every text, formulas in exports, addresses to be fetched, forged messages."""

from __future__ import annotations

import csv
import io
import json
import random
import socket
import zlib
from collections.abc import Iterator
from pathlib import Path

from ingestion.models import IngestionRun, ParsingLog
from suppliers.models import Supplier
from tests import factories as make
from tests.attack.arena import PASSWORD, Arena, Tally, wait_until
from tests.attack.pages import attacked
from tests.attack.world import values_of

CHROMIUM = Path("/usr/bin/chromium")
SCRIPT = "\"'><script>window.smuggled=1</script><img src=x onerror='window.smuggled=1'><b x-init='window.smuggled=1'>"
FORMULAS = ["=1+1", "+1+1", "-1+1|x", "@SUM(A1)", "\t=1+1", "\r=cmd|' /c calc'!A0", '=HYPERLINK("http://127.0.0.1/")']
FUNCTIONS = ["os.system", "builtins.exec", "builtins.eval", "subprocess.run", "ingestion.jobs.queue.cancel", ""]
EXPORT = "/admin/catalog/supplieritem/export/csv/"
NO_PAGES = ("_export", "_file", "_workbook", "jsi18n", "_metrics", "home_json", "metrics", "_grid", "_state")


def attack(arena: Arena, chance: random.Random, *, short: bool) -> Iterator[Tally]:
    yield formulas(arena)
    yield fetches(arena)
    yield messages(arena)
    yield scripts(arena)


def formulas(arena: Arena) -> Tally:
    tally = Tally("formulas in exports")
    supplier = Supplier.objects.get(pk=arena.numbers["supplier"])
    for number, text in enumerate(FORMULAS):
        make.SupplierItemFactory(supplier=supplier, supplier_sku=f"F-{number}", name=text)
    answer = arena.people["Viewer"].session.get(arena.site.address + EXPORT, timeout=60)
    for row in csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))):
        for cell in row:
            tally.expect(cell.lstrip("\t\r ")[:1] not in ("=", "+", "@"), f"a cell of the export begins {cell[:20]!r}")
    return tally


def fetches(arena: Arena) -> Tally:
    """A server of ours that nobody may ask for anything."""
    tally = Tally("addresses that must not be fetched")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        inner = f"127.0.0.1:{port}"
        given = [
            *(
                f"http://{inner}/",
                f"https://docs.google.com@{inner}/spreadsheets/d/abc/edit",
                f"http://localhost:{port}/x",
            ),
            *(
                "file:///etc/passwd",
                f"gopher://{inner}/",
                "http://169.254.169.254/latest/meta-data/",
                f"http://[::1]:{port}/",
            ),
            *(f"https://docs.google.com.{inner}/spreadsheets/d/abc", f"https://docs.google.com/../../{inner}/d/abc"),
        ]
        for number, address in enumerate(given):
            supplier = str(arena.numbers["supplier"])
            facts = {"supplier": supplier, "name": f"sheet {number}", "kind": "google_sheet", "sheet_url": address}
            answer = arena.people["Staff"].press("/admin/suppliers/pricelistsource/add/", **facts, is_active="on")
            tally.expect(answer.status < 500, f"{address} ended with {answer.status}")
        listed = f"Code;Name;Price;Link\nL-1;http://{inner}/a;1.50;http://{inner}/b\n".encode()
        sent = arena.people["Staff"].upload(arena.numbers["supplier"], "links.csv", listed)
        tally.expect(ended(sent.run), "a list with links is not taken in")
        server.settimeout(0.5)
        try:
            server.accept()
            tally.expect(holds=False, problem="somebody asked the server that nobody may ask")
        except TimeoutError:
            tally.expect(holds=True, problem="")
    return tally


def ended(run: int | None) -> bool:
    if run is None:
        return False
    going_on = IngestionRun.objects.filter(pk=run, status__in=("queued", "running"))
    return wait_until(lambda: not going_on.exists(), 30)


def messages(arena: Arena) -> Tally:
    """As somebody who can write to Valkey."""
    from ingestion import queue  # noqa: PLC0415 - RQ reads its settings when it is imported

    tally = Tally("forged messages of the queue")
    trap = arena.folder / "executed"
    redis = queue.redis()
    pickled = b"cposix\nsystem\n(S'touch %s'\ntR." % str(trap).encode()
    calls = [json.dumps([name, None, [f"touch {trap}"], {}]).encode() for name in FUNCTIONS]
    calls.append(json.dumps(["ingestion.jobs.ingest", None, [{"run_id": -1}], {}]).encode())
    bodies = [pickled, b"[" * 100_000, *calls]
    bodies += [*(zlib.compress(each) for each in bodies), zlib.compress(b" " * (64 << 20))]
    for number, body in enumerate(bodies):
        job = f"forged-{number}"
        redis.hset(f"rq:job:{job}", mapping={"data": body, "origin": "default", "status": "queued"})
        redis.rpush("rq:queue:default", job)
    drained = wait_until(lambda: redis.llen("rq:queue:default") == 0, 60)
    tally.expect(drained, "forged messages are still in the queue after 60 s")
    tally.tried += len(bodies)
    sent = arena.people["Staff"].upload(arena.numbers["supplier"], "good.csv", b"Code;Name;Price\nG-1;Bolt;1.50\n")
    tally.expect(ended(sent.run), "a good list is not taken in after the forged messages")
    tally.expect(not trap.exists(), "a forged message was executed")
    tally.expect(arena.alive(), "a worker has ended")
    return tally


def scripts(arena: Arena) -> Tally:
    tally = Tally("scripts in texts, in a real browser")
    if not CHROMIUM.exists():
        tally.notes.append("skipped: no browser")
        return tally
    numbers = arena.numbers | smuggle(arena)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(base_url=arena.site.address)
        said: list[str] = []
        page.on("console", lambda told: said.append(f"{page.url}: {told.text}"))
        page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
        page.goto("/admin/login/")
        page.fill("#id_username", "root")
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_url("**/admin/")
        for address in attacked():
            path = address.path(values_of(address.pattern, numbers))
            if address.name.endswith(NO_PAGES) or page.request.get(path, max_redirects=0).status != 200:
                continue
            page.goto(path, wait_until="load")
            tally.expect(page.evaluate("window.smuggled") is None, f"{path} ran a script that was smuggled in")
        browser.close()
    refused = [text for text in said if "Content Security Policy" in text]
    tally.expect(not refused, f"the policy had to refuse: {refused[:3]}")
    return tally


def smuggle(arena: Arena) -> dict[str, int]:
    supplier = make.SupplierFactory(name=SCRIPT)
    source = make.SourceFactory(supplier=supplier, name=SCRIPT)
    head, cell = SCRIPT.replace('"', '""'), SCRIPT.replace(";", ",")
    listed = f'Code;Name;"{head}";Price\nX-1;{cell};y;1.50\nX-2;z;;{cell}\n'
    sent = arena.people["Staff"].upload(supplier.pk, "<img src=x onerror='window.smuggled=1'>.csv", listed.encode())
    ended(sent.run)
    product = make.ProductFactory(name=SCRIPT, category=make.CategoryFactory(name=SCRIPT))
    item = make.SupplierItemFactory(supplier=supplier, product=product, name=SCRIPT, characteristics={SCRIPT: SCRIPT})
    run = IngestionRun.objects.get(pk=sent.run) if sent.run else make.RunFactory(source=source)
    run.comment = SCRIPT
    run.save(update_fields=["comment"])
    log: ParsingLog = make.ParsingLogFactory(run=run, message=SCRIPT, row_data={SCRIPT: SCRIPT})
    found = [supplier, source, product, item, log, run, product.category]
    numbers = {str(each._meta.model_name): int(each.pk) for each in found}
    return numbers | ({"pricelist": run.price_list_id} if run.price_list_id else {})
