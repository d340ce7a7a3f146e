import urllib.error

import pytest
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from config.healthy import check, host_of


@pytest.mark.parametrize(
    ("names", "host"),
    [
        ("catalog.example.com", "catalog.example.com"),
        (" a.example.com , b.example.com", "a.example.com"),
        (".example.com", "example.com"),
        ("*", "localhost"),
        ("[::1]", "[::1]"),
    ],
)
def test_it_asks_under_a_name_that_the_server_answers_to(names: str, host: str) -> None:
    assert host_of(names) == host


def test_the_server_is_well_under_its_name_only(live_server: LiveServer, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["catalog.example.com"]
    check("catalog.example.com", f"{live_server.url}/health/")
    with pytest.raises(urllib.error.HTTPError, match="400"):
        check("other.example.com", f"{live_server.url}/health/")
