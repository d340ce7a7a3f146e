"""Pairs are decided one after the other, with a script and without."""

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.linking.links import Pair, link_pairs
from catalog.linking.models import ItemLink, MatchProposal, PairDecision
from tests.factories import ProductFactory, SupplierItemFactory
from tests.ingestion.backoffice.pages import texts

pytestmark = pytest.mark.django_db
DECIDE = reverse("admin:catalog_matchproposal_decide")
BULK = reverse("admin:catalog_matchproposal_bulk")

VOLT = {"dimension": "volt", "left": "12", "right": "18"}


def propose(name, *products, supplier=None):
    more = {"supplier": supplier} if supplier else {}
    item = SupplierItemFactory(name=name, product=None, **more)
    for rank, product in enumerate(products, start=1):
        SupplierItemFactory(product=product, name=product.name, current_price="20.00")
        MatchProposal.objects.create(
            item=item,
            product=product,
            score=0.95 - rank / 10,
            rank=rank,
            reasons=[
                {"code": "units_conflict", "params": {"dimension": "volt", "left": "12", "right": "18"}, "weight": -2}
            ],
            made_at=timezone.now(),
        )
    return item


@pytest.fixture
def item(db):
    return propose("Drill hammer 12V", ProductFactory(name="Hammer drill 18V blue"), ProductFactory(name="Saw"))


def answer(client, item, verdict, number=0, address=DECIDE, **more):
    products = [option.product_id for option in item.proposals.order_by("rank")]
    form = {"item": item.pk, "verdict": verdict, "product": products[number], "shown": products}
    return client.post(address, form, **more)


def as_script(client, *given, **more):
    return answer(client, *given, headers={"Accept": "application/json"}, **more).json()


def test_differences_are_marked_and_reasons_said(reviewer, item):
    page = reviewer.get(DECIDE).content.decode()
    assert "<mark>12V</mark>" in page
    assert "<mark>blue</mark>" in page
    assert "<mark>Hammer</mark>" not in page
    assert "volt: 12 against 18" in page
    assert "the item: -50 %" in page
    assert "85 %" in page


def test_pictures_are_links_of_the_web_only(reviewer, item):
    type(item).objects.filter(pk=item.pk).update(picture="https://example.com/p.jpg", link="javascript:alert(1)")
    page = reviewer.get(DECIDE).content.decode()
    assert 'href="https://example.com/p.jpg" target="_blank" rel="noopener noreferrer"' in page
    assert "javascript:alert" not in page
    assert "<img" not in page.split('id="pair"')[1]


def test_the_same(reviewer, item):
    page = answer(reviewer, item, "same", 1, follow=True)
    assert texts(page) == "The same: Drill hammer 12V"
    assert ItemLink.objects.in_force().get().product.name == "Saw"
    assert "Nothing is left to decide" in page.content.decode()


def test_none_of_these(reviewer, item):
    answer(reviewer, item, "none")
    assert PairDecision.objects.in_force().filter(verdict="different").count() == 2


def test_not_this_one_asks_about_the_others(reviewer, item):
    page = answer(reviewer, item, "not_this", follow=True).content.decode()
    assert "Saw" in page.split('id="pair"')[1]
    assert "Hammer drill" not in page.split('id="pair"')[1]


def test_unsure_and_undone(reviewer, item):
    answer(reviewer, item, "unsure", follow=True)
    assert not MatchProposal.objects.awaiting_decision().exists()
    page = reviewer.post(DECIDE, {"verdict": "undo"}, follow=True)
    assert texts(page) == "Undone: Drill hammer 12V"
    assert MatchProposal.objects.awaiting_decision().count() == 2


def test_a_script_is_given_what_comes_next(reviewer, item):
    other, third = propose("Saw, red", ProductFactory(name="Saw")), propose("Plane", ProductFactory(name="Planer"))
    reply = as_script(reviewer, item, "same")
    assert (reply["decided"], reply["left"], reply["is_warning"]) == (1, 2, False)
    assert [f'data-pair="{each.pk}"' in card for each, card in zip((other, third), reply["cards"], strict=True)] == [
        True,
        True,
    ]


