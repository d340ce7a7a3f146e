"""What an index keeps of a record: numbers that the database holds for as long as their version is this one."""

import hashlib

import numpy as np

from catalog.matching import Record
from catalog.matching.things import thing_of
from catalog.matching.vectors import VERSION, Vectors

RECORDS = (
    Record("1", "Bosch GSR 18V-55 cordless drill, 2 x 2.0 Ah, blue", brand="Bosch", mpn="06019H5202"),
    Record("2", "Дрель аккумуляторная Makita DHP453, 18 В, синяя"),
    Record("3", "Kaffeebohnen 1 kg, 12er Pack", barcode="4006381333931"),
    Record("4", "Boormachine 750 W, rood", brand="Skil"),
)
OF_VERSION = {1: "f6b85373bad924f0"}


def test_what_a_version_makes_of_a_record_does_not_change():
    """Another digest: raise `VERSION`, so that what is kept is made anew, and write its digest here."""
    made = Vectors.of([thing_of(record) for record in RECORDS])
    rows = [made.grams[at] for at in range(len(RECORDS))]
    grams = [sorted(zip(row.indices.tolist(), row.data.tolist(), strict=True)) for row in rows]
    slots = [sorted(each.tolist()) for each in np.split(made.slots, np.cumsum(made.sizes)[:-1])]
    assert hashlib.sha256(f"{grams}{slots}".encode()).hexdigest()[:16] == OF_VERSION[VERSION]


def test_kept_rows_are_the_same_vectors():
    vectors = Vectors.of([thing_of(record) for record in RECORDS])
    kept = Vectors.kept(list(vectors.rows()))
    assert (kept.grams != vectors.grams).nnz == 0
    assert kept.slots.tolist() == vectors.slots.tolist()
    assert kept.sizes.tolist() == vectors.sizes.tolist()
