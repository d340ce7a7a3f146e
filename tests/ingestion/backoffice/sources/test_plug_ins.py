"""Parsers of an installed package receive what people upload and register, through the admin alone."""

from __future__ import annotations

import io
import json
import shutil
import sys
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from catalog.models import SupplierItem
from ingestion.backoffice.sources import forms
from ingestion.models import IngestionRun
from ingestion.parsers import registry
from ingestion.parsers.registry import parser_for, parsers
from ingestion.pipeline.attempt import run_to_end
from suppliers.models import PriceListSource
from tests.factories import SourceFactory, SupplierFactory, UserFactory
from tests.forms import save
from tests.ingestion import plug_ins

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("package", "valkey")]
UPLOAD = reverse("admin:ingestion_pricelist_add")
ADD = reverse("admin:suppliers_pricelistsource_add")
NAMES = {"xml_feed": "XmlFeed", "zipped": "Zip", "pdf": "Pdf", "remote_feed": "RemoteFeed", "broken": "Broken"}
FEED = b"""<?xml version="1.0"?>
<feed><offer code="A1" price="1.50">Bolt</offer><offer code="A2" price="2">Nut</offer></feed>"""
WORKBOOK = b"""<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Prices"><Table>
<Row><Cell><Data ss:Type="String">Code</Data></Cell><Cell><Data ss:Type="String">Name</Data></Cell>
<Cell><Data ss:Type="String">Price, EUR</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">A1</Data></Cell><Cell><Data ss:Type="String">Bolt</Data></Cell>
<Cell><Data ss:Type="Number">1.5</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">A2</Data></Cell><Cell><Data ss:Type="String">Nut</Data></Cell>
<Cell><Data ss:Type="Number">2</Data></Cell></Row></Table></Worksheet></Workbook>"""
PDF = b"%PDF-1.4\n1 0 obj<<>>stream\nBT (A1|Bolt|1.50) Tj (A2|Nut|2) Tj ET\nendstream\n%%EOF\n"


