"""URLs of the assistant's chat page."""

from django.urls import path

from retail_ai.assistant import views

urlpatterns = [path("assistant/", views.chat, name="assistant")]
