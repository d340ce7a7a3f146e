"""What people decide of an item and the products that it may be, at one go; the last such decision is undone as one.

What is asked about is what was proposed, or a link that was made without a person: then the answer audits it. Raises
what `links` raises, and NotAsked where nothing of it is open any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog import lifecycle
from catalog.linking.decisions import decide, withdraw
from catalog.linking.links import Pair, link_pairs
from catalog.linking.models import ItemLink, MatchProposal, PairDecision
from catalog.models import Product, SupplierItem
from ingestion.actions import links
from ingestion.runs.supplier_lock import SupplierBusy

DECIDED_MEANWHILE = gettext_lazy("This was decided meanwhile, or is not there any more: nothing was stored.")


class NotAsked(links.NotLinkable):
    """Somebody else has decided meanwhile, or what was asked about is not there any more."""


def decide_pairing(
    item: SupplierItem, product_ids: Sequence[int], verdict: str, *, by: User | None, at: datetime | None = None
) -> bool:
    """Of all these products the same; that it is the same is said of one. Says whether it was an audit."""
    at = at or timezone.now()
    audited = ItemLink.objects.in_force().automatic().filter(item=item, product__in=product_ids).first()
    if audited is not None and audited.product_id == item.product_id:
        audit_link(audited, item, verdict, by=by, at=at)
        return True
    asked = MatchProposal.objects.awaiting_decision().filter(item=item, product__in=product_ids)
    products = [proposal.product for proposal in asked.select_related("product")]
    if not products:
        raise NotAsked(DECIDED_MEANWHILE)
    if verdict == PairDecision.Verdict.SAME:
        links.link_item(item, products[0], by=by, at=at)
    else:
        deny(item, products, verdict, by=by, at=at)
    return False


@transaction.atomic
def deny(item: SupplierItem, products: Sequence[Product], verdict: str, *, by: User | None, at: datetime) -> None:
    mark = links.mark_different if verdict == PairDecision.Verdict.DIFFERENT else links.mark_unsure
    for product in products:
        mark(item, product, by=by, at=at)


def audit_link(link: ItemLink, item: SupplierItem, verdict: str, *, by: User | None, at: datetime) -> None:
    """A wrong link is taken back, and does not come again."""
    is_wrong = verdict == PairDecision.Verdict.DIFFERENT
    if is_wrong:
        links.take_link_back(link, by=by, at=at)
    with transaction.atomic():
        still = SupplierItem.objects.select_for_update().filter(pk=item.pk, product=link.product_id).first()
        if not is_wrong and still is None:
            raise NotAsked(DECIDED_MEANWHILE)
        decide(item, link.product_id, verdict, by=by, at=at, score=link.score, features=link.features)


def undo_last_pairing(*, by: User, at: datetime | None = None) -> SupplierItem:
    """What the person decided last of any item is as before; says of which."""
    last = PairDecision.objects.in_force().filter(by=by).order_by("-id").first()
    if last is None:
        raise links.NotLinkable(_("There is nothing of yours to undo."))
    item = SupplierItem.objects.filter(supplier=last.supplier_id, sku_key=last.sku_key).first()
    if item is None:
        raise NotAsked(_("The item that you decided on last is not there any more."))
    refuse_approved(item, last)
    at_once = PairDecision.objects.in_force().filter(by=by, at=last.at, supplier=last.supplier_id, sku_key=last.sku_key)
    for decision in at_once:
        undo_of_pair(item, decision, by=by, at=at)
    return item


def refuse_approved(item: SupplierItem, decision: PairDecision) -> None:
    """A product does not become a draft again: what was said with its approval stays."""
    if item.product is not None and item.product.status_changes.filter(at=decision.at).exists():
        text = _("Your last answer approved %s as new, which is not undone here. If it is not new, merge the products.")
        raise links.NotLinkable(text % item.product)


def undo_of_pair(item: SupplierItem, decision: PairDecision, *, by: User, at: datetime | None = None) -> None:
    """With the link that was made or taken back by it."""
    link = link_of(item, decision)
    if link is not None:
        links.take_link_back(link, by=by, at=at)
        return
    with links.holding([item.supplier_id]), transaction.atomic():
        withdraw(item, decision.product_id, by=by, at=at)
        audited = audited_by(item, decision)
        if audited is not None:
            link_again(item, audited, at=at)


def link_again(item: SupplierItem, audited: ItemLink, *, at: datetime | None) -> None:
    pair = Pair(item.pk, audited.product_id, audited.method, audited.score, audited.features)
    if not link_pairs([pair], by=None, at=at):
        text = _("It is not undone: %s, or the product that it was linked to, was changed since.")
        raise links.NotLinkable(text % item.name)


def link_of(item: SupplierItem, decision: PairDecision) -> ItemLink | None:
    """That a person has made by deciding so."""
    made = ItemLink.objects.in_force().filter(item=item)
    if decision.verdict == PairDecision.Verdict.SAME:
        return made.filter(method=ItemLink.Method.PERSON, product=decision.product_id).first()
    return made.filter(method=ItemLink.Method.SPLIT, at=decision.at).first()


def audited_by(item: SupplierItem, decision: PairDecision) -> ItemLink | None:
    """The automatic link that was taken back because it was found wrong."""
    if decision.verdict != PairDecision.Verdict.DIFFERENT:
        return None
    ended = ItemLink.objects.automatic().filter(item=item, product=decision.product_id, undone_at=decision.at)
    return ended.filter(undone_by=decision.by_id, undone_by_run_id=None).first()


def approve_as_new(product: Product, *, by: User, at: datetime | None = None) -> bool:
    """The draft is a product of its own: it becomes active, and its items are none of what they might have been.

    Says whether it was a draft.
    """
    at = at or timezone.now()
    with transaction.atomic():
        if not lifecycle.promote(Product.objects.filter(pk=product.pk), by=by, at=at).changed:
            return False
        asked = (
            MatchProposal.objects.awaiting_decision().filter(item__product=product).select_related("item", "product")
        )
        for proposal in asked:
            links.mark_different(proposal.item, proposal.product, by=by, at=at)
    return True


class Accepted(NamedTuple):
    """How many proposals were accepted, and of the others, why not; for people."""

    linked: int
    problems: list[str]


def accept_proposals(proposals: Sequence[MatchProposal], *, by: User | None, at: datetime | None = None) -> Accepted:
    """One after the other: what one makes impossible, the next one says."""
    at, problems = at or timezone.now(), []
    for proposal in proposals:
        try:
            decide_pairing(proposal.item, [proposal.product_id], PairDecision.Verdict.SAME, by=by, at=at)
        except SupplierBusy:
            problems.append(f"{proposal.item.name}: " + _("a list of this supplier goes in."))
        except links.NotLinkable as problem:
            problems.append(f"{proposal.item.name}: {problem}")
    return Accepted(len(proposals) - len(problems), problems)
