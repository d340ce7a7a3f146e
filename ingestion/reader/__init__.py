"""Files of strangers are opened in a process of their own, which may fall over without anybody minding.

    with apart(lambda: blocks_of(path), limits=limits_for(path), on_wait=look_for_cancel) as messages:
        for message in messages:  # bytes or JSON-able dicts, as `work` yields them
            ...

    facts = read_apart(lambda: facts_of(path), limits=limits_for(path))  # one JSON-able result

The work is forked off, so it sees everything that its caller does; but it has no database, no cache and no network, and
its memory, processor time and open files are limited. What it raises arrives as the same error. What the limits stop
arrives as ListRefused, which says what to do; what somebody killed, as an error that may heal. docs/reader.md says what
runs where, and why.
"""

from ingestion.reader.apart import Messages, apart, read_apart
from ingestion.reader.limits import ProcessLimits, limits_for
from ingestion.reader.refusals import unexpected

__all__ = ["Messages", "ProcessLimits", "apart", "limits_for", "read_apart", "unexpected"]
