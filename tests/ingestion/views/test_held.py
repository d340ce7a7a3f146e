from decimal import Decimal

import pytest

from ingestion.views.held import HeldGroup, held_groups
from tests.factories import ChangeFactory, RunFactory

pytestmark = pytest.mark.django_db


def test_groups_what_is_held_by_run_and_cause_the_newest_first() -> None:
    old, new = RunFactory(), RunFactory()
    for run, percent, state in ((old, "20", "held"), (new, "15", "held"), (new, "40", "held"), (new, "90", "accepted")):
        ChangeFactory(run=run, kind="held", state=state, cause="decimal_sign", percent=percent)
    ChangeFactory(run=new, kind="held", state="held", cause="", percent=None)
    nothing, decimal, of_old = held_groups(10)
    assert (nothing.cause, nothing.count, nothing.least, nothing.most) == ("", 1, None, None)
    name = new.source.name
    assert decimal == HeldGroup(new.pk, new.supplier_name, name, "decimal_sign", 2, Decimal(15), Decimal(40))
    assert (of_old.run_id, of_old.count) == (old.pk, 1)
    assert held_groups(1) == [nothing]
