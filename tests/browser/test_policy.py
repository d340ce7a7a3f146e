"""The pages work under the Content-Security-Policy: nothing they need is refused, nothing smuggled in runs."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from suppliers.models import Supplier
from tests.attack.addresses import addresses
from tests.attack.world import build, values_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NO_PAGES = ("logout", "jsi18n", "_file", "_export", "_workbook", "home_json", "_metrics", "_state", "_grid", "metrics")
SMUGGLED = "<script>window.smuggled = 1</script><img src=x onerror='window.smuggled = 1'><b x-init='smuggled = 1'>"


def listened(page):
    said: list[str] = []
    page.on(
        "console",
        lambda message: said.append(f"{page.url}: {message.text}") if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: said.append(f"{page.url}: error: {error}"))
    return said


def pages(world):
    for address in addresses():
        if not address.name.endswith(NO_PAGES) and "delete" not in address.name:
            yield address.path(values_of(address.pattern, world))


def faults(said: list[str]) -> list[str]:
    """What the console said, but for answers of 4xx, which are another test's."""
    return [text for text in said if (": error: " in text or "Alpine" in text) and "Failed to load" not in text]


def test_no_page_breaks_the_policy_or_needs_what_it_refuses(open_as) -> None:
    page = open_as("Administrator")
    User.objects.filter(username="administrator").update(is_superuser=True)
    Supplier.objects.create(name=SMUGGLED)
    said = listened(page)
    for path in pages(build()):
        if page.request.get(path, max_redirects=0).status != 200:
            continue
        page.goto(path, wait_until="load")
        assert page.evaluate("window.smuggled") is None, path
    assert not faults(said)


def test_menus_themes_and_filters_still_work(open_as) -> None:
    page = open_as("Administrator")
    build()
    said = listened(page)
    page.goto("/admin/catalog/supplieritem/")
    page.evaluate("localStorage.setItem('adminTheme', JSON.stringify('dark'))")
    page.reload()
    assert "dark" in page.get_attribute("html", "class")
    page.keyboard.press("Control+k")
    page.wait_for_selector("#search-input-command", state="visible")
    page.fill("#search-input-command", "supp")
    page.press("#search-input-command", "l")
    page.wait_for_selector("#command-results-list li")
    page.keyboard.press("Escape")
    page.goto("/admin/suppliers/supplier/")
    page.check("input.action-select >> nth=0")
    page.wait_for_selector("#changelist-actions", state="visible")
    page.goto("/admin/suppliers/pricelistsource/add/")
    assert not page.is_visible("#id_sheet_url")
    page.select_option("#id_kind", "google_sheet")
    page.wait_for_selector("#id_sheet_url", state="visible")
    page.goto("/admin/suppliers/supplier/add/")
    page.fill("#id_name", "Made under the policy")
    page.click("[name=_save]")
    page.wait_for_selector("text=was added successfully")
    assert not faults(said)


def test_a_script_that_is_smuggled_into_a_page_does_not_run(open_as) -> None:
    page = open_as("Viewer")
    page.evaluate(
        """() => {
            const made = document.createElement("div");
            made.innerHTML = "<img src=x onerror='window.smuggled = 1'>";
            const script = document.createElement("script");
            script.text = "window.smuggled = 2";
            document.body.append(made, script);
        }"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.smuggled") is None
