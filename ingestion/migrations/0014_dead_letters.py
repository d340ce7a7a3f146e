"""Dead letters are kept in the database; a dry run counts as applied by the first run that applied it."""

from django.db import migrations

# A failure that nobody has tried again since was among Redis' dead letters, as far as Redis remembers.
DEAD = """
    UPDATE ingestion_ingestionrun r SET is_dead_letter = true
    WHERE r.status = 'failure' AND r.kind = 'ingestion' AND NOT EXISTS (
        SELECT 1 FROM ingestion_ingestionrun later
        WHERE later.id > r.id AND later.supplier_id = r.supplier_id AND later.source_id IS NOT DISTINCT FROM r.source_id
    )
"""
APPLIED_TWICE = """
    UPDATE ingestion_ingestionrun r SET applies_id = NULL
    WHERE r.applies_id IS NOT NULL AND r.status IN ('queued', 'running', 'waiting', 'success', 'partial_success')
    AND EXISTS (
        SELECT 1 FROM ingestion_ingestionrun first WHERE first.applies_id = r.applies_id AND first.id < r.id
        AND first.status IN ('queued', 'running', 'waiting', 'success', 'partial_success')
    )
"""
KNOWN_BEFORE = "UPDATE ingestion_ingestionrun SET status = 'cancelled' WHERE status = 'overtaken'"


class Migration(migrations.Migration):
    dependencies = [
        ("ingestion", "0013_order"),
    ]

    operations = [
        migrations.RunSQL(DEAD, KNOWN_BEFORE),
        migrations.RunSQL(APPLIED_TWICE, migrations.RunSQL.noop),
    ]
