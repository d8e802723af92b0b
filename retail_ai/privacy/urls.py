"""URLs of the privacy room."""

from django.urls import path

from retail_ai.privacy.views import choices

urlpatterns = [path("privacy", choices, name="privacy")]
