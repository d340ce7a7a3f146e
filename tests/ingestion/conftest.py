import pytest

from tests.ingestion.price_lists import PARSERS, RemoteParser


@pytest.fixture
def test_parsers(settings):
    settings.INGESTION_PARSERS = PARSERS
    RemoteParser.answers = []
