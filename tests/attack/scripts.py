"""Texts that are scripts, wherever a text is kept, and each page that shows one in a real browser: none runs."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from catalog.models import Product
from ingestion.models import IgnoredCause, IngestionRun
from suppliers.models import Supplier
from tests import factories as make
from tests.attack.arena import PASSWORD, Arena, Tally, wait_until
from tests.attack.pages import attacked
from tests.attack.world import query_of, values_of

CHROMIUM = Path("/usr/bin/chromium")
SCRIPT = "\"'><script>window.smuggled=1</script><img src=x onerror='window.smuggled=1'><b x-init='window.smuggled=1'>"
FILE_NAME = "<img src=x onerror='window.smuggled=1'>.csv"
NO_PAGES = ("_export", "_file", "_workbook", "jsi18n", "_metrics", "home_json", "metrics", "_grid", "_state")
MILLISECONDS = 20_000
PRODUCTS = "/admin/catalog/product/"
Step = tuple[str, Callable[[], None]]


def attack(arena: Arena, chance: random.Random, *, short: bool) -> Iterator[Tally]:
    tally = Tally("scripts in texts, in a real browser")
    if not CHROMIUM.exists():
        tally.notes.append("skipped: no browser")
        yield tally
        return
    numbers = arena.numbers | smuggle(arena)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        visitor = Visitor(browser.new_context(base_url=arena.site.address), urlsplit(arena.site.address).netloc, tally)
        visitor.sign_in()
        visitor.walk(numbers)
        for name, step in steps(visitor, numbers):
            visitor.take(name, step)
        browser.close()
    visitor.conclude()
    yield tally


class Visitor:
    """A superuser with a browser that keeps whatever it hears."""

    def __init__(self, context: Any, site: str, tally: Tally) -> None:
        self.context, self.tally, self.page = context, tally, context.new_page()
        self.refused: list[str] = []
        self.strangers: set[str] = set()
        self.site = site
        context.on("console", self.heard)
        context.on("request", self.asked)
        context.on("response", self.answered)

    def heard(self, told: Any) -> None:
        if "Content Security Policy" in told.text:
            self.refused.append(f"{self.page.url}: {told.text}")

    def answered(self, answer: Any) -> None:
        self.tally.expect(answer.status < 500, f"{answer.url} ended with {answer.status}")

    def asked(self, request: Any) -> None:
        to = urlsplit(request.url)
        if (
            to.scheme.startswith("http")
            and to.netloc != urlsplit(self.page.url).netloc
            and self.page.url != "about:blank"
        ):
            self.strangers.add(request.url)

    def sign_in(self) -> None:
        self.page.goto("/admin/login/")
        self.page.fill("#id_username", "root")
        self.page.fill("#id_password", PASSWORD)
        self.page.press("#id_password", "Enter")
        self.page.wait_for_url("**/admin/")

    def walk(self, numbers: dict[str, Any]) -> None:
        for address in attacked():
            path = address.path(values_of(address.pattern, numbers)) + query_of(address.name)
            if address.name.endswith(NO_PAGES) or self.page.request.get(path, max_redirects=0).status != 200:
                continue
            self.page.goto(path, wait_until="load")
            self.check(path)

    def take(self, name: str, step: Callable[[], None]) -> None:
        """The page that a step ends at has to show what was smuggled, or the step has proved nothing."""
        step()
        with suppress(Exception):
            self.page.wait_for_load_state("networkidle", timeout=5_000)
        self.check(name)
        shown, where = self.page.inner_text("body"), self.page.url
        self.tally.expect("window.smuggled" in shown, f"{name}: shows nothing of it at {where}: {shown[:200]!r}")

    def check(self, what: str) -> None:
        self.tally.expect(self.page.evaluate("window.smuggled") is None, f"{what} ran a script that was smuggled in")

    def conclude(self) -> None:
        self.tally.expect(not self.refused, f"the policy had to refuse: {self.refused[:3]}")
        self.tally.expect(not self.strangers, f"pages ask others: {sorted(self.strangers)[:3]}")


def steps(visitor: Visitor, numbers: dict[str, Any]) -> Iterator[Step]:
    """Pages that come after something was done, with what is done to get there."""
    page, supplier = visitor.page, f"/admin/suppliers/supplier/{numbers['supplier']}/change/"
    yield "a search", lambda: page.goto(f"{PRODUCTS}?q={quote('window.smuggled')}")
    yield "the mapping", lambda: mapping(page, numbers["pricelist"])
    yield "a run that asks", lambda: page.goto(f"/admin/ingestion/ingestionrun/{numbers['waiting']}/change/")
    yield "a run that failed", lambda: page.goto(f"/admin/ingestion/ingestionrun/{numbers['failed']}/change/")
    yield "errors of one cause", lambda: errors(page, numbers["ingestionrun"])
    yield "held changes", lambda: page.goto("/admin/ingestion/heldchange/")
    yield "the look before an import", lambda: imported(page)
    yield "two tabs", lambda: two_tabs(visitor, supplier)
    yield "a file that is refused", lambda: refused(page, numbers["supplier"])
    yield "before a deletion", lambda: act(page, "/admin/catalog/category/", "delete_selected")
    yield "a notice: ingest", lambda: act(page, "/admin/suppliers/pricelistsource/", "ingest_chosen")
    yield "a notice: accept", lambda: act(page, "/admin/ingestion/heldchange/", "accept_chosen")
    yield "a notice: archive", lambda: act(page, f"{PRODUCTS}?q={quote('window.smuggled')}", "archive")


def act(page: Any, path: str, action: str) -> None:
    """Everything on the page is chosen."""
    page.goto(path)
    for box in page.query_selector_all("input.action-select"):
        box.evaluate("box => { if (!box.checked) box.click() }")
    page.evaluate("name => { document.querySelector('select[name=action]').value = name }", action)
    with page.expect_navigation():
        page.evaluate("document.querySelector('select[name=action]').form.requestSubmit()")


def mapping(page: Any, price_list: int) -> None:
    page.goto(f"/admin/ingestion/pricelist/{price_list}/mapping/")
    page.wait_for_selector("table td", timeout=MILLISECONDS)


def errors(page: Any, run: int) -> None:
    page.goto(f"/admin/ingestion/ingestionrun/{run}/change/")
    link = page.get_attribute(f"a[href*='/{run}/errors/']", "href")
    page.goto(link)


def imported(page: Any) -> None:
    page.goto(f"{PRODUCTS}import/")
    rows = f'internal_sku,name,currency\nS-1,"{SCRIPT.replace(chr(34), chr(34) * 2)}",EUR\n'
    page.set_input_files("input[type=file]", {"name": FILE_NAME, "mimeType": "text/csv", "buffer": rows.encode()})
    page.select_option("#id_format", label="csv")
    page.evaluate("document.querySelector('input[type=file]').form.requestSubmit()")
    page.wait_for_selector("text=window.smuggled", timeout=MILLISECONDS)


def two_tabs(visitor: Visitor, path: str) -> None:
    """Both change one name: the later one is shown what the other wrote."""
    other = visitor.context.new_page()
    for tab in (visitor.page, other):
        tab.goto(path)
    for number, tab in enumerate((other, visitor.page)):
        tab.fill("#id_name", f"{SCRIPT} {number}")
        with tab.expect_navigation():
            tab.click("button[name=_save], input[name=_save]")
    visitor.check(path)
    visitor.tally.expect(other.evaluate("window.smuggled") is None, "a notice ran a script that was smuggled in")
    other.close()


def refused(page: Any, supplier: int) -> None:
    page.goto(f"/admin/ingestion/pricelist/add/?supplier={supplier}")
    content = {"name": FILE_NAME, "mimeType": "text/csv", "buffer": b"%PDF-1.7 x"}
    page.set_input_files("input[type=file]", content)
    with page.expect_navigation():
        page.evaluate("document.querySelector('input[type=file]').form.requestSubmit()")


def smuggle(arena: Arena) -> dict[str, int]:
    """A list that is taken in, one that asks, one that fails; and objects of each kind with such texts."""
    supplier = make.SupplierFactory(name=SCRIPT)
    source = make.SourceFactory(supplier=supplier, name=SCRIPT)
    head, cell = SCRIPT.replace('"', '""'), SCRIPT.replace(";", ",")
    listed = f'Code;Name;"{head}";Price\nX-1;{cell};y;1.50\nX-2;z;;{cell}\n'
    run = sent(arena, supplier, listed)
    product = make.ProductFactory(name=SCRIPT, category=make.CategoryFactory(name=SCRIPT))
    item = make.SupplierItemFactory(supplier=supplier, product=product, name=SCRIPT, characteristics={SCRIPT: SCRIPT})
    run.comment = SCRIPT
    run.save(update_fields=["comment"])
    log: Any = make.ParsingLogFactory(run=run, message=SCRIPT, row_data={SCRIPT: SCRIPT})
    texts = {"source": source, "supplier_name": SCRIPT, "message": SCRIPT, "error_type": "ParserError"}
    failed = make.RunFactory(status="failure", **texts)
    asking = {"understanding": run.understanding, "price_list": run.price_list, "waits_for": "mapping"}
    waiting = make.RunFactory(status="waiting", **texts, **asking)
    held = make.ChangeFactory(run=run, item=item, state="held", cause="decimal_sign", supplier_sku=SCRIPT[:100])
    IgnoredCause.objects.create(source=source, cause=SCRIPT, comment=SCRIPT, at=run.created_at)
    Product.objects.filter(pk=make.ProductFactory(name=SCRIPT, status="draft").pk).update(internal_sku=SCRIPT[:60])
    found = [supplier, source, product, item, log, run, product.category]
    numbers = {str(each._meta.model_name): int(each.pk) for each in found}
    numbers |= {"waiting": waiting.pk, "failed": failed.pk, "heldchange": held.pk, "change": held.pk}
    return numbers | ({"pricelist": run.price_list_id} if run.price_list_id else {})


def sent(arena: Arena, supplier: Supplier, listed: str) -> IngestionRun:
    answer = arena.people["Staff"].upload(supplier.pk, FILE_NAME, listed.encode())
    assert answer.run, answer.said
    unfinished = IngestionRun.objects.filter(pk=answer.run, status__in=("queued", "running"))
    wait_until(lambda: not unfinished.exists(), 30)
    return IngestionRun.objects.get(pk=answer.run)
