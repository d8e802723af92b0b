"""The catalogue's URLs."""

from django.urls import path

from retail_ai.catalog.api import SearchView, SuggestView

urlpatterns = [
    path("api/search", SearchView.as_view(), name="search"),
    path("api/suggest", SuggestView.as_view(), name="suggest"),
]
