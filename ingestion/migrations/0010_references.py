"""The run of a change is looked up once a statement (`catalog.references`)."""

import django.db.models.deletion
from django.db import migrations, models

from catalog.references import kept


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0010_references"),
        ("ingestion", "0009_lists_of_changes"),
    ]

    operations = [
        kept("ingestion_change", "run_id", "ingestion_ingestionrun"),
        migrations.AlterField(
            model_name="change",
            name="run",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="changes",
                to="ingestion.ingestionrun",
                verbose_name="run",
            ),
        ),
    ]
