"""For who lost the device of their second factor."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice


@transaction.atomic
def reset(user: User) -> None:
    """The next sign-in asks for the password alone, or to set up a new one; recovery codes go, too."""
    for model in (TOTPDevice, StaticDevice):
        model.objects.filter(user=user).delete()
