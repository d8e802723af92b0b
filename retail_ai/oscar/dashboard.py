"""The app in Oscar's dashboard: an entry in its navigation, and the product actions in the list's bulk menu."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_class

from retail_ai.stores.admin import ProductAction, product_actions, run_action

ENTRY = {"label": _("Retail AI"), "icon": "fas fa-magic", "url_name": "admin:app_list", "url_args": ("retail_ai",)}


def add_entry() -> None:
    """A line in the dashboard's navigation, once, for staff of a project that serves Django's admin."""
    navigation: list[dict[str, Any]] = settings.OSCAR_DASHBOARD_NAVIGATION  # type: ignore[misc]
    if not any(entry.get("url_args") == ENTRY["url_args"] for entry in navigation):
        navigation.append({**ENTRY, "access_fn": _may_enter})


def add_bulk_actions() -> None:
    """The app's product actions beside the dashboard's own. Oscar before 4.2 has no such menu."""
    try:
        mixin = get_class("dashboard.catalogue.mixins", "ProductBulkActionMixin")
    except Exception:  # Oscar's loader has several errors for a class that is not there.
        return
    mixin.actions = {**(mixin.actions or {}), **{one.name: DashboardAction(one) for one in product_actions()}}


class DashboardAction:
    """One of the app's actions as Oscar's list calls it."""

    def __init__(self, action: ProductAction) -> None:
        self.action = action
        self.label = action.label

    def __str__(self) -> str:
        return str(self.label)

    def execute(self, request: HttpRequest, objects: QuerySet[Any]) -> HttpResponse | None:
        if not request.user.has_perm(self.action.permission):
            messages.error(request, _("You have no permission for this."))
            return None
        chosen = objects.model._default_manager.filter(pk__in=list(objects.values_list("pk", flat=True)))
        return run_action(self.action, request, chosen)


def _may_enter(user: Any, *_args: Any, **_kwargs: Any) -> bool:
    try:
        reverse("admin:app_list", args=["retail_ai"])
    except NoReverseMatch:
        return False
    return bool(user.is_staff and user.has_module_perms("retail_ai"))
