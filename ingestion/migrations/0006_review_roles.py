"""Who may decide what is held, undo runs, and see what was changed by whom."""

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

APPS = ("suppliers", "catalog", "ingestion")
VIEWER = (
    "view_change",
    "view_correction",
    "view_ignoredcause",
    "view_historicalproduct",
    "view_historicalsupplieritem",
    "view_historicalsupplier",
    "view_historicalpricelistsource",
)
STAFF = (*VIEWER, "add_correction", "delete_correction", "add_ignoredcause", "delete_ignoredcause")
REVIEWER = (*STAFF, "decide_change", "undo_ingestionrun")
ROLES = {"Viewer": VIEWER, "Staff": STAFF, "Reviewer": REVIEWER}


def extend_roles(apps, schema_editor):
    using = schema_editor.connection.alias
    for label in APPS:
        create_permissions(installed_apps.get_app_config(label), verbosity=0, using=using, apps=apps)
    groups = apps.get_model("auth", "Group").objects.using(using)
    permissions = apps.get_model("auth", "Permission").objects.using(using).filter(content_type__app_label__in=APPS)
    for name, codenames in {**ROLES, "Administrator": [*REVIEWER]}.items():
        group = groups.filter(name=name).first()
        if group:
            group.permissions.add(*permissions.filter(codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [
        ("ingestion", "0005_review"),
        ("catalog", "0009_review"),
        ("suppliers", "0003_review"),
    ]
    operations = [migrations.RunPython(extend_roles, migrations.RunPython.noop)]
