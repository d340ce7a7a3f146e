"""Ways in which a stored list comes to harm."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from ingestion.lists.storage import store
from ingestion.models import PriceList
from suppliers.models import PriceListSource

ROWS = "".join(f"A{n};Bolt {n};{n},50\n" for n in range(1, 400))
CSV = f"Code;Name;Price\n{ROWS}".encode()


def kept(source: PriceListSource, name: str = "week.csv") -> PriceList:
    return store(io.BytesIO(CSV), name, supplier=source.supplier, source=source, by=None, at=source.created_at)


def path_of(price_list: PriceList) -> Path:
    return Path(price_list.file.path)


def halve(price_list: PriceList) -> None:
    path_of(price_list).write_bytes(CSV[: len(CSV) // 2])


def alter(price_list: PriceList) -> None:
    path_of(price_list).write_bytes(CSV.replace(b"1,50", b"9,50", 1))


def delete(price_list: PriceList) -> None:
    path_of(price_list).unlink()


DAMAGES = pytest.mark.parametrize("damage", [halve, alter, delete])
