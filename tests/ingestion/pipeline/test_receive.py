import io

import pytest
from django.urls import reverse
from django.utils import timezone

from ingestion.lists.storage import store
from ingestion.models import PriceList
from tests.factories import SupplierFactory

pytestmark = pytest.mark.django_db
ODD = {
    "../../etc/list.csv": "list.csv",
    "caf\udce9.csv": "caf?.csv",  # bytes that are no UTF-8, as a shell hands them on
    "two\r\nlines.csv": "two  lines.csv",
    "\u202evsc.exe": " vsc.exe",
    "list.c\x00sv": "list.c sv",
    f"{'x' * 300}.csv": f"{'x' * 251}.csv",
}


@pytest.mark.parametrize(("given", "kept"), ODD.items(), ids=range(len(ODD)))
def test_an_odd_file_name_is_kept_so_that_it_can_be_shown_and_downloaded(sign_in, given, kept):
    price_list = store(io.BytesIO(b"a;b"), given, supplier=SupplierFactory(), source=None, by=None, at=timezone.now())
    stored = PriceList.objects.get()
    assert stored.original_name == kept
    assert stored.file.name.startswith(f"price_lists/{price_list.sha256[:2]}/{price_list.sha256}")
    answer = sign_in("Viewer").get(reverse("admin:ingestion_pricelist_file", args=[price_list.pk]))
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert b"".join(answer.streaming_content) == b"a;b"
