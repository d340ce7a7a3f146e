import io
import json
import logging
import logging.config
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings

from ingestion.runs.task_log import logged_as


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What a handler made from the settings writes."""
    stream = io.StringIO()
    declared: dict[str, Any] = deepcopy(settings.LOGGING)  # the configurator takes it apart
    formatter = logging.config.DictConfigurator(declared).configure_formatter(declared["formatters"]["json"])
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    handler.addFilter(logging.config.DictConfigurator(declared).configure_filter(declared["filters"]["task_id"]))
    logger = logging.getLogger("tests.logging")
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)


def test_a_line_is_json_with_the_task_id(lines: io.StringIO) -> None:
    with logged_as("task-17"):
        logging.getLogger("tests.logging").warning("read %s rows", 12, extra={"supplier": "Northgate"})
    entry = json.loads(lines.getvalue())
    assert entry.pop("at").endswith("+00:00")
    assert entry == {
        "message": "read 12 rows",
        "level": "WARNING",
        "logger": "tests.logging",
        "task_id": "task-17",
        "supplier": "Northgate",
    }


def test_outside_of_a_task_the_id_is_null(lines: io.StringIO) -> None:
    with logged_as("task-17"):
        pass
    logging.getLogger("tests.logging").error("nothing runs")
    assert json.loads(lines.getvalue())["task_id"] is None


def test_an_exception_stays_one_line(lines: io.StringIO) -> None:
    try:
        int("no price")
    except ValueError:
        logging.getLogger("tests.logging").exception("failed")
    assert lines.getvalue().count("\n") == 1
    assert "ValueError: invalid literal" in json.loads(lines.getvalue())["exc_info"]
