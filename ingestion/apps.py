from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from ingestion.pricegrid import use_vocabulary_folders


class IngestionConfig(AppConfig):
    name = "ingestion"
    verbose_name = _("Ingestion")

    def ready(self) -> None:
        use_vocabulary_folders(*settings.INGESTION_VOCABULARY)
        connection_created.connect(give_room)
        import_module("ingestion.backoffice").register_screens()  # it imports models, which are there only now


def give_room(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """A stage of a hundred thousand rows fits into this memory, which a session takes only when it has one.

    It has to be said before the session's first temporary table.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET temp_buffers = '64MB'")