def test_filters_stay(reviewer, item):
    other = propose("Saw, red", ProductFactory(name="Saw"))
    address = f"{DECIDE}?supplier={other.supplier_id}&least=50"
    page = reviewer.get(address).content.decode()
    assert "<mark>red</mark>" in page
    assert "Drill" not in page.split('id="pair"')[1]
    after = answer(reviewer, other, "same", address=address)
    assert after["Location"] == address
    assert "Nothing is left with these filters" in reviewer.get(address).content.decode()


def test_a_filter_that_makes_no_sense_is_refused(reviewer, item):
    assert reviewer.get(f"{DECIDE}?supplier=x").status_code == 400
    assert reviewer.get(f"{BULK}?least=1000").status_code == 400


def test_what_somebody_else_decided_meanwhile(reviewer, item):
    MatchProposal.objects.update(state="decided")
    reply = as_script(reviewer, item, "same")
    assert reply["is_warning"]
    assert "nothing was stored" in reply["text"]


@pytest.mark.parametrize("form", [{"verdict": "same"}, {"verdict": "none", "item": "9" * 30}])
def test_an_item_that_is_not_there(reviewer, form):
    assert "not there any more" in texts(reviewer.post(DECIDE, form, follow=True))


def test_an_answer_that_is_none(reviewer, item):
    assert "nothing was stored" in texts(answer(reviewer, item, "perhaps", follow=True))


@pytest.mark.parametrize("role", ["Viewer", "Staff"])
def test_who_may_not_decide(sign_in, item, role):
    client = sign_in(role)
    assert client.get(DECIDE).status_code == 403
    assert answer(client, item, "same").status_code == 403
    assert client.post(f"{BULK}?least=1").status_code == 403
    assert "Decide by keyboard" not in client.get(reverse("admin:catalog_matchproposal_changelist")).content.decode()


def test_the_list_leads_to_the_screen(reviewer, item):
    assert DECIDE in reviewer.get(reverse("admin:catalog_matchproposal_changelist")).content.decode()


def test_many_are_accepted_after_a_look(reviewer, item):
    propose("Other drill", ProductFactory(name="Drill"), supplier=item.supplier)
    address = f"{BULK}?supplier={item.supplier_id}"
    page = reviewer.get(address)
    text = page.content.decode()
    assert "Accept 2 proposals" in text
    assert "contradicts in 2 of them" in text
    assert "Another product is nearly as likely" in text
    assert not ItemLink.objects.exists()
    done = reviewer.post(address, {"mark": page.context["plan"].mark}, follow=True)
    assert texts(done) == "2 items were linked."
    assert ItemLink.objects.in_force().count() == 2


def test_a_set_that_has_changed_is_looked_at_again(reviewer, item):
    address = f"{BULK}?supplier={item.supplier_id}"
    mark = reviewer.get(address).context["plan"].mark
    propose("Other drill", ProductFactory(name="Drill"), supplier=item.supplier)
    page = reviewer.post(address, {"mark": mark})
    assert "has changed meanwhile" in page.content.decode()
    assert not ItemLink.objects.exists()


def test_not_everything_at_once(reviewer, item):
    assert "Set a filter first" in texts(reviewer.get(BULK, follow=True))


def test_nothing_to_accept(reviewer, item):
    assert "Nothing of that can be accepted" in reviewer.get(f"{BULK}?least=100").content.decode()


def test_a_gate_that_an_answer_closes(reviewer):
    supplier = SupplierItemFactory().supplier
    items = [SupplierItemFactory(supplier=supplier, name=f"Drill {number}", product=None) for number in range(3)]
    products = [ProductFactory(name="Saw") for _item in items]
    pairs = [Pair(item.pk, product.pk, "gate") for item, product in zip(items, products, strict=True)]
    link_pairs(pairs, by=None)
    said = []
    for item, product in zip(items, products, strict=True):
        form = {"item": item.pk, "verdict": "none", "shown": [product.pk]}
        said.append(reviewer.post(DECIDE, form, headers={"Accept": "application/json"}).json()["text"])
    assert ["its gate is closed" in text for text in said] == [False, True, False]
    assert all("linked by itself, wrongly" in text for text in said)
