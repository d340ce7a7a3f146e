from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ingestion.sheet.vocabulary import use_folders


class IngestionConfig(AppConfig):
    name = "ingestion"
    verbose_name = _("Ingestion")

    def ready(self) -> None:
        use_folders(*settings.INGESTION_VOCABULARY)
