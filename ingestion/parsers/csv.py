"""Delimited and fixed-width text: CSV, TSV, TXT, PRN."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ingestion.contracts import load_schema
from ingestion.parsers.files import FileParser


class CsvParser(FileParser):
    name = "csv"
    title = _("Text: CSV, TSV, TXT")
    suffixes = (".csv", ".tsv", ".tab", ".txt", ".prn")
    config_schema = load_schema("source_config.csv")
