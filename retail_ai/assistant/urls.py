"""URLs of the assistant: the chat page and its API."""

from django.urls import path

from retail_ai.assistant.api import MessagesView
from retail_ai.assistant.views import chat

urlpatterns = [
    path("assistant/", chat, name="assistant"),
    path("api/assistant/messages", MessagesView.as_view(), name="api_assistant_messages"),
]
