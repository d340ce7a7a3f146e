"""What a run needs to know so that lists take force in the order of their receipt."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ingestion", "0012_prepared_view"),
    ]

    operations = [
        migrations.AddField(
            model_name="ingestionrun",
            name="despite_newer",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Somebody wants this list in force, although a newer one of its source is stored.",
                verbose_name="taken in despite a newer list",
            ),
        ),
        migrations.AddField(
            model_name="ingestionrun",
            name="due_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(),
                help_text="When it was put on the queue, or its next attempt begins.",
                verbose_name="due at",
            ),
        ),
        migrations.AddField(
            model_name="ingestionrun",
            name="is_dead_letter",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="It failed for good, and nobody has sent it again or put it aside yet.",
                verbose_name="dead letter",
            ),
        ),
        migrations.AddField(
            model_name="ingestionrun",
            name="overtaken_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="ingestion.ingestionrun",
                verbose_name="overtaken by",
            ),
        ),
        migrations.AddField(
            model_name="ingestionrun",
            name="request",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Two presses that ask for the same make one unfinished run.",
                max_length=160,
                verbose_name="what was asked for",
            ),
        ),
        migrations.AlterField(
            model_name="ingestionrun",
            name="status",
            field=models.CharField(
                choices=[
                    ("queued", "Queued"),
                    ("running", "Running"),
                    ("waiting", "Waits for a person"),
                    ("success", "Success"),
                    ("partial_success", "Partial success"),
                    ("failure", "Failure"),
                    ("cancelled", "Cancelled"),
                    ("overtaken", "Overtaken by a newer list"),
                ],
                default="queued",
                max_length=20,
                verbose_name="status",
            ),
        ),
    ]
