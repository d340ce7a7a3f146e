import pytest

from tests.factories import SourceFactory, UserFactory


@pytest.fixture(autouse=True)
def _parsers(test_parsers):
    """All lists of these tests are lists of tests."""


@pytest.fixture
def source():
    return SourceFactory()


@pytest.fixture
def person(db):
    return UserFactory()
