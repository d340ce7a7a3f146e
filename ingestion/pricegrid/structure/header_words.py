"""What a header says from list to list: without the date that some suppliers write into it with every one."""

from __future__ import annotations

import re

from ingestion.pricegrid.vocabulary import normalise

_DATE = re.compile(r"\b\d{1,2}[./-](?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?\b|\b(?:19|20)\d\d\b")


def words_of(header: str) -> str:
    return normalise(_DATE.sub(" ", header))


def has_date(header: str) -> bool:
    return _DATE.search(header) is not None
