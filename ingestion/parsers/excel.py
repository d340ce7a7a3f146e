"""Workbooks: XLSX, XLSM, XLS, XLSB, ODS, and the HTML and XML tables that go by their names."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ingestion.contracts.source_config import source_config_schema
from ingestion.parsers.files import FILE_SETTINGS, FileParser


class ExcelParser(FileParser):
    name = "excel"
    title = _("Workbook: XLSX, XLS, XLSB, ODS")
    suffixes = (".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb", ".ods", ".fods", ".htm", ".html", ".xml")
    config_schema = source_config_schema("excel", FILE_SETTINGS)
