"""URLs of the privacy room."""

from django.urls import path

from retail_ai.privacy.views import choices, data

urlpatterns = [
    path("privacy", choices, name="privacy"),
    path("privacy/data", data, name="privacy_data"),
]
