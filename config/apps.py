from django.apps import AppConfig, apps
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from config.checks import CHECKS, DEPLOYMENT_CHECKS


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        apps.get_app_config("axes").verbose_name = _("Sign-ins")
        for check in CHECKS:
            register(check, "configuration")
        for check in DEPLOYMENT_CHECKS:
            register(check, "configuration", deploy=True)
