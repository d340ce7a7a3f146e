"""Uploads: checked in the form, stored once, queued after the commit."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from ingestion.actions.uploads import check_upload, receive_upload
from ingestion.models import PriceList
from ingestion.runs import life_cycle, queue
from tests.factories import SourceFactory, SupplierFactory, UserFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey")]

CSV = b"Code;Name;Price\nA1;Bolt;1,50\n"


def upload(content: bytes = CSV, name: str = "week.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("letter.txt", "hello")
    return buffer.getvalue()


class TestCheck:
    def test_good(self):
        file = upload()
        check_upload(file)
        assert file.read() == CSV

    def test_good_on_disk(self):
        with TemporaryUploadedFile("week.csv", "text/csv", len(CSV), None) as file:
            file.write(CSV)
            file.flush()
            check_upload(file)

    @pytest.mark.parametrize(
        ("file", "code"),
        [
            (upload(b""), "not_a_list"),
            (upload(b"\x89PNG\r\n\x1a\n" + bytes(500), "list.xlsx"), "not_a_list"),
            (upload(b"%PDF-1.7\n" + bytes(500), "list.xlsx"), "not_a_list"),
        ],
        ids=["empty", "picture", "document"],
    )
    def test_bad(self, file, code):
        with pytest.raises(ValidationError) as refused:
            check_upload(file)
        assert refused.value.code == code

    def test_nothing_is_unpacked(self):
        """Whether an archive holds a workbook is seen where it is read, not where it is received."""
        check_upload(upload(archive(), "list.xlsx"))

    def test_too_large(self, settings):
        settings.PRICE_LIST_MAX_BYTES = 10
        with pytest.raises(ValidationError, match="more than the 10"):
            check_upload(upload())


class TestReceive:
    def test_stored_and_queued(self):
        source, user = SourceFactory(), UserFactory()
        run = receive_upload(file=upload(), source=source, by=user)
        assert (run.price_list.original_name, run.price_list.size, run.price_list.received_by) == (
            "week.csv",
            len(CSV),
            user,
        )
        with run.price_list.file.open() as stored:
            assert stored.read() == CSV
        assert (run.parser_type, run.source, run.started_by) == ("csv", source, user)
        assert queue.waiting_tasks() == {run.task_id}

    def test_without_a_source(self):
        supplier = SupplierFactory()
        assert receive_upload(file=upload(), supplier=supplier).source == supplier.sources.get()

    def test_same_content_is_stored_once(self):
        source = SourceFactory()
        first = receive_upload(file=upload(), source=source)
        life_cycle.mark_cancelled(first)
        second = receive_upload(file=upload(name="again.csv"), source=source)
        assert first.price_list.file.name == second.price_list.file.name
        assert PriceList.objects.count() == 2
        assert len(default_storage.listdir("price_lists")[0]) == 1
