"""Who may see how items were linked to products, and who may decide it."""

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

VIEWED = tuple(
    f"view_{model}" for model in ("itemlink", "absorbedproduct", "pairdecision", "matchproposal", "matchingmodel")
)
GRANTED = {
    "Viewer": VIEWED,
    "Staff": VIEWED,
    "Reviewer": (*VIEWED, "decide_link"),
    "Administrator": (*VIEWED, "decide_link"),
}


def grant(apps, schema_editor):
    """Permissions are created after all migrations; on a fresh database they are not there yet."""
    using = schema_editor.connection.alias
    create_permissions(installed_apps.get_app_config("catalog"), verbosity=0, using=using, apps=apps)
    for group, permissions in found(apps, using):
        group.permissions.add(*permissions)


def withdraw(apps, schema_editor):
    for group, permissions in found(apps, schema_editor.connection.alias):
        group.permissions.remove(*permissions)


def found(apps, using):
    groups = apps.get_model("auth", "Group").objects.using(using)
    permissions = apps.get_model("auth", "Permission").objects.using(using).filter(content_type__app_label="catalog")
    for group in groups.filter(name__in=GRANTED):
        yield group, permissions.filter(codename__in=GRANTED[group.name])


class Migration(migrations.Migration):
    dependencies = [("ingestion", "0006_causes_of_meaning"), ("catalog", "0007_links")]
    operations = [migrations.RunPython(grant, withdraw)]
