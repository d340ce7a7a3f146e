"""The form that takes a file of products refuses what would not fit into the memory of the web server."""

from __future__ import annotations

import zipfile
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from unfold.contrib.import_export.forms import ImportForm as BaseImportForm


class ImportForm(BaseImportForm):
    def clean_import_file(self) -> File[bytes]:
        file: File[bytes] = self.cleaned_data["import_file"]
        size = max(file.size, unpacked(file))
        if size > settings.PRICE_LIST_MAX_BYTES:
            sizes = {"size": filesizeformat(size), "limit": filesizeformat(settings.PRICE_LIST_MAX_BYTES)}
            message = _("The file has %(size)s, unpacked; the limit is %(limit)s. Import it in parts.")
            raise ValidationError(message, code="too_large", params=sizes)
        return file


def unpacked(file: File[bytes] | IO[bytes]) -> int:
    """The bytes that a workbook declares; zipfile never unpacks more. 0 of what is no archive."""
    try:
        with zipfile.ZipFile(file) as archive:
            return sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile:
        return 0
    finally:
        file.seek(0)
