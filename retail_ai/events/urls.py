"""URLs of the events room."""

from django.urls import path

from retail_ai.events.api import EventsView

urlpatterns = [path("api/events", EventsView.as_view(), name="api_events")]
