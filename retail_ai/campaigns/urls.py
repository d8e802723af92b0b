"""URLs of the campaigns room."""

from django.urls import path

from retail_ai.campaigns.views import unsubscribe

urlpatterns = [path("unsubscribe/<str:token>", unsubscribe, name="unsubscribe")]
