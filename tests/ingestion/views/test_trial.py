import json
from decimal import Decimal

import pytest

from ingestion.models import IngestionRun
from ingestion.pricegrid import Item, ItemFacts, PriceBreak
from ingestion.pricegrid.problems import notes
from ingestion.texts import text_of
from ingestion.views.comparison import difference, last_lists
from ingestion.views.kept_trial import trial_from_json, trial_to_json
from ingestion.views.looks import on_last_lists, try_settings
from ingestion.views.trial import Trial
from tests.factories import PriceListFactory
from tests.ingestion.price_lists import price_list as parsed_list
from tests.ingestion.views.lists import stored, table

pytestmark = pytest.mark.django_db
PARTNER = {"column_mapping": {"Group K": "price"}}


def test_says_what_settings_give_and_stores_nothing():
    trial = try_settings(stored(table()), PARTNER)
    assert (trial.items, trial.errors, trial.complete) == (7, 1, True)
    assert [str(item.price) for item in trial.samples] == ["8.25", "15.25", "22.25", "29.25", "36.25"]
    assert [(cause.count, cause.rows) for cause in trial.causes.values()] == [(1, [8])]
    assert trial.marks[None, 8].kind == "error"
    assert "call us" in trial.marks[None, 8].text
    assert trial.marks[None, 1].kind == "header"
    assert not IngestionRun.objects.exists()


def test_items_with_facts_and_days_are_shown():
    """Once such a list could not be tried at all: minimum orders, weights and days were no JSON."""
    rows = "\n".join(f"A-{n};Rope {n};{n + 3},25;5;12,5;01.01.2026" for n in range(9))
    trial = try_settings(stored(f"Code;Name;Price;MOQ;Weight kg;Valid from\n{rows}"), {})
    assert not trial.refusal
    assert [str(item.price) for item in trial.samples] == ["3.25", "4.25", "5.25", "6.25", "7.25"]
    assert (trial.samples[0].facts.minimum_order, trial.samples[0].facts.weight) == (5, Decimal("12.5"))


def test_what_is_kept_of_an_item_is_what_the_list_says_of_it():
    breaks = (PriceBreak(Decimal(10), Decimal("1.80")), PriceBreak(Decimal(100), Decimal("1.50")))
    words = ("Acme", "A-9", "04006381333931", "pcs")
    numbers = (Decimal(25), Decimal(5), Decimal(5), breaks, Decimal(19), False, "DE", 3, Decimal("0.5"))
    addresses = ("https://a.example", "https://a.example/1.png")
    facts = ItemFacts._make((*words, *numbers, *addresses))
    note = notes.BARCODE.message(value="1")
    item = Item(4, "A", "B", Decimal("2.45"), "EUR", facts=facts, per_quantity=100, notes=(note,))
    trial = trial_from_json(json.loads(json.dumps(trial_to_json(Trial(samples=[item])))))
    assert trial.samples[0]._replace(notes=()) == item._replace(notes=())
    assert [note.template for note in trial.samples[0].notes] == [text_of(note) for note in item.notes]


def test_of_a_long_list_only_the_first_rows_are_tried(settings):
    settings.MAPPING_TRIED_ROWS = 5
    trial = try_settings(stored(table()), {})
    assert (trial.rows_read, trial.complete) == (5, False)


def test_a_list_that_is_not_understood_shows_what_was_seen_of_it():
    trial = try_settings(stored("Code;Name\n" + "\n".join(f"A-{n};Rope {n}" for n in range(9))), {})
    assert "No column holds anything that could be a price" in trial.refusal
    assert [column.letter for column in trial.sheets[0].columns] == ["A", "B"]


@pytest.mark.parametrize("given", [{"currency": "euro"}, {"column_mapping": {"Price": "colour"}}])
def test_wrong_settings_are_said(given):
    assert "The configuration of the source is wrong" in try_settings(stored(table()), given).refusal


def test_a_file_that_is_gone_is_said():
    price_list = PriceListFactory()
    price_list.file.storage.delete(price_list.file.name)
    assert "gone" in try_settings(price_list, {}).refusal


def test_a_parser_without_sheets_has_nothing_to_map(test_parsers):
    assert "no sheets" in try_settings(parsed_list([{"sku": "A", "price": "1"}]), {}).refusal


def test_what_is_set_wins_over_what_is_found():
    text = table().replace(",", ".")
    trial = try_settings(stored(text), {"currency": "PLN", "header_row": [1], "data_start_row": 4})
    assert {offer.currency for offer in trial.offers.values()} == {"PLN"}
    assert min(row for _, row in trial.offers) == 4


def test_sections_can_be_every_row_with_one_cell_or_none():
    text = table(broken=False).replace("S-4;", "GARDEN;;;\nS-4;")
    category = {
        rule: try_settings(stored(text), {"section_rule": rule}).samples[4].category_path for rule in ("rows", "off")
    }
    assert category == {"rows": ("GARDEN",), "off": ()}


def test_the_same_list_is_compared_row_by_row():
    price_list = stored(table())
    found = difference(try_settings(price_list, {}), try_settings(price_list, PARTNER))
    assert (found.lost, found.gained, len(found.codes), found.is_worse) == (1, 0, 0, True)
    assert found.prices[0].before.price == Decimal("11.50")
    assert found.prices[0].after.price == Decimal("8.25")
    assert difference(found.before, found.before).is_same


def test_codes_that_become_others_are_worse():
    price_list = stored(table())
    swapped = {"column_mapping": {"Code": "ignore", "Name": "supplier_sku"}}
    found = difference(try_settings(price_list, {}), try_settings(price_list, swapped))
    assert found.codes or found.after.refusal
    assert found.is_worse


def test_tries_the_last_five_lists_each_content_once():
    first = stored(table(week=1))
    for week in (2, 2, 3, 4, 5, 6, 7):
        stored(table(week=week), first.source)
    assert first.source
    lists = last_lists(first.source)
    assert len(lists) == 5
    assert len({each.sha256 for each in lists}) == 5
    tried = list(on_last_lists(lists, {}, PARTNER))
    assert [each["price_list"] for each in tried] == [each.pk for each in lists]
    assert all(each["difference"]["is_worse"] for each in tried)
