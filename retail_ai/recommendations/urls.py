"""URLs of the recommendations room."""

from django.urls import path

from retail_ai.recommendations.api import HiddenView, RecommendationsView
from retail_ai.recommendations.views import not_interested

urlpatterns = [
    path("api/recommendations", RecommendationsView.as_view(), name="api_recommendations"),
    path("api/recommendations/hidden/<str:product>", HiddenView.as_view(), name="api_hidden"),
    path("not-interested", not_interested, name="not_interested"),
]
