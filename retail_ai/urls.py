"""Door: all of the app's URLs. Include them once: ``path("retail-ai/", include("retail_ai.urls"))``."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver

from retail_ai.jobs.registry import ROOMS

app_name = "retail_ai"
urlpatterns: list[URLPattern | URLResolver] = []
for room in ("jobs", *ROOMS):
    if find_spec(f"retail_ai.{room}.urls"):
        urlpatterns += import_module(f"retail_ai.{room}.urls").urlpatterns
