"""The run of a change is looked up once a statement (`catalog.references`)."""

from django.db import migrations

from catalog.references import kept


class Migration(migrations.Migration):
    dependencies = [("ingestion", "0001_initial"), ("catalog", "0002_guards")]
    operations = [kept("ingestion_change", "run_id", "ingestion_ingestionrun")]
