"""Two presses make one run, and a dry run is applied once: the database decides."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ingestion", "0014_dead_letters"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="ingestionrun",
            index=models.Index(
                condition=models.Q(("status__in", ("queued", "running"))),
                fields=["supplier", "id"],
                name="run_unfinished",
            ),
        ),
        migrations.AddIndex(
            model_name="ingestionrun",
            index=models.Index(
                condition=models.Q(
                    ("dry_run", False), ("status__in", ("success", "partial_success")), ("undone_by", None)
                ),
                fields=["source", "-price_list"],
                name="run_stored_lists",
            ),
        ),
        migrations.AddIndex(
            model_name="ingestionrun",
            index=models.Index(
                condition=models.Q(("is_dead_letter", True)), fields=["-finished_at"], name="run_dead_letters"
            ),
        ),
        migrations.AddConstraint(
            model_name="ingestionrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("queued", "running")), models.Q(("request", ""), _negated=True)),
                fields=("request",),
                name="run_once_per_request",
            ),
        ),
        migrations.AddConstraint(
            model_name="ingestionrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("queued", "running", "waiting", "success", "partial_success"))),
                fields=("applies",),
                name="run_dry_run_applied_once",
            ),
        ),
    ]
