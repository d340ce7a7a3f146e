"""Who may see the models of matching and the closed gates, who may choose a model, and who may open a gate again."""

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

VIEWED = ("view_modeluse", "view_closedgate")
GRANTED = {
    "Viewer": VIEWED,
    "Staff": VIEWED,
    "Reviewer": VIEWED,
    "Administrator": (*VIEWED, "use_matchingmodel", "open_closedgate"),
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
    dependencies = [("ingestion", "0008_matching_tasks"), ("catalog", "0009_trust")]
    operations = [migrations.RunPython(grant, withdraw)]
