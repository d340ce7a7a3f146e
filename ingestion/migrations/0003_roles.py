"""The roles: groups that give people what they may do. Accounts need the staff flag besides, to enter the admin."""

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

APPS = ("auth", "suppliers", "catalog", "ingestion", "django_rq")
VIEWER = (
    "view_supplier",
    "view_pricelistsource",
    "view_category",
    "view_product",
    "view_productstatuschange",
    "view_supplieritem",
    "view_pricehistory",
    "view_pricelist",
    "view_ingestionrun",
    "view_parsinglog",
    "view_change",
    "view_correction",
    "view_ignoredcause",
    "view_historicalproduct",
    "view_historicalsupplieritem",
    "view_historicalsupplier",
    "view_historicalpricelistsource",
)
STAFF = (
    *VIEWER,
    "add_supplier",
    "change_supplier",
    "add_pricelistsource",
    "change_pricelistsource",
    "add_category",
    "change_category",
    "add_product",
    "change_product",
    "change_supplieritem",
    "start_ingestionrun",
    "add_correction",
    "delete_correction",
    "add_ignoredcause",
    "delete_ignoredcause",
)
REVIEWER = (*STAFF, "promote_product", "archive_product", "decide_change", "undo_ingestionrun")
ROLES = {"Viewer": VIEWER, "Staff": STAFF, "Reviewer": REVIEWER}
# Records that the system alone writes: nobody adds, edits or deletes them, also no administrator.
NOBODY = (
    *("add_change", "change_change", "delete_change", "change_correction", "change_ignoredcause"),
    *("add_filesweep", "change_filesweep", "delete_filesweep", "view_filesweep"),
)


def create_roles(apps, schema_editor):
    """Permissions are created after all migrations; on a fresh database they are not there yet."""
    using = schema_editor.connection.alias
    for label in APPS:
        create_permissions(installed_apps.get_app_config(label), verbosity=0, using=using, apps=apps)
    groups = apps.get_model("auth", "Group").objects.using(using)
    permissions = apps.get_model("auth", "Permission").objects.using(using).filter(content_type__app_label__in=APPS)
    for name, codenames in ROLES.items():
        groups.get_or_create(name=name)[0].permissions.set(permissions.filter(codename__in=codenames))
    groups.get_or_create(name="Administrator")[0].permissions.set(permissions.exclude(codename__in=NOBODY))


def remove_roles(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=[*ROLES, "Administrator"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("ingestion", "0002_guards"),
        ("catalog", "0002_guards"),
        ("suppliers", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("django_rq", "0003_alter_dashboard_permission_names"),
    ]
    operations = [migrations.RunPython(create_roles, remove_roles)]
