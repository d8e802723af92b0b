"""URLs of the recommendations room."""

from django.urls import path

from retail_ai.recommendations import views
from retail_ai.recommendations.api import HiddenView, RecommendationsView, UnusedView

urlpatterns = [
    path("api/recommendations", RecommendationsView.as_view(), name="api_recommendations"),
    path("api/recommendations/hidden/<str:product>", HiddenView.as_view(), name="api_hidden"),
    path("api/recommendations/unused/<str:product>", UnusedView.as_view(), name="api_unused"),
    path("slate", views.slate, name="slate"),
    path("seen.gif", views.seen, name="seen"),
    path("not-interested", views.mark, name="not_interested"),
    path("suggestions", views.choices, name="suggestions"),
]
