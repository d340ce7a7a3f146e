"""Finds the product that a supplier's record is: candidates, features that a person can read, a score, a gate, reasons.

    >>> from catalog.matching import Index, Record, match, text_of
    >>> catalog = Index.build([
    ...     Record("1", "Bosch GSR 18V-55 cordless drill", brand="Bosch"),
    ...     Record("2", "Bosch GSR 12V-15 cordless drill", brand="Bosch"),
    ...     Record("3", "Makita DHP453 hammer drill", brand="Makita"),
    ... ])
    >>> [found] = match([Record("a", "Drill Makita DHP-453, 18 V")], catalog)
    >>> [link.right_id for link in found.links][0], found.links[0].decision
    ('3', 'automatic')
    >>> print(text_of(found.links[0].reasons[0]))
    same model DHP453
    >>> from catalog.matching import exact_keys
    >>> exact_keys(Record("b", "Drill", brand="Makita", mpn="DHP-453", barcode="4006381333931"))
    ('gtin:04006381333931', 'mpn:makita:dhp453')

Nothing here knows Django or a database: whoever calls hands over records and keeps what comes back. The decision of a
link is `automatic` only where an exact key or the identity gate says so, else `propose` or, below the threshold,
`reject`. docs/matching.md explains the method and gives its figures.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from catalog.matching.explain import TEXTS, Reason, text_of
    from catalog.matching.gate import THRESHOLD
    from catalog.matching.index import Index, Near
    from catalog.matching.keys import barcode_key, exact_keys, part_key
    from catalog.matching.matching import Decision, Link, Matches, match, matches_of
    from catalog.matching.model import Model
    from catalog.matching.pairs import Pairs
    from catalog.matching.records import Record

__all__ = [
    "TEXTS",
    "THRESHOLD",
    "Decision",
    "Index",
    "Link",
    "Matches",
    "Model",
    "Near",
    "Pairs",
    "Reason",
    "Record",
    "barcode_key",
    "exact_keys",
    "match",
    "matches_of",
    "part_key",
    "text_of",
]

# A name is loaded when it is asked for (PEP 562): whoever needs records or keys alone loads neither numpy nor scipy.
_HOMES = {
    "explain": ("TEXTS", "Reason", "text_of"),
    "gate": ("THRESHOLD",),
    "index": ("Index", "Near"),
    "keys": ("barcode_key", "exact_keys", "part_key"),
    "matching": ("Decision", "Link", "Matches", "match", "matches_of"),
    "model": ("Model",),
    "pairs": ("Pairs",),
    "records": ("Record",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
