"""The list of our own is a good one: what is looked up for it is what other lists need, too."""

from ingestion.lists.opened import open_file
from ingestion.parsers.registry import get_parser
from ingestion.pricegrid import Hints
from ingestion.pricegrid.printing import json_lines
from ingestion.worker.warm_up import LIST, read_our_own


def test_it_is_understood(tmp_path):
    path = tmp_path / "ours.csv"
    path.write_text(LIST)
    with open_file(path, get_parser("csv"), {}, Hints()).examined(path) as examined:
        *items, summary = json_lines(examined)
    assert len(items) == LIST.count("\n") - 1
    assert '"errors":0' in summary
    assert '"currency":"EUR"' in summary


def test_no_database_is_needed():
    read_our_own()
