"""Cells of one list that people have corrected by hand: kept beside it, applied whenever it is read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ingestion.errors import ConfigurationError
from ingestion.models import Correction, PriceList
from ingestion.pricegrid.cells import CellPlace, column_index
from suppliers.models import PriceListSource


class CorrectedMeanwhile(ConfigurationError):
    """Somebody else has corrected the cell since the person looked at it."""


@transaction.atomic
def correct_cell(
    price_list: PriceList | None,
    place: CellPlace,
    value: str,
    *,
    by: User | None,
    seen: str | None = None,
    at: datetime | None = None,
) -> Correction:
    """Raises ConfigurationError where the list cannot be read again.

    `seen` is the correction that the person saw: where another one stands now, it is not replaced without a word.
    """
    if price_list is None or price_list.source is None:
        raise ConfigurationError(_("The list or its source was deleted: there is nothing to correct."))
    if column_index(place.column) is None:
        raise ConfigurationError(_("“%s” is no column: use its letter, such as D.") % place.column)
    PriceListSource.objects.select_for_update(no_key=True).get(pk=price_list.source.pk)  # one correction at a time
    cell: dict[str, Any] = {
        "source": price_list.source,
        "sha256": price_list.sha256,
        "sheet": place.sheet,
        "row_number": place.row,
        "column": place.column.strip().upper(),
    }
    known = Correction.objects.filter(**cell).select_related("by").first()
    if known and seen is not None and known.value not in (seen.strip(), value.strip()):
        facts = {"cell": f"{cell['column']}{place.row}", "now": known.value, "mine": value, "by": known.by or "-"}
        text = _(
            "%(cell)s was corrected by %(by)s meanwhile. Now: %(now)s; yours: %(mine)s. Write yours again to keep it."
        )
        raise CorrectedMeanwhile(text % facts)
    correction, _made = Correction.objects.update_or_create(
        **cell, defaults={"value": value.strip(), "by": by, "at": at or timezone.now()}
    )
    return correction


def corrections_of(source_id: int | None, sha256: str) -> dict[CellPlace, str]:
    """Of a list of this source with this content."""
    if source_id is None:
        return {}
    known = Correction.objects.filter(source=source_id, sha256=sha256)
    return {CellPlace(each.sheet, each.row_number, each.column): each.value for each in known}
