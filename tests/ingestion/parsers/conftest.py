from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.fixture
def plug_in(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The parser of docs/parsers.md, in a package outside the project."""
    document = (Path(django_settings.BASE_DIR) / "docs" / "parsers.md").read_text(encoding="utf-8")
    code = CODE.search(document)
    assert code
    package = tmp_path / "elsewhere" / "my_parsers"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "json_items.py").write_text(code[1], encoding="utf-8")
    monkeypatch.syspath_prepend(str(package.parent))
    settings.INGESTION_PARSERS = ["my_parsers.json_items.JsonItemsParser"]
    yield "json_items"
    for name in [name for name in sys.modules if name.partition(".")[0] == "my_parsers"]:
        del sys.modules[name]
