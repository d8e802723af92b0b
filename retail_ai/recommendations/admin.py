"""Admin of recommendations: releases with figures and a plot, promote and roll back, a preview of slates."""

import json
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.models import Job
from retail_ai.jobs.tasks import enqueue
from retail_ai.recommendations import rule_admin  # noqa: F401  (registers the rules' pages)
from retail_ai.recommendations.models import Neighbour, Release
from retail_ai.recommendations.plots import metrics_plot
from retail_ai.recommendations.preview import find_customers, find_products, slates_for
from retail_ai.recommendations.release_table import metrics_table
from retail_ai.recommendations.releases import promote_release, release_before, roll_back
from retail_ai.recommendations.services import start_train_job
from retail_ai.stores.admin import PanelLink, ProductAction, register_product_action, register_product_panel


@admin.register(Release)
class ReleaseAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Trained releases. They are made by training and changed by promoting and rolling back only."""

    list_display = ("__str__", "created_at", "backend", "ndcg", "passed_gate", "event_count", "promoted_at")
    actions = ("promote",)
    change_list_template = "admin/retail_ai/release/change_list.html"
    change_form_template = "admin/retail_ai/release/change_form.html"
    fields = (
        "state", "passed_gate", "reasons", "plot", "table", "backend", "setup", "data_from", "data_until",
        "event_count", "customer_count", "product_count", "created_at", "promoted_at",
    )  # fmt: skip
    readonly_fields = fields

    class Media:
        css = {"all": ("retail_ai/admin.css",)}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("train/", view(self.train), name="retail_ai_release_train"),
            path("<int:pk>/serve/", view(self.serve), name="retail_ai_release_serve"),
            path("roll-back/", view(self.roll_back), name="retail_ai_release_roll_back"),
            path("preview/", view(self.preview), name="retail_ai_release_preview"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "before": release_before()})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "before": release_before()})

    @admin.display(description=_("NDCG@10 (popularity)"))
    def ndcg(self, release: Release) -> str:
        rows = release.metrics
        if "model" not in rows:
            return "–"
        return f"{rows['model']['ndcg10']:.4f} ({rows['popularity']['ndcg10']:.4f})"

    @admin.display(description=_("why"))
    def reasons(self, release: Release) -> str:
        return format_html_join("", "<p>{}</p>", ((note,) for note in release.notes)) or "–"

    @admin.display(description=_("on the newest days, unseen in training"))
    def table(self, release: Release) -> str:
        return metrics_table(release.metrics) or "–"

    # xgettext:no-python-format
    @admin.display(description=_("beside its rivals, with 95 % intervals"))
    def plot(self, release: Release) -> str:
        return metrics_plot(release.metrics) or "–"

    @admin.display(description=_("configuration"))
    def setup(self, release: Release) -> str:
        """As it is stored: recommender, options, validation, how it is served, code version, what was left out."""
        text = json.dumps(release.configuration, indent=1, ensure_ascii=False)
        return format_html('<details><summary>{}</summary><pre class="retail-ai-text">{}</pre></details>',
                           _("show"), text)  # fmt: skip

    @admin.action(description=_("Let the selected release serve"), permissions=["change"])
    def promote(self, request: HttpRequest, queryset: Any) -> None:
        if queryset.count() != 1:
            messages.error(request, _("Select exactly one release."))
            return
        _tell(request, lambda: promote_release(release=queryset.get()))

    def train(self, request: HttpRequest) -> HttpResponse:
        _only_post(request, "retail_ai.change_release")
        job = start_train_job(started_by=request.user)
        enqueue(job)
        messages.success(request, _("Training has begun."))
        return HttpResponseRedirect(reverse("admin:retail_ai_job_change", args=[job.pk]))

    def serve(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The button of a release's own page."""
        _only_post(request, "retail_ai.change_release")
        _tell(request, lambda: promote_release(release=get_object_or_404(Release, pk=pk)))
        return HttpResponseRedirect(reverse("admin:retail_ai_release_change", args=[pk]))

    def roll_back(self, request: HttpRequest) -> HttpResponse:
        _only_post(request, "retail_ai.change_release")
        _tell(request, roll_back)
        return HttpResponseRedirect(reverse("admin:retail_ai_release_changelist"))

    def preview(self, request: HttpRequest) -> HttpResponse:
        """Slates with reasons and scores, for a product or a customer that the owner picks."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        words = request.GET.get("q", "")
        context = {
            **self.admin_site.each_context(request),
            "title": _("What would be shown"),
            "opts": self.opts,
            "media": self.media,
            "q": words,
            "products": find_products(words),
            "customers": find_customers(words),
            **slates_for(product=request.GET.get("product", ""), customer=request.GET.get("customer", "")),
        }
        return TemplateResponse(request, "admin/retail_ai/release/preview.html", context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The one in service cannot go."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.state != Release.State.SERVING)


def _only_post(request: HttpRequest, permission: str) -> None:
    if request.method != "POST" or not request.user.has_perm(permission):
        raise PermissionDenied


def _tell(request: HttpRequest, change: Any) -> None:
    try:
        release = change()
    except InvalidInput as error:
        messages.error(request, str(error))
        return
    messages.success(request, _("Release %(release)s serves from now on.") % {"release": f"#{release.pk}"})


def _start(request: HttpRequest, queryset: Any) -> Job:
    """The model is learned from everyone's behaviour at once, so the whole is trained whatever is selected."""
    messages.info(request, _("Recommendations of all products are updated together."))
    job = start_train_job(started_by=request.user)
    enqueue(job)
    return job


def _panel(request: HttpRequest, product: Any) -> list[PanelLink]:
    serving = Release.objects.filter(state=Release.State.SERVING).first()
    count = Neighbour.objects.filter(release=serving, kind=Neighbour.Kind.NEXT, product=product).count()
    url = f"{reverse('admin:retail_ai_release_preview')}?product={product.pk}"
    if serving is None:
        return [PanelLink(_("Recommendations"), _("no release serves yet"), url)]
    return [PanelLink(_("Recommendations"), _("%(count)d products follow from it; see") % {"count": count}, url)]


register_product_action(
    ProductAction("retail_ai_recommend", _("Update recommendations"), "retail_ai.change_release", _start)
)
register_product_panel("recommendations", _panel)
