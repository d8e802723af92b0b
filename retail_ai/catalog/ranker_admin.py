"""The learned orders of searches in the admin: how good each was, which serves, and one click to learn or go back."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from retail_ai.catalog.click_learning import told
from retail_ai.catalog.models import SearchRanker
from retail_ai.catalog.rankers import promote, roll_back
from retail_ai.catalog.services import start_learn_job
from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.tasks import enqueue
from retail_ai.lists import ReadOnlyAdmin

MAY_CHANGE = "retail_ai.change_searchranker"


@admin.register(SearchRanker)
class SearchRankerAdmin(ReadOnlyAdmin):
    """Learned orders. They are made by learning, and changed by letting them serve and going back only."""

    list_display = ("created_at", "source", "order_kind", "gain", "queries", "active", "promoted_at")
    list_filter = ("source", "active")
    change_list_template = "admin/retail_ai/search/rankers.html"
    change_form_template = "admin/retail_ai/search/ranker.html"
    fields = ("result", "table", "source", "seen", "active", "created_at", "promoted_at", "setup")
    readonly_fields = fields

    class Media:
        css = {"all": ("retail_ai/admin.css",)}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("learn/", view(self.learn), name="retail_ai_searchranker_learn"),
            path("<int:pk>/serve/", view(self.serve), name="retail_ai_searchranker_serve"),
            path("back/", view(self.back), name="retail_ai_searchranker_back"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Learned orders of searches"), **(extra_context or {})})

    @admin.display(description=_("order"))
    def order_kind(self, ranker: SearchRanker) -> str:
        return str(ranker.report.get("kind", ranker.kind))

    @admin.display(description=_("gain in NDCG@10"))
    def gain(self, ranker: SearchRanker) -> str:
        gain = ranker.report.get("gains", {}).get(ranker.report.get("kind"))
        return f"{gain[0]:+.4f} ± {gain[1]:.4f}" if gain else "–"

    @admin.display(description=_("searches"))
    def queries(self, ranker: SearchRanker) -> str:
        return str(ranker.report.get("queries", "–"))

    @admin.display(description=_("result"))
    def result(self, ranker: SearchRanker) -> str:
        return told(ranker) if "gains" in ranker.report else "–"

    @admin.display(description=_("learned from so much"))
    def seen(self, ranker: SearchRanker) -> str:
        counts = {str(_("different searches")): ranker.report.get("queries", 0), **ranker.report.get("seen", {})}
        return ", ".join(f"{count} {name}" for name, count in counts.items())

    @admin.display(description=_("on searches it had not seen"))
    def table(self, ranker: SearchRanker) -> str:
        """Every order that was tried, the one taken marked, with a bar of its NDCG@10."""
        figures, gains = ranker.report.get("ndcg10", {}), ranker.report.get("gains", {})
        rows = format_html_join(
            "",
            "<tr{}><td>{}</td><td>{}</td><td>{}</td><td><meter min=0 max=1 value={}></meter></td></tr>",
            (
                (
                    format_html(' class="{}"', "retail-ai-best") if kind == ranker.report.get("kind") else "",
                    kind, f"{value:.4f}",
                    f"{gains[kind][0]:+.4f} ± {gains[kind][1]:.4f}" if kind in gains else "–", f"{value:.4f}",
                )
                for kind, value in figures.items()
            ),
        )  # fmt: skip
        head = format_html_join("", "<th scope=col>{}</th>", ((t,) for t in (_("order"), "NDCG@10", _("gain"), "")))
        return format_html("<table class=retail-ai-table><thead><tr>{}</tr></thead>{}</table>", head, rows)

    @admin.display(description=_("weights"))
    def setup(self, ranker: SearchRanker) -> str:
        text = json.dumps(ranker.state, indent=1, ensure_ascii=False)[:20_000]
        return format_html('<details><summary>{}</summary><pre class="retail-ai-text">{}</pre></details>',
                           _("show"), text)  # fmt: skip

    def learn(self, request: HttpRequest) -> HttpResponse:
        """Start learning from what shoppers chose, and show its progress."""
        _only_post(request)
        job = start_learn_job(started_by=request.user)
        enqueue(job)
        return HttpResponseRedirect(reverse("admin:retail_ai_job_change", args=[job.pk]))

    def serve(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let one order serve, passed or not: the page says which it is."""
        _only_post(request)
        ranker = get_object_or_404(SearchRanker, pk=pk)
        _tell(request, lambda: promote(ranker), _("This order serves from now on."))
        return HttpResponseRedirect(reverse("admin:retail_ai_searchranker_change", args=[pk]))

    def back(self, request: HttpRequest) -> HttpResponse:
        """One click back."""
        _only_post(request)
        _tell(request, roll_back, _("The order before serves again."))
        return HttpResponseRedirect(reverse("admin:retail_ai_searchranker_changelist"))


def _only_post(request: HttpRequest) -> None:
    if request.method != "POST" or not request.user.has_perm(MAY_CHANGE):
        raise PermissionDenied


def _tell(request: HttpRequest, change: Callable[[], Any], done: Any) -> None:
    try:
        change()
    except InvalidInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
