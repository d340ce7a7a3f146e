"""A screen's templates, scripts and styles stand in its own folder, and are named by it."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template

NAMED = re.compile(r"""["'](backoffice/\w+/[\w.-]+)["']""")


def names() -> Iterator[str]:
    for file in settings.SCREENS.rglob("*"):
        if file.suffix in (".py", ".html", ".js"):
            yield from NAMED.findall(file.read_text(encoding="utf-8"))


def test_what_is_named_is_there() -> None:
    found = set(names())
    assert found
    for name in found:
        assert get_template(name) if name.endswith(".html") else finders.find(name), name


def test_what_is_there_is_named() -> None:
    there = {f"backoffice/{file.parent.name}/{file.name}" for file in settings.SCREENS.glob("*/*.html")}
    there |= {f"backoffice/{file.parent.parent.name}/{file.name}" for file in settings.SCREENS.glob("*/static/*")}
    assert there - set(names()) == {"backoffice/today/page.html"}  # which the index of the admin extends


def test_no_source_is_served() -> None:
    assert finders.find("backoffice/runs/screen.py") is None