def zipped() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("items.csv", "A1,Bolt,1.50\nA2,Nut,2\n")
    return content.getvalue()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Installed as pip does it: the module, and beside it the metadata that names its entry points."""
    site = tmp_path / "site-packages"
    metadata = site / "price_feeds-1.0.dist-info"
    metadata.mkdir(parents=True)
    shutil.copy(Path(plug_ins.__file__).parent / "price_feeds.py", site)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: price-feeds\nVersion: 1.0\n")
    lines = [f"{name} = price_feeds:{each}Parser" for name, each in NAMES.items()]
    (metadata / "entry_points.txt").write_text("\n".join([f"[{registry.ENTRY_POINTS}]", *lines]))
    monkeypatch.syspath_prepend(str(site))
    registry.from_packages.cache_clear()
    yield
    registry.from_packages.cache_clear()
    sys.modules.pop("price_feeds", None)


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def address() -> Iterator[str]:
    class Feed(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(FEED)

        def log_message(self, *words: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Feed) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def upload(staff: Client, name: str, content: bytes, source: PriceListSource):
    given = {"file": SimpleUploadedFile(name, content), "source": source.pk}
    return staff.post(f"{UPLOAD}?source={source.pk}", given)


def taken_in() -> tuple[str, str, list[tuple[str, str, float]]]:
    run = IngestionRun.objects.get()
    run_to_end(run)
    items = SupplierItem.objects.order_by("supplier_sku").values_list("supplier_sku", "name", "current_price")
    return run.parser_type, run.status, [(code, name, float(price)) for code, name, price in items]


GOODS = [("A1", "Bolt", 1.5), ("A2", "Nut", 2.0)]


def form(**changes: object) -> dict[str, object]:
    always = {"is_active": "on", "decimal_sign": "", "discontinued_after": "3"}
    return {"supplier": SupplierFactory().pk, "name": "Feed", "kind": "upload", "config": "{}"} | always | changes


def test_the_package_is_found_by_its_entry_points():
    assert set(NAMES) <= set(parsers())


@pytest.mark.parametrize(
    ("name", "content", "parser"),
    [
        ("feed.xml", FEED, "xml_feed"),
        ("list.zip", zipped(), "zipped"),
        ("LIST.PDF", PDF, "pdf"),
        ("workbook.xml", WORKBOOK, "excel"),
    ],
)
def test_an_upload_goes_to_the_parser_that_claims_it(staff, name, content, parser):
    assert upload(staff, name, content, SourceFactory()).status_code == 302
    assert taken_in() == (parser, "success", GOODS)


@pytest.mark.parametrize(("name", "content", "parser"), [("feed.txt", FEED, "xml_feed"), ("list", zipped(), "zipped")])
def test_the_parser_of_the_source_comes_before_every_suffix(staff, name, content, parser):
    assert upload(staff, name, content, SourceFactory(parser_type=parser)).status_code == 302
    assert taken_in() == (parser, "success", GOODS)


@pytest.mark.parametrize(
    ("name", "content", "parser", "words"),
    [
        ("list.pdf", b"Code;Name;Price\n", "", "no PDF document"),
        ("list.csv", b"Code;Name;Price\n", "pdf", "no PDF document"),
        ("letter.xml", b"<?xml version='1.0'?><letter/>", "", "no feed"),
        ("list.zip", b"", "", "empty"),
        ("list.broken", b"what", "", "“broken” failed at this file"),
        ("list.pdf", PDF, "csv", "a PDF document"),
        ("list.pdf", PDF, "uninstalled", "no parser named uninstalled"),
    ],
)
def test_what_its_parser_does_not_want_is_refused_at_the_field(staff, name, content, parser, words):
    page = upload(staff, name, content, SourceFactory(parser_type=parser))
    assert words in " ".join(page.context["form"].errors["file"])
    assert not IngestionRun.objects.exists()


def test_the_first_bytes_are_asked_for_only_where_parsers_share_a_suffix():
    def not_asked() -> bytes:
        raise AssertionError

    assert [parser_for(name, not_asked).name for name in ("a.zip", "a.csv", "a")] == ["zipped", "csv", "excel"]
    assert parser_for("a.xml", lambda: FEED).name == "xml_feed"
    assert parser_for("a.xml", lambda: WORKBOOK).name == "excel"


def test_a_remote_one_is_registered_and_taken_in(staff, address):
    fields = staff.get(ADD).context["adminform"].form.fields
    assert dict(fields["kind"].choices)["remote"] == "Fetched by its parser"
    assert dict(fields["parser_type"].choices)["remote_feed"] == "Feed by HTTP"
    given = form(kind="remote", parser_type="remote_feed", config=f'{{"address": "{address}"}}')
    assert staff.post(ADD, given).status_code == 302
    source = PriceListSource.objects.get()
    assert (source.kind, source.parser_type) == ("remote", "remote_feed")
    staff.post(reverse("admin:suppliers_pricelistsource_ingest", args=[source.pk]))
    assert taken_in() == ("remote_feed", "success", GOODS)
    assert source.price_lists.get().original_name == "feed.xml"


def page_of(source: PriceListSource) -> str:
    return reverse("admin:suppliers_pricelistsource_change", args=[source.pk])


def test_its_page_shows_it_and_saves_it_again(staff):
    source = SourceFactory(kind="remote", parser_type="remote_feed", config={"address": "http://127.0.0.1:1/"})
    changed = {"address": "http://127.0.0.1:2/"}
    assert save(staff, page_of(source), config=json.dumps(changed)).status_code == 302
    source.refresh_from_db()
    assert (source.kind, source.parser_type, source.config) == ("remote", "remote_feed", changed)


REMOTE = {"kind": "remote", "parser_type": "remote_feed"}


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        (REMOTE, "config", "'address' is a required property"),
        (REMOTE | {"config": '{"address": "ftp://x"}'}, "config", "does not match"),
        (REMOTE | {"parser_type": "xml_feed"}, "parser_type", "one of: Feed by HTTP"),
        (REMOTE | {"parser_type": ""}, "parser_type", "one of: Feed by HTTP"),
        ({"parser_type": "remote_feed"}, "parser_type", "choose the kind “Fetched by its parser”"),
        ({"parser_type": "xml_feed", "config": '{"header_row": 1}'}, "config", "header_row"),
    ],
)
def test_its_form_is_checked_by_its_schema(staff, changes, field, words):
    errors = staff.post(ADD, form(**changes)).context["adminform"].errors
    assert list(errors) == [field]
    assert words in " ".join(errors[field])


def test_a_source_whose_plug_in_is_gone_says_so(staff):
    source = SourceFactory(kind="remote", parser_type="gone")
    assert "gone (not installed)" in staff.get(page_of(source)).content.decode()
    errors = save(staff, page_of(source), name="Another").context["adminform"].errors
    assert list(errors) == ["parser_type"]


def test_without_a_remote_parser_only_sheets_are_fetched(staff, monkeypatch):
    monkeypatch.setattr(forms, "parsers", dict)
    assert [kind for kind, _label in forms.kinds(PriceListSource())] == ["upload", "google_sheet"]
