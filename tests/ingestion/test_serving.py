"""No address of the site reads what people send: whatever is asked, the libraries that open files are not called."""

from __future__ import annotations

import csv
import re
import sys
import traceback
import xml.parsers.expat
import zipfile
from collections.abc import Iterator
from pathlib import Path

import lxml.etree
import olefile
import openpyxl
import pytest
import tablib
import xlrd
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from ingestion import serving
from ingestion.parsers.registry import parser_for
from ingestion.pricegrid import Hints
from tests.factories import (
    CategoryFactory,
    ChangeFactory,
    ParsingLogFactory,
    PriceHistoryFactory,
    ProductFactory,
    RunFactory,
    SupplierItemFactory,
    UserFactory,
)
from tests.ingestion.backoffice.price_lists.test_upload import workbook_bytes
from tests.ingestion.prepared import prepare_all
from tests.ingestion.views.lists import stored, table

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey")]
READERS = [
    (zipfile.ZipFile, "__init__"),
    (openpyxl, "load_workbook"),
    (olefile.OleFileIO, "__init__"),
    (xlrd, "open_workbook"),
    (lxml.etree, "iterparse"),
    (lxml.etree, "parse"),
    (lxml.etree, "fromstring"),
    (xml.parsers.expat, "ParserCreate"),
    (csv, "reader"),
    (csv, "DictReader"),
    (tablib.Dataset, "load"),
]
WRITING = ("w", "x", "a")
ANSWERS = {"verb": "promote", "kind": "xlsx", "column": "name"}


@pytest.fixture
def caught(monkeypatch) -> list[str]:
    """Which library was about to read something while a request was served."""
    found: list[str] = []

    def watched(name, original):
        def call(*args, **kwargs):
            mode = args[2] if len(args) > 2 else kwargs.get("mode", "r")
            is_program = len(args) > 1 and str(args[1]) in sys.path  # where Python looks for packages
            if serving.is_serving() and mode not in WRITING and not is_program:
                found.append(f"{name} called by {traceback.extract_stack()[-2]}")
            return original(*args, **kwargs)

        return call

    for owner, name in READERS:
        original = getattr(owner, name)
        monkeypatch.setattr(owner, name, watched(f"{owner.__name__}.{name}", original))
    return found


@pytest.fixture
def refused() -> Iterator[list[BaseException]]:
    """Errors of pages that were about to open a list: our own readers refuse that."""
    found: list[BaseException] = []

    def note(sender, request, **rest):
        error = sys.exc_info()[1]
        if isinstance(error, serving.ReadWhileServing):
            found.append(error)

    got_request_exception.connect(note)
    yield found
    got_request_exception.disconnect(note)


@pytest.fixture
def client() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def world():
    """One of each, with a list that can be read."""
    price_list = stored(table())
    columns = [{"letter": "C", "header": "Price", "field": "price", "confidence": 1, "reason": ""}]
    sheet = {"sheet": None, "chosen": True, "columns": columns, "header_rows": [1], "currency": ""}
    run = RunFactory(
        source=price_list.source,
        price_list=price_list,
        status="waiting",
        drift={"changes": [], "settings": {"column_mapping": {"D": "price"}}},
        understanding={"sheets": [sheet]},
    )
    CategoryFactory()
    item = SupplierItemFactory(product=ProductFactory())
    PriceHistoryFactory(supplier_item=item, run_id=run.pk, row_number=2)
    ParsingLogFactory(run=run, cause="c", column="C", row_number=2)
    ChangeFactory(run=run)
    return price_list


def patterns(resolver=None, prefix="") -> Iterator[tuple[str, URLPattern]]:
    for each in (resolver or get_resolver()).url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route, each
        else:
            yield from patterns(each, route)


def addresses() -> Iterator[str]:
    """Every address of the site, with numbers of things that exist."""
    for route, pattern in patterns():
        first = first_of(pattern.name or "")
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(ANSWERS.get(found[1], first)), route)  # noqa: B023
        if not re.search(r"[\\^$(]", path) and "logout" not in path:
            yield f"/{path}"


def first_of(name: str) -> int:
    """The number of the first object of the model that the name of an address begins with."""
    app, _, rest = name.partition("_")
    try:
        model = apps.get_model(app, rest.partition("_")[0])
    except LookupError:
        return 1
    found = model._default_manager.first()
    return found.pk if found else 1


def test_the_addresses_of_all_screens_are_known(world):
    found = set(addresses())
    assert len(found) > 100
    assert reverse("admin:ingestion_pricelist_mapping", args=[world.pk]) in found


def test_no_address_reads_what_people_have_sent(client, world, caught, refused):
    for address in addresses():
        client.get(address).close()
        client.post(address, {"do": "save", "settings": "{}"}).close()
    assert (caught, refused) == ([], [])
    prepare_all()
    for address in addresses():
        client.get(address).close()
    assert (caught, refused) == ([], [])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.csv", b"Code;Name;Price\nA1;Bolt;1,50\n"),
        ("list.xlsx", workbook_bytes()),
        ("list.xml", b"<?xml version='1.0'?><a/>"),
    ],
)
def test_no_form_reads_what_is_sent(client, world, caught, refused, name, content):
    sent = lambda: SimpleUploadedFile(name, content)  # noqa: E731
    upload = f"{reverse('admin:ingestion_pricelist_add')}?source={world.source_id}"
    for button in ("preview", "dry_run", "_save"):
        client.post(upload, {"file": sent(), "source": world.source_id, button: "1"}, follow=True)
        client.post(reverse("admin:catalog_product_import"), {"import_file": sent(), "format": "0", "resource": ""})
    assert (caught, refused) == ([], [])


def test_our_readers_refuse_to_work_while_a_request_is_served(world):
    mark = serving._serving.set(True)
    try:
        with pytest.raises(serving.ReadWhileServing):
            parser_for(world.original_name).open(Path(world.file.path), {}, Hints())
    finally:
        serving._serving.reset(mark)
