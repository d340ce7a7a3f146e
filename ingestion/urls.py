from django.urls import path

from ingestion.metrics import metrics

urlpatterns = [path("metrics", metrics, name="metrics")]
