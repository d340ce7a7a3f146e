"""How a list was understood, as tables of the run's page."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ingestion.backoffice.kit.screens import Section, section
from ingestion.models import IngestionRun
from ingestion.models.facts import SheetUnderstood
from ingestion.texts import field_label, rows_label


def understanding_sections(run: IngestionRun) -> Iterator[Section]:
    """One table of columns for each sheet that was read, one of the sheets that were not, one of the skipped rows."""
    found = run.understood()
    yield from (columns_of(sheet) for sheet in found.read)
    left_out = [(sheet.name or "-", sheet.reason) for sheet in found.sheets if not sheet.chosen]
    if left_out:
        yield section(_("Sheets that were not read"), [_("sheet"), _("why")], left_out)
    if found.skipped:
        rows = ((rows_label(kind), count) for kind, count in sorted(found.skipped.items()))
        yield section(_("Rows that are no items"), [_("kind"), _("rows")], rows)


def columns_of(sheet: SheetUnderstood) -> Section:
    rows = (
        (
            column.letter,
            column.header or "-",
            field_label(column.field),
            f"{column.confidence:.0%}",
            column.reason,
        )
        for column in sheet.columns
    )
    headers = [_("column"), _("header"), _("taken for"), _("how sure"), _("why")]
    return section(title_of(sheet), headers, rows)


def title_of(sheet: SheetUnderstood) -> str:
    parts = [_("How “%s” was read") % sheet.name if sheet.name else _("How the list was read")]
    if sheet.header_rows:
        parts.append(_("header in row %s") % ", ".join(map(str, sheet.header_rows)))
    if sheet.currency:
        parts.append(sheet.currency)
    return ", ".join(parts)
