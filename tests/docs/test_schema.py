import runpy

from django.conf import settings

DOCS = settings.BASE_DIR / "docs"


def test_the_schema_page_is_what_the_models_say(db):
    written = runpy.run_path(str(DOCS / "make_schema.py"))["markdown"]()
    assert (DOCS / "schema.md").read_text(encoding="utf-8") == written, "Run: python docs/make_schema.py"
