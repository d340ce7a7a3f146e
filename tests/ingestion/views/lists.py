"""Stored lists of our own making, for trying mappings on."""

from __future__ import annotations

import io

from django.utils import timezone

from ingestion.lists.storage import store
from ingestion.models import PriceList
from suppliers.models import PriceListSource
from tests.factories import SourceFactory

HEAD = "Code;Name;Price;Group K"


def stored(text: str | bytes, source: PriceListSource | None = None, name: str = "week.csv") -> PriceList:
    source = source or SourceFactory()
    content = io.BytesIO(text if isinstance(text, bytes) else text.encode())
    return store(content, name, supplier=source.supplier, source=source, by=None, at=timezone.now())


def table(head: str = HEAD, *, week: int = 1, broken: bool = True) -> str:
    """Eight items; the last but one has no such price."""
    lines = [f"S-{n};Spade {n};{10 * n + week},50;{7 * n + week},25" for n in range(1, 9)]
    if broken:
        lines[6] = lines[6].rpartition(";")[0] + ";call us"
    return "\n".join([head, *lines]) + "\n"
