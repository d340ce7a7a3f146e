"""What people changed by hand on one object: who, when, and what."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from ingestion.backoffice.kit.screens import Section, moment, section

_SHOWN = 20
_LONGEST = 80


def edits_section(request: HttpRequest, obj: Any) -> list[Section]:
    """Nothing for those who may not see it, nor where nobody has edited anything."""
    records = obj.history.model
    if not request.user.has_perm(f"{records._meta.app_label}.view_{records._meta.model_name}"):  # noqa: SLF001
        return []
    found = list(obj.history.select_related("history_user")[: _SHOWN + 1])
    rows = list(_lines(obj, found))
    return [section(_("Edits by hand"), [_("at"), _("by"), _("what")], rows)] if rows else []


def _lines(obj: Any, found: list[Any]) -> Iterator[tuple[str, str, str]]:
    """Newest first; what made the object counts as an edit only where a person made it."""
    for record, before in pairwise(found):
        yield moment(record.history_date), str(record.history_user or "-"), _what(obj, record, before)
    if found and len(found) <= _SHOWN and found[-1].history_type == "+" and found[-1].history_user:
        yield moment(found[-1].history_date), str(found[-1].history_user), _("created")


def _what(obj: Any, record: Any, before: Any) -> str:
    parts = [
        f"{_label(obj, change.field)}: {_cut(change.old)} → {_cut(change.new)}"
        for change in record.diff_against(before, foreign_keys_are_objs=False).changes
    ]
    return "; ".join(parts) or "-"


def _label(obj: Any, field: str) -> str:
    return str(obj._meta.get_field(field).verbose_name)  # noqa: SLF001 - Django's public way to a model's fields


def _cut(value: Any) -> str:
    return Truncator("-" if value in (None, "") else str(value)).chars(_LONGEST)
