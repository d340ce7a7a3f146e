"""Thirty pairs are decided by keyboard alone, as fast as the keys are pressed."""

import os
from pathlib import Path

import pytest
from django.utils import timezone

from catalog.linking.links import Pair, link_pairs
from catalog.linking.models import ItemLink, MatchProposal, PairDecision
from catalog.models import SupplierItem
from tests.factories import CategoryFactory, ProductFactory, SupplierFactory, SupplierItemFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHOTS = Path(os.environ["SHOTS"]) if "SHOTS" in os.environ else None
PAIRS = 30
VOLTS = (12, 18, 36)
ADDRESS = "/admin/catalog/matchproposal/decide/"


def shoot(page, name, height=900):
    """For the documentation, and for whoever changes the screen: SHOTS=folder keeps what it looks like."""
    if not SHOTS:
        return
    for look in ("light", "dark"):
        page.evaluate("dark => document.documentElement.classList.toggle('dark', dark)", look == "dark")
        for width in (1440, 480):
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=SHOTS / f"{name}-{look}-{width}.png", full_page=True)
    page.evaluate("document.documentElement.classList.remove('dark')")
    page.set_viewport_size({"width": 1440, "height": 1000})


def reasons(volts):
    same = {"code": "code_shared", "params": {"codes": f"DCD{volts}"}, "weight": 3.1}
    other = {"code": "units_conflict", "params": {"dimension": "volt", "left": "18", "right": str(volts)}, "weight": -2}
    price = {"code": "price", "params": {"percent": "6"}, "weight": 0.4}
    return [same, {"code": "brand_equal", "params": {}, "weight": 0.9}, price] if volts == VOLTS[1] else [other, price]


@pytest.fixture
def products(transactional_db):
    """Drills of three voltages, each with an offer."""
    category = CategoryFactory(name="Drills", parent=CategoryFactory(name="Power tools"))
    tools = SupplierFactory(name="Bergmann Tools")
    made = []
    for volts in VOLTS:
        made.append(ProductFactory(name=f"Makita cordless drill DCD{volts}, {volts} V, blue", category=category))
        facts = {
            "brand": "Makita",
            "mpn": f"DCD{volts}",
            "characteristics": {"Colour": "blue", "Voltage": f"{volts} V"},
        }
        SupplierItemFactory(supplier=tools, product=made[-1], name=made[-1].name, current_price=80 + volts, **facts)
    return made


@pytest.fixture
def items(products):
    """Each may be one of the drills, the right one as the second."""
    nordwind = SupplierFactory(name="Nordwind GmbH")
    facts = {"brand": "Makita", "characteristics": {"Colour": "black"}, "picture": "https://example.com/drill.jpg"}
    return [propose(number, nordwind, products, facts) for number in range(PAIRS)]


def propose(number, supplier, products, facts):
    name = f"Drill Makita DCD-18 18V, item {number}"
    item = SupplierItemFactory(supplier=supplier, name=name, product=None, current_price=95, **facts)
    for rank, product in enumerate(products, start=1):
        score = 0.8 - number / 1000 - rank / 100
        said = reasons(VOLTS[rank - 1])
        MatchProposal.objects.create(
            item=item, product=product, score=score, rank=rank, reasons=said, made_at=timezone.now()
        )
    return item


def link_some(products):
    """Without a person: a tenth of them is audited."""
    items = [SupplierItemFactory(name=f"Makita drill 36 V no. {number}", product=None) for number in range(40)]
    link_pairs([Pair(item.pk, products[2].pk, ItemLink.Method.GATE, 0.98, {}) for item in items], by=None)


def press(page, *keys):
    """As soon as there is something to press them for."""
    for key in keys:
        page.wait_for_selector("#pair form:not([aria-busy])")
        page.keyboard.press(key)


def settled(page):
    """What was answered is stored."""
    page.wait_for_load_state("networkidle")


def test_thirty_pairs_by_keyboard_alone(open_as, items, products):
    page = open_as("Reviewer")
    page.goto(ADDRESS)
    page.wait_for_selector("text=0 decided today, 30 left")
    shoot(page, "decide")
    for _round in range(6):
        press(page, "2", "Enter", "n", "s", "Enter", "2", "Enter")
    page.wait_for_selector("text=Nothing is left to decide")
    page.wait_for_selector("text=30 decided today, 0 left")
    settled(page)
    shoot(page, "decided")
    linked = SupplierItem.objects.filter(pk__in=[item.pk for item in items])
    assert linked.filter(product=products[1]).count() == 12
    assert linked.filter(product=products[0]).count() == 6
    assert PairDecision.objects.filter(verdict="different").count() == 6 * 3
    assert PairDecision.objects.filter(verdict="unsure").count() == 6 * 3
    assert not MatchProposal.objects.awaiting_decision().exists()


def test_the_last_one_is_undone_and_decided_otherwise(open_as, items, products):
    page = open_as("Reviewer")
    page.goto(ADDRESS)
    first = page.inner_text("h2.pair-name:not([hidden])")
    press(page, "Enter")
    page.wait_for_selector("text=The same: ")
    press(page, "u")
    page.wait_for_selector("text=Undone: ")
    assert page.inner_text("h2.pair-name:not([hidden])") == first
    assert not ItemLink.objects.in_force().exists()
    press(page, "x")
    page.wait_for_selector("text=Not this one: ")
    assert page.locator(".pair-option").count() == 2
    press(page, "Enter")
    page.wait_for_selector("text=1 decided today, 29 left")


def test_an_audit_is_told_only_afterwards(open_as, products):
    link_some(products)
    page = open_as("Reviewer")
    page.goto(ADDRESS)
    assert "audit" not in page.inner_text("#pairs").lower()
    press(page, "n")
    page.wait_for_selector("text=This was an audit: it had been linked by itself, wrongly.")
    assert ItemLink.objects.filter(undone_at__isnull=False).count() == 1


def test_without_a_script(open_as, items, browser):
    page = open_as("Reviewer")
    plain = browser.new_context(
        base_url=page.url.split("/admin")[0], storage_state=page.context.storage_state(), java_script_enabled=False
    )
    page = plain.new_page()
    page.goto(f"{ADDRESS}?least=10")
    page.check("input[name=product] >> nth=1")
    page.click("button[value=same]")
    assert "1 decided today, 29 left" in page.inner_text("#pairs")
    assert page.url.endswith("?least=10")
    plain.close()


def test_many_at_once_after_a_look(open_as, items, products):
    page = open_as("Reviewer")
    page.goto(f"{ADDRESS}?least=50&supplier={items[0].supplier_id}")
    shoot(page, "decide-filtered")
    page.click("text=Accept all of these")
    page.wait_for_selector("text=left out: their supplier offers the product already")
    shoot(page, "accept")
    page.click("text=Accept (1)")
    page.wait_for_selector("text=1 item was linked.")
    assert ItemLink.objects.in_force().count() == 1
