"""Cells of one list that people have corrected by hand: kept beside it, applied whenever it is read."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from ingestion.errors import ConfigurationError
from ingestion.models import Correction, IngestionRun, PriceList
from ingestion.sheet.corrected import Place
from ingestion.sheet.letters import column_index


def correct(
    price_list: PriceList | None, place: Place, value: str, *, by: User | None, at: datetime | None = None
) -> Correction:
    """Raises ConfigurationError where the list cannot be read again."""
    if price_list is None or price_list.source is None:
        raise ConfigurationError(_("The list or its source was deleted: there is nothing to correct."))
    if column_index(place.column) is None:
        raise ConfigurationError(_("“%s” is no column: use its letter, such as D.") % place.column)
    correction, _made = Correction.objects.update_or_create(
        source=price_list.source,
        sha256=price_list.sha256,
        sheet=place.sheet,
        row_number=place.row,
        column=place.column.strip().upper(),
        defaults={"value": value.strip(), "by": by, "at": at or timezone.now()},
    )
    return correction


def corrections_of(run: IngestionRun) -> dict[Place, str]:
    if run.price_list is None or run.source_id is None:
        return {}
    known = Correction.objects.filter(source=run.source_id, sha256=run.price_list.sha256)
    return {Place(each.sheet, each.row_number, each.column): each.value for each in known}
