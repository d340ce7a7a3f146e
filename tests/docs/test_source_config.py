import runpy

from django.conf import settings

DOCS = settings.BASE_DIR / "docs"


def test_the_published_schemas_are_those_that_the_parsers_check_by():
    written = runpy.run_path(str(DOCS / "make_source_config.py"))["written"]()
    published = {path.name: path.read_text(encoding="utf-8") for path in (DOCS / "source_config").iterdir()}
    assert published == written, "Run: python docs/make_source_config.py"
