"""The examples in docstrings hold."""

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize("module", ["writing", "quantities", "codes", "keys", "index", "model", ""])
def test_examples_hold(module):
    found = import_module(f"catalog.matching.{module}".rstrip("."))
    globs = vars(import_module("catalog.matching.index")) | vars(found)
    result = doctest.testmod(found, extraglobs=globs)
    assert result.attempted
    assert not result.failed
