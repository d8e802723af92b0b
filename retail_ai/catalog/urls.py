"""The catalogue's URLs."""

from django.urls import path

from retail_ai.catalog.api import SearchView, SuggestView
from retail_ai.catalog.views import open_hit

urlpatterns = [
    path("api/search", SearchView.as_view(), name="search"),
    path("api/suggest", SuggestView.as_view(), name="suggest"),
    path("search/<str:search>/<str:product>", open_hit, name="search_open"),
]
