from django.urls import path

from ingestion.worker.metrics import metrics

urlpatterns = [path("metrics", metrics, name="metrics")]
