import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ingestion.backoffice.today import screen
from tests.factories import (
    CategoryFactory,
    ParsingLogFactory,
    PriceHistoryFactory,
    ProductFactory,
    RunFactory,
    SupplierFactory,
    SupplierItemFactory,
)

pytestmark = pytest.mark.django_db
INDEX = reverse("admin:index")


def cards(client):
    return {card.title: card.value for card in client.get(INDEX).context["cards"]}


def test_says_what_needs_attention(reviewer):
    ProductFactory.create_batch(3)
    run = RunFactory(status="failure")
    RunFactory(status="failure", created_at=timezone.now() - timedelta(days=8))
    ParsingLogFactory(run=run)
    CategoryFactory(needs_review=True)
    assert cards(reviewer) == {
        "Matches to decide": "0",
        "Drafts to review": "3",
        "Runs failed this week": "1",
        "Runs that wait for a person": "0",
        "Prices held": "0",
        "Errors this week": "1",
        "New categories": "1",
    }


def test_every_card_leads_to_a_page_with_what_it_counts(reviewer):
    RunFactory(status="failure")
    for card in reviewer.get(INDEX).context["cards"]:
        page = reviewer.get(card.url)
        assert page.status_code == 200
        assert str(page.context["cl"].result_count) == card.value


def test_many_are_not_counted_to_the_end(monkeypatch, reviewer):
    monkeypatch.setattr(screen, "COUNT_UP_TO", 2)
    ProductFactory.create_batch(4)
    assert cards(reviewer)["Drafts to review"] == "2+"


def test_draws_how_many_prices_went_up_and_down(reviewer):
    now = timezone.now()
    for prices in (("10", "11"), ("10", "9"), ("10",)):
        item = SupplierItemFactory()
        for age, price in enumerate(reversed(prices)):
            PriceHistoryFactory(supplier_item=item, price=price, recorded_at=now - timedelta(days=age * 30))
    up, down = json.loads(reviewer.get(INDEX).context["movements"])["datasets"]
    assert (up["data"][-1], down["data"][-1]) == (1, 1)
    assert sum(up["data"]) == sum(down["data"]) == 1


def test_without_data_it_says_what_to_do_next(sign_in):
    staff = sign_in("Staff")
    assert staff.get(INDEX).context["next_step"]["label"] == "Create a supplier"
    assert sign_in("Viewer").get(INDEX).context["next_step"] == {}
    SupplierFactory()
    assert staff.get(INDEX).context["next_step"]["label"] == "Upload a price list"
    RunFactory()
    assert staff.get(INDEX).context["next_step"] == {}
    assert staff.get(INDEX).context["movements"] == ""


def test_shows_nothing_to_who_may_see_nothing(sign_in):
    context = sign_in().get(INDEX).context
    assert (context["cards"], context["sections"], context["movements"]) == ([], [], "")


def test_the_last_runs_say_whose_they_are(sign_in):
    run = RunFactory()
    table = sign_in("Viewer").get(INDEX).context["sections"][0].table
    assert dict(zip(table["headers"], table["rows"][0], strict=True))["supplier"] == run.supplier_name
