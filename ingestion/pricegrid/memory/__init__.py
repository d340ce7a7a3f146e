"""Whether a list looks as its supplier's last one did: public, for those who keep what people said of a list.

`fingerprint(reading.sheets)` is kept as JSON with the settings under which a person saw the list;
`find_drift(fingerprint, sheets, settings, hints)` says later what has changed since.
"""

from ingestion.pricegrid.memory.drift import Drifted, Profile, find_drift
from ingestion.pricegrid.memory.fingerprint import SeenColumn, fingerprint, is_bound, key_of, mapping_of, times_of

__all__ = [
    "Drifted",
    "Profile",
    "SeenColumn",
    "find_drift",
    "fingerprint",
    "is_bound",
    "key_of",
    "mapping_of",
    "times_of",
]
