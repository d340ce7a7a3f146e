from django.apps import AppConfig
from django.core.checks import register

from config.checks import CHECKS, DEPLOYMENT_CHECKS


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        for check in CHECKS:
            register(check, "configuration")
        for check in DEPLOYMENT_CHECKS:
            register(check, "configuration", deploy=True)
