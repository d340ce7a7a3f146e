import pytest

from ingestion import queue
from tests.ingestion.lists import PARSERS, RemoteParser


@pytest.fixture
def test_parsers(settings):
    settings.INGESTION_PARSERS = PARSERS
    RemoteParser.answers = []


@pytest.fixture
def valkey():
    """An empty queue."""
    connection = queue.queue_of("normal").connection
    for key in connection.scan_iter("rq:*"):
        connection.delete(key)
