"""Of what is stored without a question, hardly anything has a wrong price, code or name."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from ingestion.pricegrid.verdict import VerdictKind
from tests.ingestion.pricegrid.labelled import of_zoo
from tests.ingestion.pricegrid.measure_confidence import measure

EVERY = 3  # of so many lists one is read; `measure_confidence` reads all, and those of folders
MOST_WRONG = 0.005
LEAST_STORED = 0.78  # of all: asking about everything is no art


def test_what_is_stored_without_a_question_is_right() -> None:
    found = measure(islice(of_zoo("of the tests"), 0, None, EVERY))
    kinds = Counter(each.kind for each in found)
    wrong = {each.labelled.name: each.faults[0] for each in found if each.is_silently_wrong}
    assert len(wrong) <= MOST_WRONG * kinds[VerdictKind.STORED], wrong
    assert kinds[VerdictKind.STORED] >= LEAST_STORED * len(found)
