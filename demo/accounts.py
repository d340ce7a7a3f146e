"""One account for each role, with a password that is made in this checkout."""

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User

from config.secrets import remembered_secret

ROLES = ("Viewer", "Staff", "Reviewer", "Administrator")


def create_accounts() -> str:
    """Returns the password of all of them."""
    folder = settings.BASE_DIR / ".local"
    folder.mkdir(exist_ok=True)
    password = remembered_secret(folder / "demo_password", size=9)  # people type it
    known = User.objects.filter(username=ROLES[-1].lower()).first()
    if known is None or not known.check_password(password):
        _set_accounts(make_password(password))
    return password


def _set_accounts(hashed: str) -> None:
    for role in ROLES:
        facts = {"password": hashed, "is_staff": True, "is_active": True, "is_superuser": role == "Administrator"}
        user, _created = User.objects.update_or_create(username=role.lower(), defaults=facts)
        user.groups.set([Group.objects.get(name=role)])
