"""Delimited and fixed-width text: CSV, TSV, TXT, PRN."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ingestion.contracts.source_config import source_config_schema
from ingestion.parsers.files import FILE_SETTINGS, FileParser


class CsvParser(FileParser):
    name = "csv"
    title = _("Text: CSV, TSV, TXT")
    suffixes = (".csv", ".tsv", ".tab", ".txt", ".prn")
    config_schema = source_config_schema("csv", FILE_SETTINGS)
