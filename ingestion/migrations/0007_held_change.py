from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ingestion", "0006_review_roles")]
    operations = [
        migrations.CreateModel(
            name="HeldChange",
            fields=[],
            options={
                "verbose_name": "held change",
                "verbose_name_plural": "held changes",
                "proxy": True,
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
            bases=("ingestion.change",),
        )
    ]
