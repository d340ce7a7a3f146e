"""How a supplier's items are matched: which share is linked, and how far links without a person are to be trusted."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from catalog.linking.audit import Audit, audit_of, closed_gate
from catalog.linking.models import ItemLink, MatchProposal
from catalog.linking.shares import LinkedShare, linked_share
from ingestion.backoffice.kit.screens import Section, badge, link, moment, section
from suppliers.models import Supplier


def matching_section(supplier: Supplier) -> list[Section]:
    """Nothing of a supplier without items."""
    share = linked_share(supplier.pk)
    if not share.items:
        return []
    return [section(_("Matching"), [_("what"), _("how many")], [*share_rows(share), *trust_rows(supplier)])]


def share_rows(share: LinkedShare) -> Iterator[tuple[str, str]]:
    counts = {"linked": share.linked, "items": share.items, "share": f"{share.linked / share.items:.0%}"}
    yield _("linked to products"), _("%(linked)d of %(items)d (%(share)s)") % counts
    for method, count in sorted(share.by_method.items(), key=lambda pair: -pair[1]):
        yield f"- {ItemLink.Method(method).label}", str(count)


def trust_rows(supplier: Supplier) -> Iterator[tuple[str, str]]:
    proposed = MatchProposal.objects.awaiting_decision().filter(item__supplier=supplier)
    count = proposed.order_by().values("item").distinct().count()
    decide = reverse("admin:catalog_matchproposal_decide", query={"supplier": supplier.pk})
    yield _("to decide"), link(decide, count) if count else "0"
    yield _("precision of links without a person"), said_of_audit(audit_of(supplier.pk))
    if gate := closed_gate(supplier.pk):
        yield _("gate"), format_html("{} {}", badge(_("closed"), "danger"), moment(gate.closed_at))


def said_of_audit(audit: Audit) -> str:
    """With the interval in which it lies with 95 %."""
    if audit.precision is None:
        return _("nobody has looked at any yet")
    lowest, highest = audit.interval
    facts = {"right": audit.right, "count": audit.looked_at, "share": f"{audit.precision:.1%}"}
    said = _("%(right)d of %(count)d that people looked at are right: %(share)s") % facts
    return said + _(" (with 95 %%: %(lowest)s to %(highest)s)") % {
        "lowest": f"{lowest:.1%}",
        "highest": f"{highest:.1%}",
    }
