"""Whether a list looks as its supplier's last one did: public, for those who keep what people said of a list.

`fingerprint(reading.sheets)` is kept as JSON with the settings under which a person saw the list;
`compare(fingerprint, sheets, settings, hints)` says later what has changed since.
"""

from ingestion.pricegrid.memory.drift import Drifted, compare
from ingestion.pricegrid.memory.fingerprint import Column, fingerprint, is_bound, key_of, mapping_of, times_of

__all__ = ["Column", "Drifted", "compare", "fingerprint", "is_bound", "key_of", "mapping_of", "times_of"]
