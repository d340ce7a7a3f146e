"""References that `catalog.references` guards instead of a native foreign key."""

# ruff: noqa: S608 - the statements are the tests' own

from threading import Thread
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from tests.factories import (
    CategoryFactory,
    ChangeFactory,
    ProductFactory,
    RunFactory,
    SourceFactory,
    SupplierFactory,
    SupplierItemFactory,
)

NOBODY = 987_654_321
REFERENCES = {
    "supplier_id": ("catalog_supplieritem", "suppliers_supplier"),
    "source_id": ("catalog_supplieritem", "suppliers_pricelistsource"),
    "category_id": ("catalog_product", "catalog_category"),
    "run_id": ("ingestion_change", "ingestion_ingestionrun"),
}
FACTORIES: dict[str, Any] = {
    "supplier_id": SupplierFactory,
    "source_id": SourceFactory,
    "category_id": CategoryFactory,
    "run_id": RunFactory,
}
CHILDREN: dict[str, Any] = {"category_id": ProductFactory, "run_id": ChangeFactory}

each = pytest.mark.parametrize("column", REFERENCES)


def child_of(column, parent):
    return CHILDREN.get(column, SupplierItemFactory)(**{column.removesuffix("_id"): parent})


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def names_of_columns(table):
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    return [field.column for field in model._meta.local_concrete_fields if not field.generated]


def inserting(column, number):
    """Somebody's own SQL: the only row once more, naming another one."""
    table, _ = REFERENCES[column]
    columns = names_of_columns(table)
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT r.{', r.'.join(columns)} "
        f"FROM {table} t, jsonb_populate_record(t, '"
        f'{{"id": 1000, "internal_sku": "copy", "supplier_sku": "copy", "{column}": {number}}}\') r'
    )


def updating(column, number):
    return f"UPDATE {REFERENCES[column][0]} SET {column} = {number}"


def deleting(column, number):
    return f"DELETE FROM {REFERENCES[column][1]} WHERE id = {number}"


@each
@pytest.mark.django_db
class TestInOneTransaction:
    @pytest.mark.parametrize("writing", [inserting, updating])
    def test_nothing_names_nobody(self, column, writing):
        child_of(column, FACTORIES[column]())
        with pytest.raises(IntegrityError, match=f"{column} of .* names row {NOBODY}"):
            run(writing(column, NOBODY))

    def test_who_is_named_does_not_go(self, column):
        parent = FACTORIES[column]()
        child_of(column, parent)
        run(deleting(column, parent.pk))
        with pytest.raises(IntegrityError, match=f"{column} of"):
            run("SET CONSTRAINTS ALL IMMEDIATE")

    def test_who_is_named_keeps_its_number(self, column):
        parent = FACTORIES[column]()
        child_of(column, parent)
        run(f"UPDATE {REFERENCES[column][1]} SET id = {NOBODY} WHERE id = {parent.pk}")
        with pytest.raises(IntegrityError, match=f"{column} of"):
            run("SET CONSTRAINTS ALL IMMEDIATE")

    def test_a_row_may_go_before_what_names_it(self, column):
        parent = FACTORIES[column]()
        child_of(column, parent)
        run(deleting(column, parent.pk))
        run(f"DELETE FROM {REFERENCES[column][0]}")
        run("SET CONSTRAINTS ALL IMMEDIATE")

    def test_the_table_of_who_is_named_is_not_emptied(self, column):
        child_of(column, FACTORIES[column]())
        run("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match=f"{column} of"):
            run(f"TRUNCATE {REFERENCES[column][1]} CASCADE")

    def test_django_takes_along_or_empties_what_names_it(self, column):
        parent = FACTORIES[column]()
        child = child_of(column, parent)
        parent.delete()
        run("SET CONSTRAINTS ALL IMMEDIATE")
        assert not type(child).objects.exclude(**{column: None}).exists()


@pytest.fixture
def other():
    """What another process does meanwhile."""
    url = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
    with psycopg.connect(url) as other:
        other.execute("SET statement_timeout = '20s'")
        other.commit()
        yield other


class Meanwhile(Thread):
    """Runs a statement on the other connection, which is to wait for this one; keeps why it was refused."""

    refusal: Exception | None = None

    def __init__(self, other, statement):
        super().__init__()
        self.other, self.statement = other, statement
        self.start()
        while not self.waits():
            assert self.is_alive()

    def run(self):
        try:
            self.other.execute(self.statement)
            self.other.commit()
        except psycopg.Error as error:
            self.refusal = error

    def waits(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_blocking_pids(%s) <> '{}'", [self.other.info.backend_pid])
            return cursor.fetchone()[0]


@each
@pytest.mark.parametrize("writing", [inserting, updating])
@pytest.mark.django_db(transaction=True)
class TestBesideAnotherTransaction:
    def test_who_has_just_been_named_does_not_go(self, column, writing, other):
        child_of(column, FACTORIES[column]())
        parent = FACTORIES[column]()
        with transaction.atomic():
            run(writing(column, parent.pk))
            meanwhile = Meanwhile(other, deleting(column, parent.pk))
        meanwhile.join()
        assert isinstance(meanwhile.refusal, psycopg.errors.ForeignKeyViolation)

    def test_who_goes_is_not_named_any_more(self, column, writing, other):
        child_of(column, FACTORIES[column]())
        parent = FACTORIES[column]()
        with transaction.atomic():
            run(deleting(column, parent.pk))
            meanwhile = Meanwhile(other, writing(column, parent.pk))
        meanwhile.join()
        assert isinstance(meanwhile.refusal, psycopg.errors.ForeignKeyViolation)
